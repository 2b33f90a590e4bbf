// Who holds which stock of an item and why, with what would free it, and taking it back for whoever may.

import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import type { components } from '../../generated/api.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { cell, growing, right, Table } from '../../parts/table.tsx'
import { Day, Instant, Quantity, Ref } from '../../parts/values.tsx'

type HeldByProps = { item: string; code: string; unit: string; warehouse?: string | undefined }

type Row = components['schemas']['warehouse.promised.row']

/** The smallest thing that would free it. */
const freedBy = (row: Row): string =>
  row.shipment
    ? t('stock.freed-by-shipment', { shipment: row.shipment, order: row.order_number })
    : t('stock.freed-by-line', { line: row.line, order: row.order_number })

/** The table; `warehouse` narrows it. */
export function HeldBy({ item, code, unit, warehouse }: HeldByProps) {
  useLanguage()
  const { data, error } = useGet('/api/warehouse/promised', { item, ...(warehouse ? { warehouse } : {}) })
  const rows = data?.items ?? []
  const taking = may('sales.order.unallocate')
  return (
    <Section
      title={t('stock.who-holds')}
      beside={data ? <span className="quiet">{counted('work.lines', rows.length)}</span> : null}
    >
      {error ? (
        <ProblemNote error={error} />
      ) : !data ? (
        <Skeleton lines={3} />
      ) : rows.length === 0 ? (
        <p className="quiet">{t('stock.nobody-holds')}</p>
      ) : (
        <Table
          heads={[
            t('work.order'),
            growing(t('work.customer')),
            t('stock.place'),
            right(t('stock.quantity')),
            t('work.promise'),
            taking ? '' : null,
          ]}
        >
          {rows.map((row) => (
            <tr key={`${row.order_id}-${row.line}-${row.location}-${row.lot ?? ''}`}>
              <td>
                <Ref of="sales.order" id={row.order_id} as="number" />
              </td>
              <td className={cell.grow}>
                {row.customer_name}
                <small>
                  {t('stock.since')} <Instant value={row.since} /> · {freedBy(row)}
                </small>
              </td>
              <td>
                <span className="code">
                  {row.warehouse} {row.location}
                </span>
                {row.lot ? <span className="quiet"> {row.lot}</span> : null}
              </td>
              <td className={cell.right}>
                <Quantity value={row.quantity} unit={unit} />
              </td>
              <td>
                <Day value={row.promise} />
              </td>
              {taking ? (
                <td>
                  {row.shipment ? null : (
                    <VerbButton
                      document="sales.order"
                      verb="unallocate"
                      subjects={[{ id: row.order_id, number: row.order_number, state: 'confirmed' }]}
                      values={{ item: code, quantity: row.quantity }}
                      tone="quiet"
                    />
                  )}
                </td>
              ) : null}
            </tr>
          ))}
        </Table>
      )}
    </Section>
  )
}
