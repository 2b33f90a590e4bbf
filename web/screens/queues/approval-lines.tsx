// What an approval is about, line by line: prices with the margin they leave, an entry that is not in the books yet, or what is credited.
import { useDescription } from '../../client/descriptions.ts'
import { type One, useGet } from '../../client/questions.ts'
import { price } from '../../i18n/format.ts'
import { choiceWord, t } from '../../i18n/index.ts'
import { cell, growing, right, Table } from '../../parts/table.tsx'
import { Money, Quantity, Ref } from '../../parts/values.tsx'
import { Moved, points } from './moved.tsx'
import styles from './queues.module.css'
import type { Approval } from './waiting.ts'

type Members = Readonly<Record<string, unknown>>
export const members = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
export const text = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null
const rowsOf = (value: unknown): readonly Members[] => (Array.isArray(value) ? value.map(members) : [])

/** Lines of an order whose price or margin needs a yes: what it was, what it would be, and what that leaves. */
export function PricedLines({ approval, one }: { approval: Approval; one: One | undefined }) {
  const lines = rowsOf(members(approval.detail).lines)
  const ofOrder = new Map((one?.lines ?? []).map((line) => [String(line.line), line]))
  const overrides = approval.kind === 'price-override'
  return (
    <Table
      className={styles.table}
      heads={[
        t('work.line'),
        growing(t('work.item')),
        right(t('stock.quantity')),
        right(t('work.price')),
        right(t('work.margin')),
      ]}
    >
      {lines.map((line) => {
        const known = ofOrder.get(String(line.line))
        const before = text(line.margin_before) ?? text(line.floor)
        return (
          <tr key={String(line.line)}>
            <td>{text(line.line)}</td>
            <td className={cell.grow}>
              {text(known?.description)}
              <small>
                {overrides
                  ? choiceWord(text(line.reason)?.toLowerCase() ?? '')
                  : `${t('work.floor')} ${points(text(line.floor) ?? '0')}`}
              </small>
            </td>
            <td className={cell.right}>
              <Quantity value={text(known?.quantity)} unit={text(known?.unit)} />
            </td>
            <td className={cell.right}>
              {text(line.resolved) ? <s className="quiet">{price(text(line.resolved) ?? '')}</s> : null}{' '}
              <b className="number">{price(text(line.price) ?? '')}</b>
            </td>
            <td className={cell.right}>
              <Moved before={before} after={text(line.margin_after) ?? text(line.margin)} />
            </td>
          </tr>
        )
      })}
    </Table>
  )
}

/** An entry by hand that waits: it is not in the books yet, so its lines are those of the request. */
export function JournalLines({ approval }: { approval: Approval }) {
  const readable = useDescription('ledger.account') !== undefined
  const accounts = useGet('/api/ledger/account', { limit: 200 }, { enabled: readable })
  const names = new Map((accounts.data?.items ?? []).map((one) => [one.code, one.name]))
  return (
    <Table
      className={styles.table}
      heads={[growing(t('finance.account')), right(t('finance.debit')), right(t('finance.credit'))]}
    >
      {rowsOf(members(approval.detail).lines).map((line) => (
        <tr key={JSON.stringify(line)}>
          <td className={cell.grow}>
            <span className="code">{text(line.account)}</span> {names.get(text(line.account) ?? '')}
          </td>
          <td className={cell.right}>
            <Money value={text(line.debit)} />
          </td>
          <td className={cell.right}>
            <Money value={text(line.credit)} />
          </td>
        </tr>
      ))}
    </Table>
  )
}

/** Lines of a credit note or a count, as far as they tell what is agreed to. */
export function OtherLines({ one }: { one: One }) {
  const lines = one.lines ?? []
  return (
    <Table className={styles.table}>
      {lines.slice(0, 50).map((line, at) => (
        <tr key={text(line.id) ?? `line-${at + 1}`}>
          <td className={cell.grow}>{text(line.description) ?? <Ref of="catalog.item" id={text(line.item)} />}</td>
          <td className={cell.right}>
            <Quantity value={text(line.quantity)} unit={text(line.unit)} />
          </td>
          <td className={cell.right}>
            <Money value={text(line.net) ?? text(line.value)} />
          </td>
        </tr>
      ))}
    </Table>
  )
}
