// Leavers: at midnight after the last day nothing of somebody holds any more, and what waited for him waits for somebody else.
import { type Context, SYSTEM } from '#kernel/context'
import { type Sql, sql, type Tx } from '#kernel/db'
import type { ModuleJob } from '#kernel/jobs'
import { leaves } from './account-leaf.ts'
import { reassign } from './reassign.ts'
import { withdraw } from './request/withdraw.ts'

type Leaver = { id: string; day: string; state: string; gone: boolean }

/**
 * At midnight of each company: grants there end with the last day; grants for every company and sessions end with the
 * midnight of the last company. The rights themselves are zero from midnight on, whether or not this has run.
 */
export const endLeavers: ModuleJob = {
  at: '00:00',
  run: async ({ tx, kernel, context }) => {
    for (const leaver of await tx.rows(leavers(context))) {
      const grants = await endGrants(tx, context, leaver)
      const covers = await endCovers(tx, context, leaver)
      const sessions = leaver.gone ? await tx.run(sql`delete from access.session where account_id = ${leaver.id}`) : 0
      const changes = { lastDay: leaver.day, grants, covers, sessions }
      await leaves(tx, context, 'leave', 'The last day is over', [{ account: leaver.id, state: leaver.state, changes }])
    }
    await reassign(tx, context)
    const asked = await tx.rows(sql<{
      id: string
    }>`select r.id from rollout.access_request r join access.account a on a.id = r.account_id
      where r.company_id = ${context.companyId} and r.state in ('asked', 'needs-waiver') and a.ends_on < ${context.today}::date order by r.id`)
    if (asked.length === 0) return
    const { key: _, ...rest } = context
    const ids = asked.map((one) => one.id)
    await withdraw.run(kernel, { ...rest, principal: SYSTEM, reason: 'The last day is over' }, { ids, input: {} })
  },
}

/** Whose last day is over here, and of whom something still says otherwise: a grant, a session, or that he stands in for somebody. */
const leavers = ({ companyId, today, now }: Context): Sql<Leaver> => sql<Leaver>`
  with midnight as (select min((${now}::timestamptz at time zone d.time_zone)::date) as last from access.directory() d)
  select a.id, a.ends_on as day, case when a.disabled_at is null then 'active' else 'disabled' end as state, a.ends_on < m.last as gone
    from access.account a cross join midnight m
   where a.ends_on < ${today}::date and (
         exists (select from access.role_grant r where r.account_id = a.id and (r.ends_on is null or r.ends_on > a.ends_on)
           and (r.company_id = ${companyId} or (r.company_id is null and a.ends_on < m.last)))
      or exists (select from kernel.delegation d where d.company_id = ${companyId} and d.to_user = a.id and d.ends_on > a.ends_on)
      or (a.ends_on < m.last and exists (select from access.session s where s.account_id = a.id)))
   order by a.id`

async function endGrants(tx: Tx, { companyId }: Context, { id, day, gone }: Leaver): Promise<readonly string[]> {
  const ended = await tx.rows(sql<{ id: string }>`update access.role_grant set ends_on = ${day}::date
    where account_id = ${id} and (ends_on is null or ends_on > ${day}::date)
      and (company_id = ${companyId} or (company_id is null and ${gone}::boolean)) returning id`)
  return ended.map((one) => one.id).sort()
}

/** He stands in for nobody any more; a cover that had not begun is taken away. Whoever covers him goes on until that cover ends. */
async function endCovers(tx: Tx, { companyId }: Context, { id, day }: Leaver): Promise<number> {
  const never = await tx.run(
    sql`delete from kernel.delegation where company_id = ${companyId} and to_user = ${id} and starts_on > ${day}::date`,
  )
  const ended = await tx.run(sql`update kernel.delegation set ends_on = ${day}::date
    where company_id = ${companyId} and to_user = ${id} and ends_on > ${day}::date`)
  return never + ended
}
