// Who signed a run off, and the form in which those who may do.
import { type FormEvent, useState } from 'react'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { usePerform } from '../../generic/verb/use-verb.ts'
import { instant } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { DocRef } from '../../parts/doc-ref.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { ProblemNote, Section } from '../../parts/page.tsx'
import styles from './acceptance.module.css'
import type { Run } from './parts.ts'

const SEATS = ['finance', 'warehouse', 'process'] as const
type Seat = (typeof SEATS)[number]
const isSeat = (value: string): value is Seat => SEATS.some((one) => one === value)
const seatWord = (seat: string) => (isSeat(seat) ? t(`uat.seat-${seat}`) : seat)

/** The signatures of a finished run. */
export function Signatures({ run }: { run: Run }) {
  useLanguage()
  const { data, error, refetch } = useGet('/api/rollout/uat-sign-offs', { run: run.id })
  const signed = data?.items ?? []
  const mine = SEATS.filter((seat) => may(`rollout.uat-run.sign-${seat}`))
  return (
    <Section title={t('uat.signatures')}>
      {error ? <ProblemNote error={error} onRetry={() => void refetch()} /> : null}
      {signed.length === 0 ? <p className="quiet">{t('uat.nobody-signed')}</p> : null}
      <ul className={styles.signed}>
        {signed.map((one) => (
          <li key={`${one.seat} ${one.process} ${one.scenario}`}>
            <b>{seatWord(one.seat)}</b> {one.scenario ?? one.process ?? t('uat.whole')} ·{' '}
            {one.signed_by ? <DocRef of="access.account" id={one.signed_by} otherwise={t('common.system')} /> : null} ·{' '}
            {instant(one.signed_at)} {one.note === '' ? null : <q>{one.note}</q>}
          </li>
        ))}
      </ul>
      {mine.length > 0 ? <Sign run={run} seats={mine} onSigned={() => void refetch()} /> : null}
    </Section>
  )
}

function Sign({
  run: { id, number, state },
  seats,
  onSigned,
}: {
  run: Run
  seats: readonly Seat[]
  onSigned: () => void
}) {
  const { doing, run } = usePerform()
  const results = useGet('/api/rollout/uat-results', { run: id })
  const [seat, setSeat] = useState<string>(seats[0] ?? '')
  const [what, setWhat] = useState('')
  const [note, setNote] = useState('')
  const processes = [...new Set((results.data?.items ?? []).map((one) => one.process))]
  const sign = async (event: FormEvent) => {
    event.preventDefault()
    const input = { ...(what === '' ? {} : { process: what }), ...(note.trim() === '' ? {} : { note: note.trim() }) }
    await run({ document: 'rollout.uat-run', verb: `sign-${seat}`, subjects: [{ id, number, state }], input })
    onSigned()
  }
  return (
    <form className={styles.inline} onSubmit={(event) => void sign(event)}>
      <SelectField
        label={t('uat.sign-as')}
        value={seat}
        onChange={(event) => setSeat(event.target.value)}
        options={seats.map((one) => ({ value: one, text: seatWord(one) }))}
      />
      <SelectField
        label={t('uat.sign-what')}
        value={what}
        onChange={(event) => setWhat(event.target.value)}
        options={[{ value: '', text: t('uat.whole') }, ...processes.map((one) => ({ value: one, text: one }))]}
      />
      <TextField label={t('uat.note')} optional value={note} onChange={(event) => setNote(event.target.value)} />
      <Button type="submit" tone="primary" disabled={doing.state === 'busy'}>
        {t('uat.sign')}
      </Button>
      {doing.state === 'failed' ? <ProblemNote error={doing.problem} /> : null}
    </form>
  )
}
