// A customer's account as he sees it himself over the last months: each document, and what he owed after it.
import { useGet } from '../../client/questions.ts'
import { money } from '../../i18n/format.ts'
import { choiceWord, t, useLanguage } from '../../i18n/index.ts'
import { isNegative } from '../../parts/exact.ts'
import { ProblemNote, Skeleton } from '../../parts/page.tsx'
import { cell, growing, right, Table } from '../../parts/table.tsx'
import { Day } from '../../parts/values.tsx'
import styles from './apply.module.css'
import { shift, today } from './days.ts'

/** Days that are told at once. */
const SPAN = 120

/** The table, the latest first. */
export function Statement({ customer }: { customer: string }) {
  useLanguage()
  const { data, error } = useGet('/api/receivables/statement', { customer, from: shift(today(), -SPAN) })
  if (error) return <ProblemNote error={error} />
  if (!data) return <Skeleton lines={4} />
  const rows = [...data.items].reverse()
  return (
    <Table
      heads={[
        t('finance.date'),
        t('finance.document'),
        growing(t('finance.kind')),
        right(t('finance.amount')),
        right(t('finance.balance')),
      ]}
    >
      {rows.slice(0, 60).map((row) => (
        <tr key={`${row.id ?? 'opening'}-${row.kind}-${row.day}-${row.amount}-${row.balance}`}>
          <td>
            <Day value={row.day} />
          </td>
          <td className="code">{row.number}</td>
          <td className={cell.grow}>{choiceWord(row.kind.replaceAll(' ', '-'))}</td>
          <td className={cell.right}>
            <span className={`number ${isNegative(row.amount) ? styles.paid : ''}`}>
              {money(row.amount, row.currency)}
            </span>
          </td>
          <td className={cell.right}>
            <span className="number">{money(row.balance, row.currency)}</span>
          </td>
        </tr>
      ))}
    </Table>
  )
}
