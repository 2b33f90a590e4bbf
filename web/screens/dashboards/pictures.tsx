// The pictures under the tiles: the backlog by promise and by age, how fill rates and promises went, receivables by age.
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useGet } from '../../client/questions.ts'
import { currentCompany, may } from '../../client/session.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { ProblemNote, Skeleton } from '../../parts/page.tsx'
import { useWarehouse } from '../../shell/place.ts'
import { AgeingChart } from '../finance/ageing-chart.tsx'
import { Bars } from './bars.tsx'
import chart from './chart.module.css'
import { Trend } from './chart.tsx'
import { type Definition, daysOf, partShort, pointsOf, type Role, type Time } from './figures.ts'
import styles from './tile.module.css'
import { nameOf } from './words.ts'

type Props = { role: Role; time: Time; definitions: readonly Definition[] }

/** Which trends are drawn large, by role; the backlog's pictures stand before them where orders are looked at. */
const LARGE: Readonly<Record<Role, readonly string[]>> = {
  sales: ['otif'],
  warehouse: ['line-fill'],
  finance: ['dso'],
  leadership: ['otif', 'backlog'],
}

/** The pictures of a role; what the person may not see is not asked for. */
export function Pictures({ role, time, definitions }: Props) {
  const orders = role !== 'finance' && may('sales.order.read')
  return (
    <div className={styles.charts}>
      {orders ? <ByWeek /> : null}
      {orders && role !== 'leadership' ? <ByAge /> : null}
      {role === 'finance' && may('receivables.balance.read') ? <Receivables /> : null}
      {LARGE[role].flatMap((id) => {
        const definition = definitions.find((one) => one.id === id)
        return definition ? [<LargeTrend key={id} definition={definition} time={time} />] : []
      })}
    </div>
  )
}

/** While a picture is read, and when it cannot be. */
function Around({
  error,
  retry,
  ready,
  children,
}: {
  error: unknown
  retry: () => void
  ready: boolean
  children: () => ReactNode
}) {
  if (error) return <ProblemNote error={error} onRetry={retry} />
  return ready ? children() : <Skeleton lines={7} />
}

/** The trend of one figure, with its axis. */
export function LargeTrend({ definition, time }: { definition: Definition; time: Time }) {
  useLanguage()
  const warehouse = useWarehouse()
  const days = daysOf(time)
  const narrowed = definition.by_warehouse && warehouse ? { warehouse } : {}
  const { data, error, refetch } = useGet('/api/insight/kpi', { id: definition.id, ...days, ...narrowed })
  const figure = data?.items[0]
  return (
    <Around error={error} retry={() => void refetch()} ready={figure !== undefined}>
      {() =>
        figure ? (
          <Trend
            title={nameOf(definition)}
            points={pointsOf(figure.points)}
            unit={figure.unit}
            currency={figure.currency}
            grain={days.grain}
            target={figure.target}
          />
        ) : null
      }
    </Around>
  )
}

function ByWeek() {
  useLanguage()
  const warehouse = useWarehouse()
  const { data, error, refetch } = useGet('/api/insight/backlog-by-week', warehouse ? { warehouse } : {})
  const label = (week: string | null, later: boolean) =>
    week === null ? t('kpi.week-none') : later ? t('kpi.week-later') : partShort({ starts: week }, 'week')
  return (
    <Around error={error} retry={() => void refetch()} ready={data !== undefined}>
      {() => (
        <Bars
          title={t('kpi.by-week')}
          rowName={t('kpi.week')}
          currency={currentCompany().currency}
          bars={(data?.items ?? []).map((one) => ({
            key: one.week ?? 'none',
            label: label(one.week, one.and_later),
            worth: one.worth,
            late: one.late,
            held: one.held,
            lines: one.lines,
          }))}
        />
      )}
    </Around>
  )
}

function ByAge() {
  useLanguage()
  const warehouse = useWarehouse()
  const { data, error, refetch } = useGet('/api/insight/order-ages', warehouse ? { warehouse } : {})
  return (
    <Around error={error} retry={() => void refetch()} ready={data !== undefined}>
      {() => (
        <Bars
          title={t('kpi.by-age')}
          rowName={t('kpi.age')}
          currency={currentCompany().currency}
          bars={(data?.items ?? []).map((one) => ({
            key: one.bucket,
            label: one.bucket.replace('-', '–'),
            worth: one.worth,
            lines: one.lines,
            heldLines: one.held,
          }))}
        />
      )}
    </Around>
  )
}

function Receivables() {
  useLanguage()
  const navigate = useNavigate()
  const { data, error, refetch } = useGet('/api/receivables/ageing', {})
  return (
    <Around error={error} retry={() => void refetch()} ready={data !== undefined}>
      {() => (
        <section className={`${chart.figure} ${styles.wide}`} aria-label={t('finance.by-age')}>
          <h2 className={chart.title}>{t('finance.by-age')}</h2>
          <AgeingChart
            buckets={data?.items ?? []}
            currency={currentCompany().currency}
            chosen={undefined}
            onChoose={(bucket) => void navigate({ to: '/finance/receivables', search: { bucket } })}
          />
        </section>
      )}
    </Around>
  )
}
