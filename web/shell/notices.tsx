// Short news at the lower edge: what was done, what was refused. They go by themselves, except refusals.
import { useEffect } from 'react'
import { store, useStore } from '../client/store.ts'
import { t } from '../i18n/index.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import styles from './notices.module.css'

export type Notice = { id: number; mood: 'good' | 'bad' | 'info'; text: string; action?: { text: string; run(): void } }

const notices = store<readonly Notice[]>([])
let last = 0

/** How long good news stays, in milliseconds. */
const STAY = 6_000

/** Says something at the lower edge of the screen. */
export function notify(mood: Notice['mood'], text: string, action?: Notice['action']): void {
  last += 1
  notices.set([...notices.get().slice(-3), { id: last, mood, text, ...(action ? { action } : {}) }])
}

const dismiss = (id: number) => notices.set(notices.get().filter((one) => one.id !== id))

function One({ notice }: { notice: Notice }) {
  const { id, mood, text, action } = notice
  useEffect(() => {
    if (mood === 'bad') return
    const timer = setTimeout(() => dismiss(id), STAY)
    return () => clearTimeout(timer)
  }, [id, mood])
  return (
    <li className={`${styles.notice} ${styles[mood]}`}>
      <Icon name={mood === 'bad' ? 'stop' : mood === 'good' ? 'check' : 'bell'} />
      <span>{text}</span>
      {action ? (
        <Button
          tone="quiet"
          onClick={() => {
            dismiss(id)
            action.run()
          }}
        >
          {action.text}
        </Button>
      ) : null}
      <Button tone="quiet" icon="close" aria-label={t('common.close')} onClick={() => dismiss(id)} />
    </li>
  )
}

/** The place of notices; a screen reader reads each as it comes. */
export function Notices() {
  return (
    <ul className={styles.notices} aria-live="polite">
      {useStore(notices).map((notice) => (
        <One key={notice.id} notice={notice} />
      ))}
    </ul>
  )
}
