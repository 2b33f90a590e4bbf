// Who administers access everywhere, and the promise that somebody always can.
import type { Context } from '#kernel/context'
import { type Sql, sql, type Tx } from '#kernel/db'
import { ADMINISTRATOR } from './documents.ts'
import { alive } from './principal.ts'
import { refuse } from './refusals.ts'

/** Administrators of every company who can sign in now, and whose grant holds; `lasting`, only those who stay without an end. */
function administrators(now: Date, lasting: boolean): Sql {
  const day = now.toISOString().slice(0, 10)
  return sql`from access.account a join access.role_grant g on g.account_id = a.id
    where a.kind = 'person' and g.role = ${ADMINISTRATOR} and g.company_id is null and ${alive(now)}
      and (g.starts_on is null or g.starts_on <= ${day}::date) and (g.ends_on is null or g.ends_on >= ${day}::date)
      and (not ${lasting}::boolean or (a.ends_on is null and g.ends_on is null))`
}

/** Whether somebody administers every company and can sign in now; `lasting`, whether one of them stays without an end. */
export async function hasAdministrator(tx: Tx, now: Date, lasting = false): Promise<boolean> {
  const row = await tx.first(sql<{ there: boolean }>`select exists (select ${administrators(now, lasting)}) as there`)
  return row?.there === true
}

/** One at a time, or two administrators could disable each other, or two set-ups succeed, at the same moment. */
export const oneAtATime = (tx: Tx): Promise<number> =>
  tx.run(sql`select from access.role where code = ${ADMINISTRATOR} for update`)

/** Refuses LAST_ADMINISTRATOR when everybody who administers would have a last day, so that one morning nobody could. */
export async function keepALastingAdministrator(tx: Tx, context: Context, before: boolean): Promise<void> {
  if (before && !(await hasAdministrator(tx, context.now, true))) refuse('LAST_ADMINISTRATOR')
}

/** Refuses LAST_ADMINISTRATOR when the change just made leaves nobody; an installation that never had one is not held up. */
export async function keepAnAdministrator(tx: Tx, context: Context, before: boolean): Promise<void> {
  if (before && !(await hasAdministrator(tx, context.now))) refuse('LAST_ADMINISTRATOR')
}
