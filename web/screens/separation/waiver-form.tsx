// Asking for a waiver where the clash is seen: what watches in the rule's place, until when, and why.
import { useState } from 'react'
import { usePerform } from '../../generic/verb/use-verb.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { AreaField, TextField } from '../../parts/field.tsx'
import { ProblemNote } from '../../parts/page.tsx'
import { notify } from '../../shell/notices.tsx'
import styles from './separation.module.css'
import { dayFromNow } from './words.ts'

type Given = { account: string; separation: string }

/** A button that opens the form below itself; what was typed stays until it is sent or put away. */
export function WaiverForm({ account, separation }: Given) {
  useLanguage()
  const [opened, setOpened] = useState(false)
  if (opened) return <Form account={account} separation={separation} onDone={() => setOpened(false)} />
  return (
    <div>
      <Button onClick={() => setOpened(true)}>{t('separation.ask-waiver')}</Button>
    </div>
  )
}

function Form({ account, separation, onDone }: Given & { onDone: () => void }) {
  useLanguage()
  const [control, setControl] = useState('')
  const [reason, setReason] = useState('')
  const [expiresOn, setExpiresOn] = useState(() => dayFromNow(90))
  const { doing, run } = usePerform()
  const ready = control.trim() !== '' && reason.trim() !== '' && expiresOn !== '' && doing.state !== 'busy'
  const ask = async () => {
    const documents = [{ account, separation, control: control.trim(), expiresOn }]
    const input = { documents }
    const done = await run({
      document: 'rollout.access-waiver',
      verb: 'ask',
      subjects: [],
      input,
      reason: reason.trim(),
    })
    if (!done) return
    notify('good', t('separation.waiver-asked', { number: done[0]?.answer?.numbers?.[0] ?? '' }))
    onDone()
  }
  return (
    <form
      className={styles.ask}
      aria-label={t('separation.ask-waiver')}
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void ask()
      }}
    >
      <AreaField
        label={t('separation.control-label')}
        hint={t('separation.control-hint')}
        rows={2}
        maxLength={500}
        value={control}
        onChange={(event) => setControl(event.target.value)}
      />
      <TextField
        label={t('separation.until')}
        type="date"
        value={expiresOn}
        onChange={(event) => setExpiresOn(event.target.value)}
      />
      <AreaField
        label={t('verb.reason')}
        rows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {doing.state === 'failed' ? <ProblemNote error={doing.problem} /> : null}
      <div className={styles.verbs}>
        <Button type="submit" tone="primary" disabled={!ready}>
          {t('separation.ask-waiver')}
        </Button>
        <Button tone="quiet" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
