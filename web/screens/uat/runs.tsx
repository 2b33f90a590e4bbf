// The runs of a site, newest first; one of them can be looked at.
import { instant } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Section } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import styles from './acceptance.module.css'
import type { Run } from './parts.ts'

type RunsProps = { runs: readonly Run[]; shown: string | undefined; onChoose: (id: string) => void }

/** The list. */
export function Runs({ runs, shown, onChoose }: RunsProps) {
  useLanguage()
  return (
    <Section title={t('uat.runs')}>
      <div className={styles.scrolls}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('uat.number')}</th>
              <th scope="col">{t('uat.when')}</th>
              <th scope="col">{t('uat.result')}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((one) => (
              <tr key={one.id} aria-current={one.id === shown}>
                <td>
                  <button type="button" onClick={() => onChoose(one.id)}>
                    {one.number}
                  </button>{' '}
                  <small className="quiet">{t(one.kind === 'manual' ? 'uat.kind-manual' : 'uat.kind-automatic')}</small>
                </td>
                <td>{instant(one.finished_at ?? one.started_at)}</td>
                <td>
                  <Outcome run={one} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function Outcome({ run: { state, passed, failed, total } }: { run: Run }) {
  if (state === 'running')
    return (
      <StateBadge state="running" mood="info">
        {t('uat.running')}
      </StateBadge>
    )
  if (state === 'cancelled') return <StateBadge state="cancelled">{t('uat.cancelled')}</StateBadge>
  return (
    <StateBadge state={failed > 0 ? 'failed' : 'passed'} mood={failed > 0 ? 'bad' : 'good'}>
      {t('uat.of', { n: passed, all: total })}
    </StateBadge>
  )
}
