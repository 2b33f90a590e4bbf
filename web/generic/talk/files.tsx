// Files beside a document: chosen, dropped or pasted, seen on their way, and told in the timeline with who brought them.
import { type DragEvent, type FormEvent, type ReactNode, useRef, useState } from 'react'
import type { DocumentText } from '../../client/descriptions.ts'
import { addressOf, newKey } from '../../client/http.ts'
import { asProblem } from '../../client/problem.ts'
import type { One } from '../../client/questions.ts'
import { fileSize } from '../../i18n/format.ts'
import { t } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { ProblemNote } from '../../parts/page.tsx'
import { Pop } from '../../parts/pop.tsx'
import { Instant } from '../../parts/values.tsx'
import { usePasted } from './paste.ts'
import styles from './talk.module.css'
import { type Kept, type Sending, takeBack, useSending } from './use-files.ts'

type OnItsWayProps = { one: Sending; onRetry: () => void; onAway: () => void }

const OnItsWay = ({ one: { file, share, error }, onRetry, onAway }: OnItsWayProps) => (
  <li className={styles.sending}>
    <span>{file.name}</span>
    {error === undefined ? (
      <progress value={share} max={1} aria-label={t('file.sending', { name: file.name })} />
    ) : (
      <>
        {/* What is refused for what it is, is refused again. */}
        <ProblemNote error={error} {...(asProblem(error).retry === 'yes' ? { onRetry } : {})} />
        <Button tone="quiet" onClick={onAway}>
          {t('file.put-away')}
        </Button>
      </>
    )}
  </li>
)

/** What takes files: its children, onto which they may be dropped, and a button that does the same by keyboard. */
export function TakesFiles({ doc, one, children }: { doc: DocumentText; one: One; children: ReactNode }) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const { sending, add, send, away } = useSending(doc, one)
  usePasted((files) => void add(files))
  const carries = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  const onOver = (event: DragEvent) => {
    if (!carries(event)) return
    event.preventDefault()
    setOver(true)
  }
  const onDrop = (event: DragEvent) => {
    if (!carries(event)) return
    event.preventDefault()
    setOver(false)
    void add([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a convenience; the button does the same by keyboard
    <div
      className={styles.takes}
      data-over={over}
      onDragOver={onOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {children}
      <div className={styles.attach}>
        <Button tone="quiet" icon="plus" onClick={() => input.current?.click()}>
          {t('file.attach')}
        </Button>
        <span className="quiet">{t('file.drop')}</span>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('file.attach')}
        onChange={(event) => {
          void add([...(event.target.files ?? [])])
          // The same file, mended meanwhile, may be chosen again.
          event.target.value = ''
        }}
      />
      {sending.length > 0 ? (
        <ul className={styles.files} aria-live="polite">
          {sending.map((each) => (
            <OnItsWay key={each.key} one={each} onRetry={() => void send(each)} onAway={() => away(each.key)} />
          ))}
        </ul>
      ) : null}
    </div>
  )
}

type TakeBackProps = { doc: DocumentText; one: One; file: Kept }

function TakeBackForm({ doc, one, file, onDone }: TakeBackProps & { onDone: () => void }) {
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>()
  const intent = useRef({ reason: '', key: '' })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (intent.current.reason !== reason) intent.current = { reason, key: newKey() }
    try {
      await takeBack(doc, one, file.id, reason, intent.current.key)
      onDone()
    } catch (problem) {
      setError(problem)
    }
  }
  return (
    <form className={styles.back} onSubmit={submit}>
      <p>{t('file.take-back-text', { name: file.name })}</p>
      <TextField
        label={t('file.reason')}
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {error ? <ProblemNote error={error} /> : null}
      <Button type="submit" tone="danger" disabled={reason.trim() === ''}>
        {t('file.take-back')}
      </Button>
    </form>
  )
}

const TakeBack = (props: TakeBackProps) => (
  <Pop
    label={t('file.take-back')}
    target={(toggle) => (
      <Button tone="quiet" onClick={toggle}>
        {t('file.take-back')}
      </Button>
    )}
  >
    {(close) => <TakeBackForm {...props} onDone={close} />}
  </Pop>
)

/** A file in the timeline: to be saved, or what became of it. */
export function KeptFile({ doc, one, file }: TakeBackProps) {
  const { id, name, size, at, by, takenBackAt, takenBackReason, canTakeBack } = file
  return (
    <>
      <div className="quiet">
        {by.name} · <Instant value={at} />
      </div>
      {takenBackAt ? (
        <p className={styles.gone}>
          <s>{name}</s> <span className="quiet">{t('file.taken-back')}</span> <Instant value={takenBackAt} />
          <q>{takenBackReason}</q>
        </p>
      ) : (
        <p className={styles.kept}>
          <a href={addressOf('/api/attachments/{attachment}', { params: { attachment: id } })} download={name}>
            {name}
          </a>
          <span className="quiet number">{fileSize(size)}</span>
          {canTakeBack ? <TakeBack doc={doc} one={one} file={file} /> : null}
        </p>
      )}
    </>
  )
}
