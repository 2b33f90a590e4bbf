// Which scenarios fail with a release at which site, and by which change: scenario by site as a matrix.
import { useGet } from '../../client/questions.ts'
import type { components } from '../../generated/api.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { ProblemNote, Section } from '../../parts/page.tsx'
import { Table } from '../../parts/table.tsx'
import styles from './rollout.module.css'

type Trial = components['schemas']['rollout.trials.row']

type Failure = {
  readonly scenario: string
  readonly title: string
  readonly failure: string
  readonly causes: readonly { readonly line: string }[]
}

/** The column is JSON, which the API describes as unknown; the server writes it in this shape. */
const failuresOf = (one: Trial): readonly Failure[] => (one.failures ?? []) as readonly Failure[]

/** What went wrong at a site and why, in a line. */
const told = (site: string, one: Failure): string =>
  [site, one.failure, ...one.causes.map((cause) => cause.line)].join(' · ')

function Cell({ trial, scenario }: { trial: Trial; scenario: string }) {
  const failed = failuresOf(trial).find((one) => one.scenario === scenario)
  if (!failed) return <td />
  return (
    <td className={styles.mark}>
      <span className={styles.effect_conflict} title={told(trial.site, failed)}>
        <span aria-hidden="true">!</span>
        <span className="only-heard">{t('rollout.scenario-fails')}</span>
      </span>
    </td>
  )
}

function Failing({ trials }: { trials: readonly Trial[] }) {
  const failing = trials.filter((one) => failuresOf(one).length > 0)
  const scenarios = new Map(failing.flatMap(failuresOf).map((one) => [one.scenario, one]))
  return (
    <Table className={styles.matrix} heads={[t('rollout.scenario'), ...failing.map((one) => one.site)]}>
      {[...scenarios.values()].map(({ scenario, title }) => {
        const all = failing.flatMap((one) => failuresOf(one).filter((each) => each.scenario === scenario))
        const causes = new Set(all.flatMap((one) => one.causes.map((cause) => cause.line)))
        return (
          <tr key={scenario}>
            <td>
              <span className="code">{scenario}</span> {title}
              <small>{[...causes].join('; ')}</small>
            </td>
            {failing.map((one) => (
              <Cell key={one.site} trial={one} scenario={scenario} />
            ))}
          </tr>
        )
      })}
    </Table>
  )
}

/** What the newest trial of each site found; nothing is shown of a release that was not played. */
export function Trials({ release }: { release: string }) {
  useLanguage()
  const { data, error, refetch } = useGet('/api/rollout/trials', { release })
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data || data.items.length === 0) return null
  const failing = data.items.filter((one) => failuresOf(one).length > 0)
  const passing = data.items.length - failing.length
  const passed = data.items.filter((one) => one.state === 'overridden').map((one) => one.site)
  return (
    <Section
      title={t('rollout.trials')}
      beside={<span className={styles.aside}>{counted('rollout.trials-pass', passing)}</span>}
    >
      {failing.length > 0 ? <Failing trials={data.items} /> : null}
      {passed.length > 0 ? (
        <p className="quiet">{t('rollout.trials-overridden', { sites: passed.join(', ') })}</p>
      ) : null}
    </Section>
  )
}
