// What waits for a role that nobody holds any more waits for the role that decides about it: nothing is left with somebody who is gone.
import { ADMINISTRATOR } from '#kernel/access'
import { record } from '#kernel/access/administer'
import { type Context, SYSTEM } from '#kernel/context'
import { type Sql, sql, type Tx } from '#kernel/db'
import { document } from '#kernel/document'

// The kernel's inbox has its own description beside its routes; here only the leaf of a move is written.
const approval = document('kernel.approval', {
  label: 'Approval',
  role: 'transaction',
  table: 'kernel.approval',
  numbered: 'kind',
  fields: {},
  states: ['pending'],
  list: { columns: [], search: [], sort: 'id' },
  verbs: { reassign: { from: null, to: 'pending' } },
})

/**
 * Roles that somebody can decide for today in the company: a living holder, or somebody who stands in for one, also for
 * one who has left, as long as that cover lasts.
 */
const manned = ({ companyId, today, now }: Context): Sql => sql`
  select g.role from access.role_grant g join access.account a on a.id = g.account_id
   where (g.company_id is null or g.company_id = ${companyId}) and (
     (a.disabled_at is null and (a.ends_on is null or a.ends_on >= ${today}::date)
       and (g.starts_on is null or g.starts_on <= ${today}::date) and (g.ends_on is null or g.ends_on >= ${today}::date))
     or exists (select from kernel.delegation d join access.account s on s.id = d.to_user
          where d.company_id = ${companyId} and d.from_user = a.id and ${today}::date between d.starts_on and d.ends_on
            and s.disabled_at is null and (s.ends_on is null or s.ends_on >= ${today}::date) and s.created_at <= ${now}))`

/** The next manned role above each role; a role without an owner is the administrator's, and nobody is above him. */
const successor = (context: Context): Sql => sql`
  with recursive manned as materialized (${manned(context)}),
  climb as (
    select r.code as role, coalesce(r.approver, ${ADMINISTRATOR}) as above, 1 as steps from access.role r
     where r.code not in (select role from manned)
    union
    select c.role, coalesce(r.approver, ${ADMINISTRATOR}), c.steps + 1 from climb c join access.role r on r.code = c.above
     where c.above not in (select role from manned) and c.steps < 5
  )
  select distinct on (c.role) c.role, c.above from climb c where c.above in (select role from manned) order by c.role, c.steps`

/** Moves pending approvals and undecided requests for access; each move has its leaf. Says how many were moved. */
export async function reassign(tx: Tx, context: Context): Promise<number> {
  const { companyId } = context
  const moved = await tx.rows(sql<{ id: string; was: string; role: string; document: string; document_id: string }>`
    update kernel.approval a set role = s.above, detail = a.detail || jsonb_build_object('reassignedFrom', a.role)
      from ${successor(context)} s where a.company_id = ${companyId} and a.state = 'pending' and a.role = s.role
    returning a.id, s.role as was, s.above as role, a.document, a.document_id`)
  const bySystem: Context = { ...context, principal: SYSTEM, reason: 'Nobody of the role is left' }
  for (const { id, ...changes } of moved) {
    await record(tx, bySystem, approval.verbs.reassign, { id, from: 'pending', to: 'pending', changes, kept: null })
  }
  const requests = await tx.run(sql`update rollout.access_request r set approver = s.above
    from ${successor(context)} s where r.company_id = ${companyId} and r.state in ('asked', 'needs-waiver') and r.approver = s.role`)
  return moved.length + requests
}
