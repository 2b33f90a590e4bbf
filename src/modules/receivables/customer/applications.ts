// What settled what: each application of money or credit to an invoice, and those that were taken back.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** Of a customer, a payment or an invoice, the latest first; amounts in the invoice's currency. `undone_on`: no longer counts. */
export const applications = query('receivables.applications', {
  may: 'receivables.balance.read',
  title: 'What settled what',
  parameters: T.object({
    customer: T.optional(T.idOf('party.customer')),
    payment: T.optional(T.idOf('receivables.payment')),
    invoice: T.optional(T.idOf('receivables.invoice')),
    limit: T.optional(T.integer(1, 1000)),
  }),
  columns: {
    id: f.text(),
    applied_on: f.date(),
    applied_at: f.instant(),
    applied_by: f.ref('access.account', { optional: true }),
    invoice_id: f.ref('receivables.invoice'),
    invoice: f.code(),
    due_on: f.date({ optional: true }),
    payment_id: f.ref('receivables.payment', { optional: true }),
    payment: f.text({ optional: true }),
    credit_id: f.ref('receivables.credit-note', { optional: true }),
    credit: f.text({ optional: true }),
    currency: f.code(),
    amount: f.money(),
    discount: f.money(),
    write_off: f.money(),
    exchange_difference: f.money(),
    undone_on: f.date({ optional: true }),
  },
  build: ({ customer, payment, invoice, limit }, { companyId }) => sql`
    select a.id, a.applied_on, a.applied_at, a.applied_by, a.invoice_id, i.number as invoice, i.due_on, a.payment_id, p.number as payment, a.credit_id, n.number as credit,
           i.currency, a.amount, a.discount, a.write_off, a.exchange_difference, a.unapplied_on as undone_on
      from receivables.application a join receivables.invoice i on i.company_id = a.company_id and i.id = a.invoice_id
      left join receivables.payment p on p.company_id = a.company_id and p.id = a.payment_id
      left join receivables.invoice n on n.company_id = a.company_id and n.id = a.credit_id
     where a.company_id = ${companyId} and (${customer ?? null}::uuid is null or i.customer_id = ${customer ?? null}::uuid)
       and (${payment ?? null}::uuid is null or a.payment_id = ${payment ?? null}::uuid) and (${invoice ?? null}::uuid is null or a.invoice_id = ${invoice ?? null}::uuid)
     order by a.applied_at desc, a.id limit ${limit ?? 200}`,
})
