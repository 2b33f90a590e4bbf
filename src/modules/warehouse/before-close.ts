// What must be looked at before a period closes, as far as goods go: shipments picked and not gone, receipts and counts not posted.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** One row a check, as of the end of a period, always all of them. Goods in transit are told because their value stands between two places. */
export const beforeClose = query('warehouse.before-close', {
  may: 'warehouse.shipment.read',
  title: 'What the warehouse leaves open at the end of a period',
  parameters: T.object({ until: T.date() }),
  columns: { check: f.text(), document: f.text(), count: f.integer(), oldest: f.date({ optional: true }) },
  build: ({ until }, { companyId }) => sql`
    select 'not-gone' as check, 'warehouse.shipment' as document, count(*)::int as count, min(s.created_at)::date as oldest
      from warehouse.shipment s where s.company_id = ${companyId} and s.state in ('picked', 'packed') and s.created_at::date <= ${until}::date
    union all
    select 'receipts-draft', 'warehouse.receipt', count(*)::int, min(r.created_at)::date
      from warehouse.receipt r where r.company_id = ${companyId} and r.state = 'draft' and r.created_at::date <= ${until}::date
    union all
    select 'in-transit', 'inventory.transfer', count(*)::int, min(t.sent_on)
      from inventory.v_transfer t where t.company_id = ${companyId} and t.state = 'in-transit' and coalesce(t.sent_on, ${until}::date) <= ${until}::date`,
})
