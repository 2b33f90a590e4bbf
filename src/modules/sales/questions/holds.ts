// Which orders stand still, why, whose turn it is, and since when: the queue of each role (ORD-04, CRD-04).

import { relation, sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { HOLD_RULES } from '../order/holds.ts'

export const holds = query('sales.holds', {
  may: 'sales.order.read',
  title: 'Orders on hold, by role',
  parameters: T.object({
    role: T.optional(T.code()),
    kind: T.optional(T.choice(['credit', 'price', 'margin', 'address', 'compliance', 'duplicate', 'manual'])),
    overdue: T.optional(T.boolean()),
    limit: T.optional(T.integer(1, 5000)),
  }),
  see: { margin: 'sales.order.see-margin' },
  columns: {
    id: f.text(),
    order_id: f.ref('sales.order'),
    number: f.code(),
    customer: f.code(),
    customer_name: f.text(),
    channel: f.text(),
    total: f.money(),
    currency: f.code(),
    kind: f.text(),
    role: f.text(),
    reason: f.text(),
    exposure: f.json({ optional: true }),
    margin: f.json({ optional: true }),
    suggestion: f.text({ optional: true }),
    raised_at: f.instant(),
    raised_by: f.ref('access.account', { optional: true }),
    due_at: f.instant({ optional: true }),
    overdue: f.boolean({ optional: true }),
    escalated_to: f.text({ optional: true }),
    age_hours: f.integer(),
    approver: f.text({ optional: true }),
  },
  build: (p, { companyId, now }) => sql`
    select h.id, h.order_id, o.number, c.code as customer, c.name as customer_name, o.channel, o.total::text, o.currency, h.kind, h.owner_role as role, h.reason,
           case when h.kind = 'credit' then h.detail end as exposure, case when h.kind in ('price', 'margin') then h.detail -> 'lines' end as margin,
           h.detail ->> 'suggestion' as suggestion, h.raised_at, h.raised_by, h.due_at, h.due_at < ${now} as overdue,
           case when h.due_at < ${now} then e.escalate_to end as escalated_to,
           floor(extract(epoch from ${now}::timestamptz - h.raised_at) / 3600)::int as age_hours,
           (select a.role from sales.v_pending_approval a where a.company_id = h.company_id and a.document_id = h.order_id and a.state = 'pending'
              and a.fingerprint = h.fingerprint order by a.sequence limit 1) as approver
      from sales.hold h join sales.orders o on o.company_id = h.company_id and o.id = h.order_id
      join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
      left join ${relation(
        { kind: 'text', escalate_to: 'text' },
        Object.entries(HOLD_RULES).map(([kind, rule]) => ({ kind, escalate_to: rule.escalateTo })),
      )} e on e.kind = h.kind
     where h.company_id = ${companyId} and h.released_at is null and h.voided_at is null
       and (${p.role ?? null}::text is null or h.owner_role = ${p.role ?? null}) and (${p.kind ?? null}::text is null or h.kind = ${p.kind ?? null})
       and (not ${p.overdue ?? false}::boolean or h.due_at < ${now})
     order by h.due_at nulls last, h.raised_at, o.number limit ${p.limit ?? 500}`,
})
