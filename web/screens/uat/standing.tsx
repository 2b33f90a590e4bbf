// How far a site is accepted, in four figures: scenarios, critical ones, separation of duties, and open defects.
import { useGet } from '../../client/questions.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { ProblemNote } from '../../parts/page.tsx'
import type { Site } from '../rollout-governance/sites.tsx'
import styles from './acceptance.module.css'

type Figure = { label: string; text: string; mood: 'good' | 'bad' | 'wait' }

const share = (label: string, n: number | null, all: number | null): Figure => ({
  label,
  text: all === null ? '–' : t('uat.of', { n: n ?? 0, all }),
  mood: all === null ? 'wait' : n === all ? 'good' : 'bad',
})

/** The figures; nothing before the first run. */
export function Standing({ site }: { site: Site }) {
  useLanguage()
  const { data, error, refetch } = useGet('/api/rollout/uat-state', {})
  const one = data?.items.find((row) => row.site === site.id)
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!one || one.run === null) return null
  const severe = (one.severity_1 ?? 0) + (one.severity_2 ?? 0)
  const open = severe + (one.severity_3 ?? 0) + (one.severity_4 ?? 0)
  const figures: readonly Figure[] = [
    share(t('uat.scenarios'), one.passed, one.scenarios),
    share(t('uat.critical'), one.critical_passed, one.critical),
    share(t('uat.separation'), one.separation_passed, one.separation),
    { label: t('uat.defects'), text: String(open), mood: severe > 0 ? 'bad' : open > 0 ? 'wait' : 'good' },
  ]
  return (
    <section aria-label={t('uat.title')}>
      <dl className={styles.figures}>
        {figures.map(({ label, text, mood }) => (
          <div key={label} data-mood={mood}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.hint}>{t('uat.not-current')}</p>
    </section>
  )
}
