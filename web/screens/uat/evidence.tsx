// The evidence of one scenario: each step with who, what was sent, what came back, what was expected and what was there.
import { useGet } from '../../client/questions.ts'
import { instant } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { ProblemNote, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import styles from './acceptance.module.css'
import { type Asked, type Compared, inWords, type Step, shown, stepsOf } from './parts.ts'

/** Read when it is opened: it is the heaviest part of a run. */
export function Evidence({ run, scenario }: { run: string; scenario: string }) {
  useLanguage()
  const { data, error, isPending, refetch } = useGet('/api/rollout/uat-evidence', { run, scenario })
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={4} />
  return (
    <ol className={styles.evidence}>
      {stepsOf(data.items[0]?.evidence).map((step) => (
        <StepLine key={step.step} step={step} />
      ))}
    </ol>
  )
}

function StepLine({ step }: { step: Step }) {
  const { title, before, at, failure, asked = [], more = 0, compared = [], by, note } = step
  return (
    <li>
      <p>
        <b>{t('uat.step', { n: step.step })}</b> {title === 'at the end' ? t('uat.at-end') : title}{' '}
        {before ? <small className={styles.mark}>{t('uat.before')}</small> : null}{' '}
        <small className="quiet">{[by, instant(at)].filter(Boolean).join(' · ')}</small>{' '}
        {failure === null ? null : (
          <StateBadge state="failed" mood="bad">
            {t('uat.failed')}
          </StateBadge>
        )}
      </p>
      {failure ? <p className={styles.red}>{failure}</p> : note ? <p>{note}</p> : null}
      {compared.length > 0 ? <Comparison rows={compared} /> : null}
      {asked.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: requests of a step have no name of their own, and their order never changes
        <Request key={at} asked={one} />
      ))}
      {more > 0 ? <p className="quiet">{t('uat.more', { n: more })}</p> : null}
    </li>
  )
}

function Comparison({ rows }: { rows: readonly Compared[] }) {
  return (
    <div className={styles.scrolls}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" />
            <th scope="col">{t('uat.expected')}</th>
            <th scope="col">{t('uat.actual')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.place} data-ok={one.ok}>
              <th scope="row">{one.place}</th>
              <td>{inWords(one.expected)}</td>
              <td>{inWords(one.actual)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Request({ asked: { as, path, sent, status, answered } }: { asked: Asked }) {
  return (
    <details className={styles.request}>
      <summary>
        {as} <code>{path.replace('/api/', '')}</code> {t('uat.answered', { status })}
      </summary>
      <p>{t('uat.sent')}</p>
      <pre>{shown(sent)}</pre>
      <p>{t('uat.answered', { status })}</p>
      <pre>{shown(answered)}</pre>
    </details>
  )
}
