// One order held for credit: what the customer owes in all its stages against his limit, and letting it go with a preview.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { amountsIn } from '../../i18n/format.ts'
import { choiceWord, t, useLanguage } from '../../i18n/index.ts'
import { DocRef } from '../../parts/doc-ref.tsx'
import { isNegative, isZero, minus, sum } from '../../parts/exact.ts'
import { Facts, ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Instant, Money } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import { ExposureBar } from './exposure-bar.tsx'
import { Head } from './head.tsx'
import styles from './queues.module.css'
import { useSteps } from './use-steps.ts'
import { type Hold, reasonOf } from './waiting.ts'

type Figures = {
  receivable: string
  unbilled: string
  open_orders: string
  unapplied: string
  this: string
  limit: string
}

const known = (value: unknown, name: string): string => {
  const found =
    typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name) : undefined
  return typeof found?.[1] === 'string' ? found[1] : '0'
}

function Line({
  label,
  value,
  currency,
  to,
  sign,
}: {
  label: string
  value: string
  currency: string
  to?: ReactNode
  sign?: string
}) {
  return (
    <tr className={isZero(value) ? styles.none : undefined}>
      <th scope="row">
        {sign ? <span className={styles.sign}>{sign}</span> : null}
        {label}
      </th>
      <td className={styles.right}>
        <Money value={value} currency={currency} />
      </td>
      <td>{isZero(value) ? null : to}</td>
    </tr>
  )
}

/** The sum as one reads it on paper; each line leads to what it is made of. */
function Sum({ figures, hold, customerId }: { figures: Figures; hold: Hold; customerId: string }) {
  const { currency } = hold
  const before = sum([figures.receivable, figures.unbilled, figures.open_orders, minus(figures.unapplied)])
  const reached = sum([before, figures.this])
  const over = sum([reached, minus(figures.limit)])
  const account = may('receivables.balance.read') ? (
    <Link to={`/finance/customer/${customerId}`}>{t('work.open-items')}</Link>
  ) : null
  const orders = (
    <Link to="/sales/order" search={{ customer: customerId, state: 'confirmed' }}>
      {t('work.orders')}
    </Link>
  )
  return (
    <table className={styles.sum}>
      <tbody>
        <Line label={t('work.receivable')} value={figures.receivable} currency={currency} to={account} />
        <Line label={t('work.unbilled')} value={figures.unbilled} currency={currency} sign="+" to={orders} />
        <Line label={t('work.open-orders')} value={figures.open_orders} currency={currency} sign="+" to={orders} />
        <Line label={t('work.unapplied')} value={figures.unapplied} currency={currency} sign="−" to={account} />
        <Line label={t('work.this-order')} value={figures.this} currency={currency} sign="+" />
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('work.exposure')}</th>
          <td className={styles.right}>
            <Money value={reached} currency={currency} />
          </td>
          <td />
        </tr>
        <tr>
          <th scope="row">{t('work.limit')}</th>
          <td className={styles.right}>
            <Money value={figures.limit} currency={currency} />
          </td>
          <td>
            <DocRef of="credit.account" id={customerId} />
          </td>
        </tr>
        <tr className={styles.over}>
          <th scope="row">{t(isNegative(over) ? 'work.room' : 'work.over')}</th>
          <td className={styles.right}>
            <Money value={isNegative(over) ? minus(over) : over} currency={currency} />
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  )
}

function Decisions({ order }: { order: string }) {
  const { data } = useGet('/api/credit/decisions', { order })
  if (!data || data.items.length === 0) return null
  return (
    <Section title={t('work.decisions')}>
      <ul className={styles.plain}>
        {data.items.slice(0, 6).map((one) => (
          <li key={one.id}>
            <StateBadge state={one.outcome} mood={one.outcome === 'hold' ? 'bad' : 'good'}>
              {choiceWord(one.outcome)}
            </StateBadge>
            <span>{one.reason ? choiceWord(one.reason) : ''}</span>
            <span className="quiet">
              <Instant value={one.at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** The pane of a credit hold. */
export function CreditDetail({ hold }: { hold: Hold }) {
  useLanguage()
  const { order, open, around } = useSteps(hold.order_id)
  const { data, error, isPending } = useGet(
    '/api/credit/exposure',
    { customer: hold.customer },
    { enabled: may('credit.account.read') },
  )
  const now = data?.items[0]
  useKeys({ a: () => open('release-credit'), r: () => open('cancel'), c: () => open('recheck') })
  const asked = known(hold.exposure, 'this')
  const figures: Figures = {
    receivable: now?.receivable ?? known(hold.exposure, 'receivable'),
    unbilled: now?.unbilled ?? known(hold.exposure, 'unbilled'),
    open_orders: now?.open_orders ?? known(hold.exposure, 'open_orders'),
    unapplied: now?.unapplied ?? known(hold.exposure, 'unapplied'),
    this: asked,
    limit: now?.limit_now ?? known(hold.exposure, 'limit'),
  }
  return (
    <>
      <Head
        title={hold.customer_name}
        of="sales.order"
        id={hold.order_id}
        beside={<StateBadge state="on_hold">{reasonOf(hold)}</StateBadge>}
        actions={
          <>
            <VerbButton {...around('recheck')} tone="quiet" hint="c" />
            <VerbButton {...around('cancel')} tone="danger" hint="r" />
            <VerbButton {...around('release-credit')} tone="primary" hint="a" />
          </>
        }
      />
      <Facts
        facts={[
          { label: t('work.order-total'), value: <Money value={hold.total} currency={hold.currency} /> },
          { label: t('work.since'), value: <Instant value={hold.raised_at} /> },
          { label: t('work.due'), value: <Instant value={hold.due_at} /> },
          {
            label: t('work.role'),
            value: hold.escalated_to
              ? `${choiceWord(hold.role)} → ${choiceWord(hold.escalated_to)}`
              : choiceWord(hold.role),
          },
          { label: t('work.risk'), value: now?.risk_class ? choiceWord(now.risk_class) : null },
        ]}
      />
      {error ? <ProblemNote error={error} /> : null}
      {isPending && may('credit.account.read') ? (
        <Skeleton lines={5} />
      ) : (
        <div className={styles.exposure}>
          <ExposureBar figures={figures} currency={hold.currency} />
          <Sum figures={figures} hold={hold} customerId={String(order?.customer ?? '')} />
        </div>
      )}
      {hold.suggestion ? <p className={styles.note}>{amountsIn(hold.suggestion, hold.currency)}.</p> : null}
      {may('credit.account.read') ? <Decisions order={hold.order_id} /> : null}
    </>
  )
}
