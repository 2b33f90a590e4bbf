// A run at work: how far it is, what was played last, and a way to stop it.
import { useState } from 'react'
import { may } from '../../client/session.ts'
import { usePerform } from '../../generic/verb/use-verb.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { ProblemNote } from '../../parts/page.tsx'
import { WorkProgress } from '../../parts/work-progress.tsx'
import styles from './acceptance.module.css'
import type { Run } from './parts.ts'

/** A bar with its numbers; before the worker has begun it says that it waits. */
export function Progress({ run }: { run: Run }) {
  useLanguage()
  const { number, done, total, failed, at_work: atWork, problem, given_up: givenUp } = run
  const text = done === 0 && atWork === null ? t('uat.waiting') : t('uat.playing', { done, total })
  return (
    <WorkProgress
      text={`${number} · ${text}`}
      done={done}
      total={total}
      beside={
        <>
          {failed > 0 ? <span className={styles.red}>{`${failed} ${t('uat.failed')}`}</span> : null}{' '}
          {atWork ? <span className="quiet">{t('uat.at-work', { title: atWork })}</span> : null}
        </>
      }
    >
      <p className="quiet">{problem ? t(givenUp ? 'uat.gave-up' : 'uat.again', { problem }) : t('uat.leave')}</p>
      {may('rollout.uat-run.cancel') ? <Cancel run={run} /> : null}
    </WorkProgress>
  )
}

/** Stops a run, with the reason. */
export function Cancel({ run: { id, number, state } }: { run: Run }) {
  useLanguage()
  const { doing, run } = usePerform()
  const [reason, setReason] = useState('')
  const cancel = () =>
    void run({ document: 'rollout.uat-run', verb: 'cancel', subjects: [{ id, number, state }], input: {}, reason })
  return (
    <div className={styles.inline}>
      <TextField label={t('uat.cancel-reason')} value={reason} onChange={(event) => setReason(event.target.value)} />
      <Button disabled={reason.trim() === '' || doing.state === 'busy'} onClick={cancel}>
        {t('uat.cancel')}
      </Button>
      {doing.state === 'failed' ? <ProblemNote error={doing.problem} /> : null}
    </div>
  )
}
