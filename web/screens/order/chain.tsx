// The whole way of an order on one line: quoted, ordered, reserved, shipped, invoiced, paid, returned; each step leads to its documents.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { documentPath } from '../../client/descriptions.ts'
import { type HistoryLine, useHistory } from '../../client/questions.ts'
import { ago, money, quantity } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { compare, isZero, minus, share, sum } from '../../parts/exact.ts'
import { Icon } from '../../parts/icon.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import styles from './order.module.css'
import type { ChainLine, Family, Offspring, Order } from './order-data.ts'

const sumOf = (
  lines: readonly ChainLine[],
  field: 'ordered' | 'allocated' | 'shipped' | 'cancelled' | 'invoiced' | 'returned',
) => sum(lines.map((line) => line[field]))

const some = (amount: string): boolean => compare(amount, '0') > 0

type StepProps = {
  title: string
  /** How far it is, in percent; undefined when the step has no measure. */
  share?: number
  state: 'done' | 'now' | 'open' | 'none'
  figure?: ReactNode
  children?: ReactNode
}

function Step({ title, share: done, state, figure, children }: StepProps) {
  return (
    <li className={styles.step} data-state={state}>
      <div className={styles.track} aria-hidden="true">
        <i style={{ width: `${state === 'done' ? 100 : (done ?? 0)}%` }} />
      </div>
      <h3>
        <Icon
          name={state === 'done' ? 'check' : state === 'now' ? 'right' : state === 'none' ? 'close' : 'clock'}
          size={12}
        />
        {title}
      </h3>
      {figure ? <p>{figure}</p> : null}
      {children}
    </li>
  )
}

/** Documents that are named under a step; the rest is in the list. */
const NAMED = 4

function Documents({ all, beside }: { all: readonly Offspring[]; beside?: (one: Offspring) => ReactNode }) {
  return (
    <ul>
      {all.slice(0, NAMED).map((one) => (
        <li key={one.id}>
          <Link to={documentPath(one.document, one.id)} className="code">
            {one.number}
          </Link>
          <StateBadge state={one.state} />
          {beside?.(one)}
        </li>
      ))}
      {all.length > NAMED ? <li className="quiet">{t('verb.and-more', { n: all.length - NAMED })}</li> : null}
    </ul>
  )
}

const by = (line: HistoryLine | undefined): string | undefined =>
  line ? `${line.by.name ?? t('common.system')} · ${ago(line.at)}` : undefined

const measure = (done: string, whole: string): Pick<StepProps, 'share' | 'state' | 'figure'> => ({
  share: share(done, whole),
  state: isZero(whole) ? 'open' : compare(done, whole) >= 0 ? 'done' : some(done) ? 'now' : 'open',
  figure: isZero(whole) ? null : t('order.of', { n: quantity(done), of: quantity(whole) }),
})

/** Money taken of the invoices: what they come to less what is open. */
function paidOf(family: Family) {
  const invoices = family.invoices.filter((one) => one.kind === 'invoice')
  const total = sum(invoices.map((one) => one.total))
  return { total, paid: sum([total, ...invoices.map((one) => minus(one.open))]), invoices }
}

export function Chain({ order, lines, family }: { order: Order; lines: readonly ChainLine[]; family: Family }) {
  useLanguage()
  const { data: history = [] } = useHistory('sales.order', order.id)
  const last = (verb: string) => by(history.findLast((line) => line.verb === verb))
  const [ordered, cancelled] = [sumOf(lines, 'ordered'), sumOf(lines, 'cancelled')]
  const wanted = sum([ordered, minus(cancelled)])
  // Services are never reserved.
  const stocked = new Set(order.lines.flatMap((line) => (line.kind === 'stock' ? [line.id] : [])))
  const goods = lines.filter((line) => stocked.has(line.id))
  const shipped = sumOf(lines, 'shipped')
  const returned = sumOf(lines, 'returned')
  const { total, paid, invoices } = paidOf(family)
  const quoted = last('quote')
  const confirmed = last('confirm')
  const over = order.state === 'cancelled'
  const steps: readonly StepProps[] = [
    ...(quoted ? [{ title: t('order.quoted'), state: 'done' as const, figure: quoted }] : []),
    {
      title: t('order.ordered'),
      state: over ? 'none' : confirmed && order.state !== 'on_hold' ? 'done' : 'now',
      share: order.state === 'on_hold' ? 50 : 0,
      figure: confirmed ?? last('draft'),
    },
    {
      title: t('order.reserved'),
      ...(over
        ? { state: 'none' as const }
        : measure(
            sum([sumOf(goods, 'allocated'), sumOf(goods, 'shipped')]),
            sum([sumOf(goods, 'ordered'), minus(sumOf(goods, 'cancelled'))]),
          )),
    },
    {
      title: t('order.shipped'),
      ...(over && isZero(shipped) ? { state: 'none' as const } : measure(shipped, wanted)),
      children: <Documents all={family.shipments} />,
    },
    {
      title: t('order.invoiced'),
      ...(over && invoices.length === 0 ? { state: 'none' as const } : measure(sumOf(lines, 'invoiced'), wanted)),
      children: <Documents all={family.invoices} />,
    },
    {
      title: t('order.paid'),
      share: share(paid, total),
      state: some(total) && compare(paid, total) >= 0 ? 'done' : some(paid) ? 'now' : over ? 'none' : 'open',
      figure: some(total) ? t('order.of', { n: money(paid, order.currency), of: money(total, order.currency) }) : null,
    },
    ...(some(returned) || family.returns.length > 0
      ? [
          {
            title: t('order.returned'),
            state: 'now' as const,
            share: share(returned, shipped),
            figure: t('order.of', { n: quantity(returned), of: quantity(shipped) }),
            children: <Documents all={family.returns} />,
          },
        ]
      : []),
  ]
  return (
    <ol className={styles.chain} aria-label={t('order.chain')}>
      {steps.map((step) => (
        <Step key={step.title} {...step} />
      ))}
    </ol>
  )
}
