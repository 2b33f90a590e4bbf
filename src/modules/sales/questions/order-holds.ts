// The holds of one order, open ones first: why, whose turn it is, until when, and which verb lets it go (ORD-04).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** `resolved_by` is the verb of the order that releases this kind; `state` is open, released or voided. */
export const orderHolds = query('sales.order-holds', {
  may: 'sales.order.read',
  title: 'What holds or held an order',
  see: { margin: 'sales.order.see-margin' },
  parameters: T.object({ order: T.idOf('sales.order') }),
  columns: {
    id: f.text(),
    kind: f.text(),
    state: f.text(),
    role: f.text(),
    reason: f.text(),
    resolved_by: f.text(),
    detail: f.json({ optional: true }),
    margin: f.json({ optional: true }),
    suggestion: f.text({ optional: true }),
    raised_at: f.instant(),
    raised_by: f.ref('access.account', { optional: true }),
    due_at: f.instant({ optional: true }),
    released_at: f.instant({ optional: true }),
    release_reason: f.text({ optional: true }),
    approver: f.text({ optional: true }),
  },
  build: ({ order }, { companyId }) => sql`
    select h.id, h.kind, case when h.voided_at is not null then 'voided' when h.released_at is not null then 'released' else 'open' end as state,
           h.owner_role as role, h.reason, case h.kind when 'credit' then 'release-credit' when 'price' then 'release-price' when 'margin' then 'release-price' else 'release-hold' end as resolved_by,
           case when h.kind not in ('price', 'margin') then h.detail end as detail, case when h.kind in ('price', 'margin') then h.detail -> 'lines' end as margin,
           h.detail ->> 'suggestion' as suggestion, h.raised_at, h.raised_by, h.due_at, h.released_at, h.release_reason,
           (select a.role from sales.v_pending_approval a where a.company_id = h.company_id and a.document_id = h.order_id and a.state = 'pending'
              and a.fingerprint = h.fingerprint order by a.sequence limit 1) as approver
      from sales.hold h where h.company_id = ${companyId} and h.order_id = ${order}
     order by h.released_at is not null or h.voided_at is not null, h.raised_at desc, h.kind`,
})
