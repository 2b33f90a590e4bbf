// What is looked at before a period closes: first what is in the books, then what customers and warehouses leave open.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { listPath } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import { currentCompany, may } from '../../client/session.ts'
import type { components } from '../../generated/api.ts'
import { integer, money } from '../../i18n/format.ts'
import { counted, t } from '../../i18n/index.ts'
import { isZero } from '../../parts/exact.ts'
import { Icon } from '../../parts/icon.tsx'
import { ProblemNote, Skeleton } from '../../parts/page.tsx'
import { Day } from '../../parts/values.tsx'
import styles from './finance.module.css'

export type Period = components['schemas']['ledger.periods.row']
type Check = {
  key: string
  text: string
  well: boolean
  says: ReactNode
  oldest?: string | null
  to?: string
  search?: Record<string, string>
}

/** What the modules say about the end of a period, in one list: first what is in the books, then what is not yet. */
function useChecks(one: Period): { checks: readonly Check[]; pending: boolean; error: unknown } {
  const until = one.ends
  const customers = useGet('/api/receivables/before-close', { until }, { enabled: may('receivables.balance.read') })
  const goods = useGet('/api/warehouse/before-close', { until }, { enabled: may('warehouse.shipment.read') })
  const { currency } = currentCompany()
  const list: Readonly<Record<string, [string, Record<string, string>]>> = {
    'not-invoiced': ['/sales/order', { state: 'confirmed' }],
    'credit-drafts': ['/receivables/credit-note', { state: 'draft' }],
    'not-applied': ['/receivables/payment', {}],
    'not-gone': ['/warehouse/shipment', { state: 'picked,packed' }],
    'receipts-draft': ['/warehouse/receipt', { state: 'draft' }],
    'in-transit': ['/inventory/transfer', { state: 'in-transit' }],
  }
  const own: readonly Check[] = [
    {
      key: 'balanced',
      text: t('finance.check-balanced'),
      well: one.balanced,
      says: money(one.debit, currency),
      to: '/finance/trial-balance',
      search: { from: one.starts, to: one.ends },
    },
    {
      key: 'suspense',
      text: t('finance.check-suspense'),
      well: isZero(one.suspense),
      says: isZero(one.suspense) ? null : money(one.suspense, currency),
      to: '/finance/trial-balance',
      search: { from: one.starts, to: one.ends },
    },
    {
      key: 'waiting',
      text: t('finance.check-waiting'),
      well: one.waiting === 0,
      says: one.waiting === 0 ? null : counted('finance.items', one.waiting),
      to: '/work',
      search: { queue: 'approvals' },
    },
  ]
  const others = [
    ...(customers.data?.items ?? []).map((row) => ({ ...row, amount: row.amount as string | null })),
    ...(goods.data?.items ?? []).map((row) => ({ ...row, amount: null })),
  ].map((row): Check => {
    const [to, search] = list[row.check] ?? [listPath(row.document), {}]
    return {
      key: row.check,
      text: t(`finance.check-${row.check}` as Parameters<typeof t>[0]),
      well: row.count === 0,
      says:
        row.count === 0
          ? null
          : `${integer(row.count)}${row.amount && !isZero(row.amount) ? ` · ${money(row.amount, currency)}` : ''}`,
      oldest: row.oldest,
      to,
      search,
    }
  })
  return {
    checks: [...own, ...others],
    pending:
      (customers.isPending && may('receivables.balance.read')) || (goods.isPending && may('warehouse.shipment.read')),
    error: customers.error ?? goods.error,
  }
}

/** The list; each open point leads to what it is made of. */
export function Checks({ one }: { one: Period }) {
  const { checks, pending, error } = useChecks(one)
  if (error) return <ProblemNote error={error} />
  if (pending) return <Skeleton lines={6} />
  return (
    <ul className={styles.checks}>
      {checks.map((check) => (
        <li key={check.key} data-well={check.well}>
          <Icon name={check.well ? 'check' : 'warning'} />
          <span className={styles.grow}>
            {check.text}
            <span className="only-heard">: {t(check.well ? 'finance.well' : 'finance.open-point')}</span>
          </span>
          {check.oldest ? (
            <span className="quiet">
              {t('finance.since')} <Day value={check.oldest} />
            </span>
          ) : null}
          <span className={styles.says}>
            {!check.says ? (
              <span className="quiet">{t('finance.none')}</span>
            ) : check.to ? (
              <Link to={check.to} search={check.search ?? {}}>
                {check.says}
              </Link>
            ) : (
              check.says
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
