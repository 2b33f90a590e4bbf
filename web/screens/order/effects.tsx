// What a change of an order would do, line by line: before and after.
import { day, money, quantity } from '../../i18n/format.ts'
import { t } from '../../i18n/index.ts'
import { Icon } from '../../parts/icon.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import styles from './order.module.css'
import type { Order } from './order-data.ts'

type LineState = {
  line: number
  item: string
  quantity: string
  unit: string
  price: string
  net: string
  promise: string | null
  reserved: string
  cancelled: string
}
type OrderState = { head: { total: string | null }; lines: readonly LineState[] }
type Result = { before: readonly OrderState[]; after: readonly OrderState[] }

// The verb answers the order before and after, which its own file describes.
export const resultOf = (value: unknown): Result | undefined =>
  typeof value === 'object' && value !== null && 'after' in value ? (value as Result) : undefined

/** One figure before and after; nothing when it stays. */
function Moved({ from, to }: { from: string; to: string }) {
  if (from === to) return <span className="quiet">{to}</span>
  return (
    <>
      <s>{from}</s> <Icon name="right" size={11} /> <b>{to}</b>
    </>
  )
}

/** The effects as a small table. */
export function Effects({ result, order, state }: { result: Result; order: Order; state: string }) {
  const before = new Map(result.before[0]?.lines.map((line) => [line.line, line]))
  const moved = (result.after[0]?.lines ?? []).filter(
    (line) => JSON.stringify(line) !== JSON.stringify(before.get(line.line)),
  )
  const when = (value: string | null | undefined) => (value ? day(value) : t('desk.no-date'))
  return (
    <>
      <p className={styles.becomes}>
        <StateBadge state={order.state} />
        {state === order.state ? null : (
          <>
            <Icon name="right" size={12} />
            <StateBadge state={state} />
          </>
        )}
        <span>
          {t('desk.total')}{' '}
          <Moved
            from={money(result.before[0]?.head.total ?? '0', order.currency)}
            to={money(result.after[0]?.head.total ?? '0', order.currency)}
          />
        </span>
      </p>
      <table className={styles.effects}>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">{t('desk.item')}</th>
            <th scope="col">{t('desk.quantity')}</th>
            <th scope="col">{t('order.reserved')}</th>
            <th scope="col">{t('desk.promise')}</th>
            <th scope="col">{t('desk.net')}</th>
          </tr>
        </thead>
        <tbody>
          {moved.map((line) => {
            const was = before.get(line.line)
            return (
              <tr key={line.line}>
                <td>{line.line}</td>
                <td className="code">{line.item}</td>
                <td>
                  <Moved
                    from={was ? quantity(was.quantity) : '–'}
                    to={
                      line.cancelled !== was?.cancelled && line.cancelled !== '0'
                        ? t('order.cancelled-part', { n: quantity(line.cancelled) })
                        : quantity(line.quantity)
                    }
                  />
                </td>
                <td>
                  <Moved from={was ? quantity(was.reserved) : '–'} to={quantity(line.reserved)} />
                </td>
                <td>
                  <Moved from={when(was?.promise)} to={when(line.promise)} />
                </td>
                <td>
                  <Moved from={was ? money(was.net) : '–'} to={money(line.net)} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}
