// Who administers access everywhere, and the promise that somebody always can.
import type { Context } from '#kernel/context'
import { type Sql, sql, type Tx } from '#kernel/db'
import { ADMINISTRATOR } from './documents.ts'
import { alive } from './principal.ts'
import { refuse } from './refusals.ts'

/** Administrators of every company who can sign in now, and whose grant holds; `after` a day, those who stay beyond it. */
function administrators(now: Date, after: string | null): Sql {
  const day = now.toISOString().slice(0, 10)
  return sql`from access.account a join access.role_grant g on g.account_id = a.id
    where a.kind = 'person' and g.role = ${ADMINISTRATOR} and g.company_id is null and ${alive(now)}
      and (g.starts_on is null or g.starts_on <= ${day}::date) and (g.ends_on is null or g.ends_on >= ${day}::date)
      and (${after}::date is null or ((a.ends_on is null or a.ends_on > ${after}::date) and (g.ends_on is null or g.ends_on > ${after}::date)))`
}

/** Whether somebody administers every company and can sign in now; with `after`, whether somebody still will beyond that day. */
export async function hasAdministrator(tx: Tx, now: Date, after: string | null = null): Promise<boolean> {
  const row = await tx.first(sql<{ there: boolean }>`select exists (select ${administrators(now, after)}) as there`)
  return row?.there === true
}

/** One at a time, or two administrators could disable each other, or two set-ups succeed, at the same moment. */
export const oneAtATime = (tx: Tx): Promise<number> =>
  tx.run(sql`select from access.role where code = ${ADMINISTRATOR} for update`)

/** Refuses LAST_ADMINISTRATOR when nobody would administer after a day on which somebody is to leave. */
export async function keepAnAdministratorAfter(tx: Tx, context: Context, before: boolean, day: string): Promise<void> {
  if (before && !(await hasAdministrator(tx, context.now, day))) refuse('LAST_ADMINISTRATOR')
}

/** Refuses LAST_ADMINISTRATOR when the change just made leaves nobody; an installation that never had one is not held up. */
export async function keepAnAdministrator(tx: Tx, context: Context, before: boolean): Promise<void> {
  if (before && !(await hasAdministrator(tx, context.now))) refuse('LAST_ADMINISTRATOR')
}
