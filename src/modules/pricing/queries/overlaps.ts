// Conditions that get in each other's way although no rule forbids them: prices never asked, and breaks that turn around.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { NAMES } from './names.ts'

/**
 * Pairs of active conditions for the same customer or group, the same item or category and days that meet, today or later.
 * 'never asked': a price that another kind of higher rank always answers first. 'break turns around': a larger quantity
 * that costs more, or gets less discount, than a smaller one of the same kind.
 */
export const overlaps = query('pricing.overlaps', {
  may: 'pricing.condition.read',
  title: 'Which conditions contradict each other?',
  parameters: T.object({ kind: T.optional(T.code()) }),
  columns: {
    problem: f.text(),
    id: f.ref('pricing.condition'),
    number: f.code(),
    kind: f.text(),
    list: f.text({ optional: true }),
    subject: f.text({ optional: true }),
    object: f.text({ optional: true }),
    method: f.text(),
    amount: f.money({ optional: true }),
    min_quantity: f.quantity({ optional: true }),
    valid: f.text({ optional: true }),
    other_id: f.ref('pricing.condition', { optional: true }),
    other_number: f.code({ optional: true }),
    other_kind: f.text({ optional: true }),
    other_amount: f.quantity({ optional: true }),
    other_min_quantity: f.quantity({ optional: true }),
    other_valid: f.text({ optional: true }),
  },
  build: ({ kind }, { companyId, today }) => sql`
    with found as (
      select 'never asked' as problem, c.id, o.id as other_id from pricing.condition c
        join pricing.condition o on o.company_id = c.company_id and o.state = 'active' and o.object_id = c.object_id and o.subject_id = c.subject_id
         and o.currency = c.currency and o.rank < c.rank and o.min_quantity <= c.min_quantity and o.counts = c.counts and o.valid @> c.valid
       where c.company_id = ${companyId} and c.state = 'active' and c.method in ('price', 'cost-plus') and o.method in ('price', 'cost-plus')
         and c.valid && daterange(${today}::date, null)
      union all
      select 'break turns around', c.id, o.id from pricing.condition c
        join pricing.condition o on o.company_id = c.company_id and o.state = 'active' and o.object_id = c.object_id and o.subject_id = c.subject_id
         and o.currency = c.currency and o.kind = c.kind and o.step = c.step and o.counts = c.counts and o.method = c.method
         and o.list_id is not distinct from c.list_id and o.min_quantity < c.min_quantity and o.valid && c.valid
         and case when c.method like 'discount%' then c.amount < o.amount
                  else c.amount * c.per_den * o.per_num > o.amount * o.per_den * c.per_num end
       where c.company_id = ${companyId} and c.state = 'active' and c.valid && daterange(${today}::date, null)
    )
    select f.problem, c.id, c.number, c.kind, ${NAMES}, c.method, c.amount, c.min_quantity, c.valid::text as valid, o.id as other_id,
        o.number as other_number, o.kind as other_kind, o.amount as other_amount, o.min_quantity as other_min_quantity, o.valid::text as other_valid
      from found f
      join pricing.condition c on c.company_id = ${companyId} and c.id = f.id
      join pricing.condition o on o.company_id = ${companyId} and o.id = f.other_id
     where ${kind ?? null}::text is null or c.kind = ${kind ?? null}
     order by c.number, o.number limit 1000`,
})
