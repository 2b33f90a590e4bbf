// The drift inbox: the site that is looked at is in the address, and the first one with drift is shown without.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useGet } from '../../client/questions.ts'
import { chooseCompany, companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Empty, Page, ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { type Tab, Tabs } from '../../parts/tabs.tsx'
import { DriftInbox } from './drift-inbox.tsx'
import { isTooFarBehind, tooFarText } from './marks.tsx'
import styles from './rollout.module.css'

/** The sites of the company that is worked for, with how much has drifted at each. */
export function useOwnSites() {
  const company = useStore(companyCode)
  const sites = useGet('/api/rollout/board', {})
  const standings = useGet('/api/rollout/standing', { own: true }, { refetchInterval: 60_000 })
  const drift = new Map((standings.data?.items ?? []).map((one) => [one.id, one.drift]))
  return {
    error: sites.error,
    isPending: sites.isPending || standings.isPending,
    again: () => void sites.refetch(),
    sites: (sites.data?.items ?? [])
      .filter((one) => one.company === company)
      .map((one) => ({ ...one, drift: drift.get(one.id) })),
  }
}

/** What has drifted at sites of other companies that one may see: a button each, which works for that company. */
function Elsewhere() {
  useLanguage()
  const navigate = useNavigate()
  const company = useStore(companyCode)
  const sites = useGet('/api/rollout/board', {})
  const standings = useGet('/api/rollout/standing', {}, { refetchInterval: 60_000 })
  const drift = new Map((standings.data?.items ?? []).map((one) => [one.id, one.drift]))
  const others = (sites.data?.items ?? []).filter((one) => one.company !== company && (drift.get(one.id) ?? 0) > 0)
  if (others.length === 0) return null
  const go = (one: (typeof others)[number]) => {
    chooseCompany(one.company)
    void navigate({ to: '/rollout/drift', search: { site: one.code } })
  }
  return (
    <div className={styles.elsewhere}>
      <Section title={t('rollout.drift-elsewhere')}>
        {others.map((one) => (
          <Button key={one.id} onClick={() => go(one)}>
            <span className="code">{one.code}</span> {one.name}{' '}
            <span className={styles.presses}>{drift.get(one.id)}</span>
          </Button>
        ))}
      </Section>
    </div>
  )
}

/** The screen at /rollout/drift?site=ALPHA */
export function Screen() {
  useLanguage()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>
  const { sites, error, isPending, again } = useOwnSites()
  const shown =
    sites.find((one) => one.code === search.site) ??
    sites.find((one) => (one.drift ?? 0) > 0) ??
    sites.find((one) => one.scope === 'company') ??
    sites[0]
  const tabs = sites.map(
    (one): Tab => ({
      key: one.code,
      text: `${one.code} · ${one.name}`,
      count: one.drift ?? '…',
      to: '/rollout/drift',
      search: { site: one.code },
      chosen: one.id === shown?.id,
    }),
  )
  return (
    <Page title={t('rollout.drift-title')} body="bare">
      {error ? (
        <ProblemNote error={error} onRetry={again} />
      ) : isPending ? (
        <Skeleton lines={8} />
      ) : !shown ? (
        <Empty title={t('rollout.no-sites')}>{t('rollout.no-sites-rest')}</Empty>
      ) : (
        <div className={styles.screen}>
          <Tabs
            label={t('rollout.board')}
            tabs={tabs}
            onGo={(tab) => void navigate({ to: '/rollout/drift', search: { site: tab.key } })}
          />
          <div className={styles.scroll} tabIndex={-1}>
            {isTooFarBehind(shown) ? (
              <p className={`${styles.note} ${styles.note_bad}`} data-state="too-far-behind">
                {tooFarText(shown)}
              </p>
            ) : null}
            <DriftInbox key={shown.id} site={shown.id} code={shown.code} />
            <Elsewhere />
          </div>
        </div>
      )}
    </Page>
  )
}
