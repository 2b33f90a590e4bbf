// The large parts of a screen that is used with a glove: buttons, a field, and the sheet that stops somebody who is wrong.
import { type ComponentProps, type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { t, useLanguage } from '../i18n/index.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './handheld.module.css'

type BigProps = ComponentProps<'button'> & { tone?: 'primary' | 'plain' | 'danger' | 'quiet' }

/** A button of at least 56 pixels. */
export const Big = ({ tone = 'plain', className, ...rest }: BigProps) => (
  <button type="button" {...rest} className={`${styles.big} ${styles[tone]} ${className ?? ''}`} />
)

/** A field with its label above, large enough to be hit. */
export function BigField({ label, ...rest }: ComponentProps<'input'> & { label: string }) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input id={id} autoComplete="off" autoCapitalize="characters" spellCheck={false} {...rest} />
    </div>
  )
}

/** For codes that a scanner cannot read. */
export function TypeCode({ heard }: { heard: (code: string) => void }) {
  useLanguage()
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    setText('')
    heard(text.trim())
  }
  return (
    <form className={styles.type} onSubmit={submit}>
      <input
        aria-label={t('hand.type')}
        placeholder={t('hand.type')}
        value={text}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="done"
        onChange={(event) => setText(event.target.value)}
      />
      <Big type="submit">{t('hand.enter')}</Big>
    </form>
  )
}

/** What was wrong, over everything else until the next right scan or a touch. */
export function Wrong({ text, onClose }: { text: string; onClose: () => void }) {
  const own = useRef<HTMLButtonElement>(null)
  useEffect(() => own.current?.focus(), [])
  return (
    <div className={styles.wrong} role="alert" data-wrong>
      <Icon name="stop" size={40} />
      <h2>{t('hand.wrong')}</h2>
      <p>{text}</p>
      <button type="button" ref={own} className={`${styles.big} ${styles.plain}`} onClick={onClose}>
        OK
      </button>
    </div>
  )
}

/** What to do now, in the largest letters of the screen. */
export const Ask = ({ children, done = false }: { children: ReactNode; done?: boolean }) => (
  <p className={done ? `${styles.ask} ${styles.done}` : styles.ask} aria-live="polite">
    {children}
  </p>
)
