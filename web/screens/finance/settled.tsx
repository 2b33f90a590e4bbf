// What settled what, the latest first, and taking one of them back with a reason and a preview.

import { useDescription } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import type { components } from '../../generated/api.ts'
import { type Each, perform, preview, type Request } from '../../generic/verb/use-verb.ts'
import { money } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { DocRef } from '../../parts/doc-ref.tsx'
import { isZero, sum } from '../../parts/exact.ts'
import { ProblemNote, Skeleton } from '../../parts/page.tsx'
import { cell, growing, right, Table } from '../../parts/table.tsx'
import { Day } from '../../parts/values.tsx'
import styles from './apply.module.css'

type Row = components['schemas']['receivables.applications.row']

/** Taking one application back; the others of the payment stay. */
function Back({ row }: { row: Row }) {
  const document = row.payment_id ? 'receivables.payment' : 'receivables.credit-note'
  const allowed = useDescription(document)?.verbs.some((verb) => verb.verb === 'unapply') === true
  const id = row.payment_id ?? row.credit_id
  if (!allowed || !id || row.undone_on) return null
  const request = (reason: string): Request => ({
    document,
    verb: 'unapply',
    subjects: [{ id, number: row.payment ?? row.credit ?? '', state: row.payment_id ? 'posted' : 'issued' }],
    input: { applications: [row.id] },
    reason,
  })
  return (
    <ActButton<readonly Each[]>
      small
      act={{
        text: t('finance.take-back'),
        of: row.id,
        reason: 'needed',
        look: (reason, signal) => preview(request(reason), signal),
        perform: (reason, key) => perform(request(reason), key),
        says: () => (
          <p>
            {t('finance.take-back-says', {
              amount: money(sum([row.amount, row.discount, row.write_off]), row.currency),
              invoice: row.invoice,
              money: money(row.amount, row.currency),
              number: row.payment ?? row.credit ?? '',
            })}
          </p>
        ),
      }}
    />
  )
}

/** The table. */
export function Settled({ customer }: { customer: string }) {
  useLanguage()
  const { data, error } = useGet('/api/receivables/applications', { customer, limit: 50 })
  if (error) return <ProblemNote error={error} />
  if (!data) return <Skeleton lines={4} />
  if (data.items.length === 0) return <p className="quiet">{t('finance.nothing-settled')}</p>
  return (
    <Table
      className={styles.table}
      heads={[t('finance.date'), t('finance.invoice'), growing(t('finance.by')), right(t('finance.amount')), '']}
    >
      {data.items.map((row) => (
        <tr key={row.id} data-undone={row.undone_on !== null}>
          <td>
            <Day value={row.applied_on} />
          </td>
          <td>
            <DocRef of="receivables.invoice" id={row.invoice_id} otherwise={row.invoice} />
          </td>
          <td className={cell.grow}>
            {row.payment_id ? (
              <DocRef of="receivables.payment" id={row.payment_id} otherwise={row.payment} />
            ) : (
              <DocRef of="receivables.credit-note" id={row.credit_id} otherwise={row.credit} />
            )}
            {isZero(row.discount) ? null : (
              <span className="quiet">
                {' '}
                + {t('finance.discount')} {money(row.discount, row.currency)}
              </span>
            )}
            {isZero(row.write_off) ? null : (
              <span className="quiet">
                {' '}
                + {t('finance.write-off')} {money(row.write_off, row.currency)}
              </span>
            )}
          </td>
          <td className={cell.right}>
            <span className="number">{money(row.amount, row.currency)}</span>
          </td>
          <td className={styles.do}>
            {row.undone_on ? (
              <span className="quiet">
                {t('finance.taken-back')} <Day value={row.undone_on} />
              </span>
            ) : (
              <Back row={row} />
            )}
          </td>
        </tr>
      ))}
    </Table>
  )
}
