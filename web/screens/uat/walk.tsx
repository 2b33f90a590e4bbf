// Walking a scenario by hand: its steps in words, each marked as expected or otherwise, with a note.
import { useState } from 'react'
import { useGet, useOne } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { usePerform } from '../../generic/verb/use-verb.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import styles from './acceptance.module.css'
import { type Run, type Step, stepsOf, textsOf, type WalkStep, walkStepsOf } from './parts.ts'
import { Cancel } from './progress.tsx'

/** The scenarios of a run by hand, with a button that ends it. */
export function Walk({ run }: { run: Run }) {
  useLanguage()
  const { data, error, isPending, refetch } = useOne('rollout.uat-run', run.id)
  const { doing, run: perform } = usePerform()
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={6} />
  const subject = { id: run.id, number: run.number, state: run.state }
  return (
    <Section title={`${run.number} · ${t('uat.kind-manual')}`}>
      {textsOf(data.wanted).map((scenario) => (
        <Story key={scenario} run={run} scenario={scenario} />
      ))}
      <div className={styles.inline}>
        {may('rollout.uat-run.finish') ? (
          <Button
            tone="primary"
            disabled={run.done < run.total || doing.state === 'busy'}
            onClick={() =>
              void perform({ document: 'rollout.uat-run', verb: 'finish', subjects: [subject], input: {} })
            }
          >
            {t('uat.finish')}
          </Button>
        ) : null}
        {doing.state === 'failed' ? <ProblemNote error={doing.problem} /> : null}
      </div>
      {may('rollout.uat-run.cancel') ? <Cancel run={run} /> : null}
    </Section>
  )
}

function Story({ run, scenario }: { run: Run; scenario: string }) {
  const told = useGet('/api/rollout/uat-steps', { run: run.id, scenario })
  const marked = useGet('/api/rollout/uat-evidence', { run: run.id, scenario })
  const one = told.data?.items[0]
  if (told.error) return <ProblemNote error={told.error} onRetry={() => void told.refetch()} />
  if (!one) return <Skeleton lines={4} />
  const marks = new Map(stepsOf(marked.data?.items[0]?.evidence).map((step) => [step.step, step]))
  return (
    <article className={styles.story}>
      <h3>
        {one.id} · {one.title}
      </h3>
      {one.given === '' ? null : (
        <p>
          <b>{t('uat.given')}</b> {one.given}
        </p>
      )}
      <ol>
        {walkStepsOf(one.steps).map((step) => (
          <WalkLine
            key={step.step}
            run={run}
            scenario={scenario}
            step={step}
            marked={marks.get(step.step)}
            onMarked={() => void marked.refetch()}
          />
        ))}
      </ol>
    </article>
  )
}

type LineProps = { run: Run; scenario: string; step: WalkStep; marked: Step | undefined; onMarked: () => void }

function WalkLine({ run: { id, number, state }, scenario, step, marked, onMarked }: LineProps) {
  const { doing, run } = usePerform()
  const [note, setNote] = useState('')
  const mark = async (verdict: 'passed' | 'failed') => {
    const input = { scenario, step: step.step, verdict, ...(note.trim() === '' ? {} : { note: note.trim() }) }
    await run({ document: 'rollout.uat-run', verb: 'mark', subjects: [{ id, number, state }], input })
    onMarked()
  }
  return (
    <li data-step={step.step} data-verdict={marked?.verdict}>
      <p>
        <b>{step.who}</b> {step.what} {step.before ? <small className={styles.mark}>{t('uat.before')}</small> : null}{' '}
        {marked?.verdict ? (
          <StateBadge state={marked.verdict} mood={marked.verdict === 'passed' ? 'good' : 'bad'}>
            {marked.verdict === 'passed' ? t('uat.good') : t('uat.bad')}
          </StateBadge>
        ) : null}
      </p>
      {step.values === '' ? null : (
        <details className={styles.request}>
          <summary>{t('uat.values')}</summary>
          <pre>{step.values}</pre>
        </details>
      )}
      {step.expects.length > 0 ? (
        <ul className={styles.expects}>
          {step.expects.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      ) : null}
      {marked?.note ? <p>{marked.note}</p> : null}
      {may('rollout.uat-run.mark') ? (
        <div className={styles.inline}>
          <TextField
            label={t('uat.what-otherwise')}
            optional
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button disabled={doing.state === 'busy'} onClick={() => void mark('passed')}>
            {t('uat.good')}
          </Button>
          <Button
            tone="danger"
            disabled={doing.state === 'busy' || note.trim() === ''}
            onClick={() => void mark('failed')}
          >
            {t('uat.bad')}
          </Button>
          {doing.state === 'failed' ? <ProblemNote error={doing.problem} /> : null}
        </div>
      ) : null}
    </li>
  )
}
