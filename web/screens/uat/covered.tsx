// What the scenarios of a site cover, and where the configuration that was judged differs from the template.
import { useGet } from '../../client/questions.ts'
import { documentWord, type Key, t, useLanguage } from '../../i18n/index.ts'
import { ProblemNote, Section } from '../../parts/page.tsx'
import type { Site } from '../rollout-governance/sites.tsx'
import styles from './acceptance.module.css'
import { type Difference, differencesOf, type Run, riskWord, shown } from './parts.ts'

const DIMENSIONS = ['process', 'role', 'exception', 'channel', 'risk'] as const

/** By process, role, exception, channel and risk: a bar of what is green, red and not played. */
export function Coverage({ site }: { site: Site }) {
  useLanguage()
  const { data, error, refetch } = useGet('/api/rollout/uat-coverage', { site: site.code })
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  const rows = data?.items ?? []
  return (
    <Section title={t('uat.coverage')}>
      <div className={styles.coverage}>
        {DIMENSIONS.map((dimension) => (
          <section key={dimension} aria-label={t(`uat.dim-${dimension}`)}>
            <h3>{t(`uat.dim-${dimension}`)}</h3>
            <ul>
              {rows
                .filter((one) => one.dimension === dimension)
                .map(({ value, scenarios, passed, failed }) => (
                  <li key={value}>
                    <span>{dimension === 'risk' ? riskWord(value) : value}</span>
                    <span className={styles.bar} aria-hidden="true">
                      <i style={{ flexGrow: passed }} data-mood="good" />
                      <i style={{ flexGrow: failed }} data-mood="bad" />
                      <i style={{ flexGrow: scenarios - passed - failed }} />
                    </span>
                    <span className="number">{t('uat.of', { n: passed, all: scenarios })}</span>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Section>
  )
}

// What the server says of a leave that is no deviation; a deviation is told by its number.
const LEAVES: Readonly<Record<string, Key>> = {
  'the template lets a site choose': 'uat.by-choice',
  'the template lets a site add its own': 'uat.by-own',
}

/** By whose leave it differs. */
function leaveOf({ standing, by }: Difference): string {
  if (standing === 'drift') return t('uat.drift')
  const key = LEAVES[by ?? '']
  return key ? t(key) : (by ?? '')
}

/** One difference in words. */
export function DifferenceLine({ of: one }: { of: Difference }) {
  const values =
    one.what === 'changed'
      ? t('uat.instead', { live: shown(one.live), template: shown(one.template) })
      : t(one.what === 'missing' ? 'uat.missing' : 'uat.added')
  return (
    <>
      <b>{documentWord(one.kind, one.label)}</b> <code>{[one.key, one.field].filter(Boolean).join(' · ')}</code>:{' '}
      {values} <span className="quiet">({leaveOf(one)})</span>
    </>
  )
}

/** Every difference of the configuration that the run judged. */
export function Differences({ run }: { run: Run }) {
  useLanguage()
  const all = differencesOf(run.differences)
  return (
    <Section title={t('uat.differences')} beside={<span className="quiet">{run.configuration_hash.slice(0, 12)}</span>}>
      {all.length === 0 ? (
        <p className="quiet">{t('uat.no-differences')}</p>
      ) : (
        <ul className={styles.differences}>
          {all.map((one) => (
            <li key={`${one.kind} ${one.key} ${one.field}`}>
              <DifferenceLine of={one} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
