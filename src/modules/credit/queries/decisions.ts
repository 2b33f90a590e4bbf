// Every credit decision with its figures, rule and person, the latest first (CRD-08).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** Narrowed by customer, order and outcome; at most 500. */
export const decisions = query('credit.decisions', {
  may: 'credit.account.read',
  title: 'What was decided about credit, by whom, on which figures?',
  parameters: T.object({
    customer: T.optional(T.ref('party.customer')),
    order: T.optional(T.idOf('sales.order')),
    outcome: T.optional(T.choice(['hold', 'released', 'refused'] as const)),
  }),
  columns: {
    id: f.text(),
    at: f.instant(),
    customer: f.code(),
    order_id: f.ref('sales.order', { optional: true }),
    checkpoint: f.text(),
    outcome: f.text(),
    reason: f.text({ optional: true }),
    rule: f.text({ optional: true }),
    exposure: f.json({ optional: true }),
    up_to: f.money({ optional: true }),
    expires_at: f.instant({ optional: true }),
    actor_id: f.ref('access.account', { optional: true }),
  },
  build: ({ customer, order, outcome }, { companyId }) => sql`
    select d.id, d.at, v.code as customer, d.order_id, d.checkpoint, d.outcome, d.reason, d.rule, d.exposure, d.up_to, d.expires_at, d.actor_id
      from credit.decision d left join party.v_customer v on v.company_id = d.company_id and v.id = d.customer_id
     where d.company_id = ${companyId}
       and (${customer ?? null}::text is null or d.customer_id::text = ${customer ?? null} or upper(v.code) = upper(${customer ?? null}))
       and (${order ?? null}::uuid is null or d.order_id = ${order ?? null})
       and (${outcome ?? null}::text is null or d.outcome = ${outcome ?? null})
     order by d.at desc, d.id desc limit 500`,
})
