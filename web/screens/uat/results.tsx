// What came of each scenario of a run: what is red stands first, with what it is down to, its evidence and its defect.
import { useState } from 'react'
import { useGet } from '../../client/questions.ts'
import { instant } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { DocRef } from '../../parts/doc-ref.tsx'
import { CheckField } from '../../parts/field.tsx'
import { ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import styles from './acceptance.module.css'
import { DifferenceLine } from './covered.tsx'
import { Evidence } from './evidence.tsx'
import { differencesOf, type Result, type Run, riskWord, textsOf } from './parts.ts'

const MOOD = { passed: 'good', failed: 'bad', open: 'wait' } as const
const moodOf = (verdict: string) => (verdict === 'passed' || verdict === 'failed' ? MOOD[verdict] : MOOD.open)
const wordOf = (verdict: string) =>
  verdict === 'passed' ? t('uat.passed') : verdict === 'failed' ? t('uat.failed') : t('uat.open')

/** The results by process. */
export function Results({ run }: { run: Run }) {
  useLanguage()
  const [onlyRed, setOnlyRed] = useState(false)
  const { data, error, isPending, refetch } = useGet('/api/rollout/uat-results', { run: run.id })
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={8} />
  const all = data.items.filter((one) => !onlyRed || one.verdict !== 'passed')
  const processes = [...new Set(all.map((one) => one.process))]
  const live = run.live_unchanged
  return (
    <Section
      title={t('uat.results', { number: run.number })}
      beside={<span className="quiet">{t('uat.of', { n: run.passed, all: run.total })}</span>}
    >
      {run.kind === 'automatic' && run.state === 'finished' ? (
        <p className={live === false ? styles.red : 'quiet'}>
          {t(live === null ? 'uat.live-busy' : live ? 'uat.live-same' : 'uat.live-changed')}
        </p>
      ) : null}
      {run.failed > 0 ? (
        <CheckField
          label={t('uat.only-red')}
          checked={onlyRed}
          onChange={(event) => setOnlyRed(event.target.checked)}
        />
      ) : null}
      {processes.map((process) => (
        <section key={process} className={styles.process}>
          <h3>{process}</h3>
          <ul>
            {all
              .filter((one) => one.process === process)
              .map((one) => (
                <Line key={one.id} run={run} result={one} />
              ))}
          </ul>
        </section>
      ))}
    </Section>
  )
}

function Line({ run, result }: { run: Run; result: Result }) {
  const [open, setOpen] = useState(false)
  const { scenario, title, verdict, failure, critical, marks, milliseconds, kind } = result
  const causes = differencesOf(result.causes)
  return (
    <li data-scenario={scenario} data-verdict={verdict}>
      <div className={styles.line}>
        <span className={styles.id}>{scenario}</span>
        <span>
          {title}{' '}
          {[...(critical ? ['critical'] : []), ...textsOf(marks)].map((one) => (
            <small key={one} className={styles.mark}>
              {riskWord(one)}
            </small>
          ))}
        </span>
        <small>{kind === 'manual' ? instant(result.at) : t('uat.milliseconds', { n: milliseconds })}</small>
        <StateBadge state={verdict} mood={moodOf(verdict)}>
          {wordOf(verdict)}
        </StateBadge>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('uat.evidence')}
        </button>
      </div>
      {verdict === 'failed' ? (
        <div className={styles.why}>
          <p>{failure}</p>
          {kind === 'automatic' ? (
            causes.length > 0 ? (
              <ul>
                {causes.map((one) => (
                  <li key={`${one.kind} ${one.key} ${one.field}`}>
                    {t('uat.causes')} <DifferenceLine of={one} />
                  </li>
                ))}
              </ul>
            ) : (
              <p>{t('uat.no-cause')}</p>
            )
          ) : null}
          {result.defect ? (
            <DocRef of="rollout.uat-defect" id={result.defect} otherwise={result.defect_number ?? ''} />
          ) : null}
        </div>
      ) : null}
      {open ? <Evidence run={run.id} scenario={scenario} /> : null}
    </li>
  )
}
