// The dashboards: what a role looks at, as tiles with target and trend, and the pictures that tell more than a number.
import { useNavigate, useParams } from '@tanstack/react-router'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { useAsked } from '../finance/use-asked.ts'
import { OF_ROLE, ROLES, type Role, TIMES, type Time, timeOf } from './figures.ts'
import { Pictures } from './pictures.tsx'
import styles from './tile.module.css'
import { Tile } from './tile.tsx'

/** Where somebody begins who names no dashboard: by what he may see. */
function ownRole(): Role {
  if (may('ledger.balance.read')) return 'finance'
  if (may('sales.order.draft') || may('sales.order.release-price')) return 'sales'
  return may('warehouse.shipment.release') || may('inventory.adjustment.draft')
    ? 'warehouse'
    : may('receivables.balance.read')
      ? 'finance'
      : 'leadership'
}

/** The screen at /dashboards and /dashboards/sales?time=12w */
export function Screen() {
  useLanguage()
  const navigate = useNavigate()
  const params = useParams({ strict: false }) as { role?: string }
  const [asked, go] = useAsked()
  const time = timeOf(asked.time)
  const role = ROLES.find((one) => one === params.role) ?? ownRole()
  const { data, error, isPending, refetch } = useGet('/api/insight/kpis', {})
  const shown = OF_ROLE[role].flatMap((id) => data?.items.find((one) => one.id === id) ?? [])
  const tabs = ROLES.map((one) => ({
    key: one,
    text: t(`dash.${one}`),
    to: `/dashboards/${one}`,
    search: asked.time ? { time } : {},
    chosen: one === role,
  }))
  return (
    <Page title={t('dash.title')} actions={<Times time={time} onChoose={(next) => go({ time: next })} />} body="bare">
      <Tabs label={t('dash.role')} tabs={tabs} onGo={(tab) => void navigate({ to: tab.to, search: tab.search })} />
      <div className={styles.page}>
        {error ? (
          <ProblemNote error={error} onRetry={() => void refetch()} />
        ) : isPending ? (
          <Skeleton lines={8} />
        ) : shown.length === 0 ? (
          <Empty title={t('dash.nothing')}>{t('dash.nothing-rest')}</Empty>
        ) : (
          <>
            <div className={styles.tiles}>
              {shown.map((definition) => (
                <Tile key={definition.id} definition={definition} time={time} role={role} />
              ))}
            </div>
            <Pictures role={role} time={time} definitions={data.items} />
          </>
        )}
      </div>
    </Page>
  )
}

/** The time one looks at, as three buttons. */
export function Times({ time, onChoose }: { time: Time; onChoose: (time: Time) => void }) {
  useLanguage()
  return (
    <div className={styles.times} role="group" aria-label={t('dash.time')}>
      {TIMES.map((one) => (
        <button key={one} type="button" aria-pressed={one === time} onClick={() => onChoose(one)}>
          {t(`dash.time-${one}`)}
        </button>
      ))}
    </div>
  )
}
