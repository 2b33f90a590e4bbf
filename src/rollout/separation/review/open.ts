// Opening a review: the grants of the company as they are today, each with when its role was last made use of.

import { requireKnown } from '#kernel/access/grants'
import { type Call, creation } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { everywhere } from '../people.ts'
import { refuse } from '../refusals.ts'
import { review } from './review.ts'

const MOST = 20
const LONGEST = 90
/** How far back use is looked for; what is older counts as unused. Days. */
const LOOK_BACK = 400

/**
 * Without `role` and `warehouse` every grant of the company is looked at. `everywhere` takes those that hold in every
 * company as well, for somebody who opens reviews in every one.
 */
export const OpenInput = T.object({
  id: T.optional(T.id()),
  role: T.optional(T.code()),
  warehouse: T.optional(T.idOf('company.warehouse')),
  everywhere: T.optional(T.boolean()),
  endsOn: T.date(),
})

export const open = creation(review.verbs.open, OpenInput, async (call) => {
  const { tx, context, companyId, ids, numbers, input, actor, now, today } = call
  if (input.length > MOST) refuseKernel('TOO_MANY', { most: MOST, given: input.length })
  for (const [at, one] of input.entries()) {
    const wide = one.everywhere === true
    if (wide && !everywhere(context, review.verbs.open.may)) refuse('ACCESS_TOO_WIDE')
    if (one.role || one.warehouse) {
      const role = one.role ?? 'administrator'
      await requireKnown(tx, { role, warehouse: one.warehouse, companyId, within: companyId })
    }
    const fit = await tx.first(
      sql<{
        fit: boolean
      }>`select ${one.endsOn}::date between ${today}::date and ${today}::date + ${LONGEST}::int as fit`,
    )
    if (!fit?.fit) refuse('ACCESS_DAYS', { from: today, until: one.endsOn, most: LONGEST })
    await tx.run(sql`insert into rollout.access_review (company_id, id, number, role, warehouse_id, everywhere, ends_on, opened_by, state, created_at, updated_at)
      values (${companyId}, ${ids[at]}, ${numbers[at]}, ${one.role ?? null}, ${one.warehouse ?? null}, ${wide}, ${one.endsOn}, ${actor}, 'open', ${now}, ${now})`)
    const lines = await layLines(call, {
      id: ids[at] ?? '',
      role: one.role ?? null,
      warehouse: one.warehouse ?? null,
      wide,
    })
    if (lines === 0) refuse('REVIEW_EMPTY')
  }
})

type Scope = { id: string; role: string | null; warehouse: string | null; wide: boolean }

const grantsIn = (companyId: number, today: string, { role, warehouse, wide }: Scope): Sql => sql`
  select g.* from access.role_grant g join access.account a on a.id = g.account_id
   where a.kind <> 'system' and (g.company_id = ${companyId} or (${wide}::boolean and g.company_id is null))
     and (${role}::text is null or g.role = ${role}) and (${warehouse}::uuid is null or g.warehouse_id = ${warehouse}::uuid)
     and (g.ends_on is null or g.ends_on >= ${today}::date)`

/** The role counts as used when its holder did anything that it allows, whichever of his roles allowed it then. */
async function layLines({ tx, companyId, now, today }: Call<unknown>, scope: Scope): Promise<number> {
  const rows = await tx.rows(sql<{ id: string }>`select id from ${grantsIn(companyId, today, scope)} g order by id`)
  return await tx.run(sql`
    with reviewed as materialized (${grantsIn(companyId, today, scope)}),
    used as materialized (
      select u.actor_id, u.document || '.' || u.verb as permission, max(u.at) as at from kernel.audit u
       where u.company_id = ${companyId} and u.at >= ${now}::timestamptz - ${LOOK_BACK}::int * interval '1 day'
         and u.actor_id in (select account_id from reviewed) group by 1, 2
    )
    insert into rollout.access_review_line (company_id, id, review_id, grant_id, account_id, role, everywhere, warehouse_id, up_to, ends_on, reason, last_used_at)
    select ${companyId}, n.id, ${scope.id}, g.id, g.account_id, g.role, g.company_id is null, g.warehouse_id, g.up_to, g.ends_on, g.reason,
        (select max(u.at) from used u join access.role_permission p on p.permission = u.permission and p.role = g.role where u.actor_id = g.account_id)
      from reviewed g join unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map(() => newId())}::uuid[]) as n (grant_id, id) on n.grant_id = g.id`)
}
