// What must be looked at before a period closes, as far as customers go: goods not invoiced, credits not issued, money not applied.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/**
 * One row a check, as of the end of a period, always all three: how many documents, what they come to (in the company's
 * currency; for goods not invoiced, net), and since when the oldest waits. Nothing left is a count of 0.
 */
export const beforeClose = query('receivables.before-close', {
  may: 'receivables.balance.read',
  title: 'What customers leave open at the end of a period',
  parameters: T.object({ until: T.date() }),
  columns: {
    check: f.text(),
    document: f.text(),
    count: f.integer(),
    amount: f.money(),
    oldest: f.date({ optional: true }),
  },
  build: ({ until }, { companyId }) => sql`
    select 'not-invoiced' as check, 'sales.order' as document, count(distinct o.id)::int as count,
           coalesce(round(sum(l.net * l.to_invoice / nullif(l.ordered, 0)), 2), 0) as amount, min(o.ordered_on) as oldest
      from sales.v_order_line l join sales.v_order o on o.company_id = l.company_id and o.id = l.order_id
     where l.company_id = ${companyId} and l.to_invoice > 0 and o.ordered_on <= ${until}::date
    union all
    select 'credit-drafts', 'receivables.credit-note', count(*)::int, coalesce(sum(i.base_total), 0), min(i.created_at)::date
      from receivables.invoice i where i.company_id = ${companyId} and i.kind = 'credit-note' and i.state = 'draft' and i.created_at::date <= ${until}::date
    union all
    select 'not-applied', 'receivables.payment', count(*)::int, coalesce(sum(p.base_unapplied), 0), min(p.received_on)
      from receivables.payment p where p.company_id = ${companyId} and p.state = 'posted' and p.unapplied > 0 and p.received_on <= ${until}::date`,
})
