// A customer's account as he sees it himself over the last months: each document, and what he owed after it.
import { useGet } from '../../client/questions.ts'
import { money } from '../../i18n/format.ts'
import { choiceWord, t, useLanguage } from '../../i18n/index.ts'
import { isNegative } from '../../parts/exact.ts'
import { ProblemNote, Skeleton } from '../../parts/page.tsx'
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
    <div className={styles.table}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('finance.date')}</th>
            <th scope="col">{t('finance.document')}</th>
            <th scope="col" className={styles.grow}>
              {t('finance.kind')}
            </th>
            <th scope="col" className={styles.right}>
              {t('finance.amount')}
            </th>
            <th scope="col" className={styles.right}>
              {t('finance.balance')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, 60).map((row) => (
            <tr key={`${row.id ?? 'opening'}-${row.kind}-${row.day}-${row.amount}-${row.balance}`}>
              <td>
                <Day value={row.day} />
              </td>
              <td className="code">{row.number}</td>
              <td className={styles.grow}>{choiceWord(row.kind.replaceAll(' ', '-'))}</td>
              <td className={styles.right}>
                <span className={`number ${isNegative(row.amount) ? styles.paid : ''}`}>
                  {money(row.amount, row.currency)}
                </span>
              </td>
              <td className={styles.right}>
                <span className="number">{money(row.balance, row.currency)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
