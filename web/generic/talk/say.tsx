// The box in which something is said about a document. @ opens the people who may read it; one text is sent under one key.
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { apiPath, type DocumentText } from '../../client/descriptions.ts'
import { newKey, send } from '../../client/http.ts'
import { client, type One } from '../../client/questions.ts'
import { companyCode } from '../../client/session.ts'
import { t } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { inputClass } from '../../parts/field.tsx'
import { ProblemNote } from '../../parts/page.tsx'
import { type Person, stillIn, type Typing, typingAt, usePeople, withName } from './mention.ts'
import styles from './talk.module.css'

/** The same words keep their key until they are accepted, so that a second press or a new try says nothing twice. */
function useSaying(doc: DocumentText, one: One) {
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const intent = useRef({ said: '', key: '' })
  const say = async (text: string, mentions: readonly string[]): Promise<boolean> => {
    const said = JSON.stringify([one.id, text, mentions])
    if (intent.current.said !== said) intent.current = { said, key: newKey() }
    setBusy(true)
    try {
      const path = `${apiPath(doc.name)}/{id}/comments`
      await send(path, { text, mentions }, { params: { id: one.id }, key: intent.current.key })
      intent.current = { said: '', key: '' }
      setError(undefined)
      return true
    } catch (problem) {
      setError(problem)
      return false
    } finally {
      setBusy(false)
      void client.invalidateQueries({ queryKey: ['history', companyCode.get(), doc.name, one.id] })
    }
  }
  return { say, error, busy }
}

type Offered = { id: string; people: readonly Person[] | undefined; at: number; onChoose: (person: Person) => void }

/** The box may stand at the lower edge of the window, and the list beneath it out of sight. */
const intoSight = (list: HTMLElement | null) => list?.scrollIntoView({ block: 'nearest' })

/** The people under the box, moved through with the arrows. */
const People = ({ id, people, at, onChoose }: Offered) =>
  people === undefined ? null : people.length === 0 ? (
    <output className={`${styles.people} quiet`}>{t('talk.nobody')}</output>
  ) : (
    <ul className={styles.people} role="listbox" id={id} aria-label={t('talk.people')} ref={intoSight}>
      {people.map((person, place) => (
        <li
          key={person.id}
          id={`${id}-${place}`}
          role="option"
          aria-selected={place === at}
          // The box keeps the focus; its keys are the list's.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(person)}
          onKeyDown={() => undefined}
        >
          {person.name}
        </li>
      ))}
    </ul>
  )

/** The text with the people chosen in it, and what the keys do while a name is being typed. */
function useMentions(document: string, id: string) {
  const box = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<readonly Person[]>([])
  const [typing, setTyping] = useState<Typing>()
  const [closed, setClosed] = useState<number>()
  const [at, setAt] = useState(0)
  const [caret, setCaret] = useState<number>()
  const open = typing && typing.at !== closed ? typing : undefined
  const people = usePeople(document, id, open?.typed)
  useEffect(() => {
    if (caret === undefined) return
    box.current?.setSelectionRange(caret, caret)
    setCaret(undefined)
  }, [caret])
  const look = (next: string, place: number) => {
    const found = typingAt(next, place, chosen)
    setTyping(found)
    // What was put away stays so for that one @ only.
    if (!found) setClosed(undefined)
    setAt(0)
  }
  const type = (next: string, place: number) => {
    setText(next)
    look(next, place)
  }
  const choose = (person: Person) => {
    if (!open) return
    const next = withName(text, open, person)
    setText(next.text)
    setChosen([...chosen.filter((one) => one.id !== person.id), person])
    setTyping(undefined)
    setCaret(next.caret)
  }
  /** Whether the key was the list's. */
  const onKey = ({ key }: KeyboardEvent): boolean => {
    const person = people?.[at]
    if (!open) return false
    if (key === 'Escape') setClosed(open.at)
    else if (!person) return false
    else if (key === 'Enter' || key === 'Tab') choose(person)
    else if (key === 'ArrowDown' || key === 'ArrowUp')
      setAt((at + (key === 'ArrowDown' ? 1 : -1) + (people?.length ?? 1)) % (people?.length ?? 1))
    else return false
    return true
  }
  const clear = () => {
    setText('')
    setChosen([])
    setTyping(undefined)
    setClosed(undefined)
  }
  return { box, text, type, look, people, at, choose, onKey, clear, mentions: stillIn(text, chosen) }
}

/** The box, its people and its button. */
export function Say({ doc, one }: { doc: DocumentText; one: One }) {
  const list = useId()
  const { box, text, type, look, people, at, choose, onKey, clear, mentions } = useMentions(doc.name, one.id)
  const { say, error, busy } = useSaying(doc, one)
  const submit = async (event?: FormEvent) => {
    event?.preventDefault()
    if (text.trim() === '' || busy) return
    const done = await say(
      text,
      mentions.map((person) => person.id),
    )
    if (done) clear()
  }
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
    if (!sends && onKey(event)) event.preventDefault()
    else if (sends) event.currentTarget.form?.requestSubmit()
  }
  const offered = people !== undefined && people.length > 0
  return (
    <form className={styles.say} onSubmit={submit}>
      <textarea
        ref={box}
        className={inputClass}
        rows={text === '' ? 1 : 3}
        aria-label={t('comment.say')}
        aria-description={t('talk.hint')}
        aria-autocomplete="list"
        {...(offered ? { 'aria-controls': list, 'aria-activedescendant': `${list}-${at}` } : {})}
        placeholder={t('comment.say')}
        maxLength={2000}
        value={text}
        onChange={(event) => type(event.target.value, event.target.selectionStart)}
        onClick={(event) => look(text, event.currentTarget.selectionStart)}
        onKeyDown={keys}
      />
      <People id={list} people={people} at={at} onChoose={choose} />
      {error ? <ProblemNote error={error} onRetry={() => void submit()} /> : null}
      {text === '' ? null : (
        <Button type="submit" hint="Ctrl ↵" disabled={busy}>
          {t(busy ? 'talk.sending' : 'comment.send')}
        </Button>
      )}
    </form>
  )
}
