// Who administers access everywhere, and the promise that somebody always can.
import type { Context } from '#kernel/context'
import { type Sql, sql, type Tx } from '#kernel/db'
import { ADMINISTRATOR } from './documents.ts'
import { alive } from './principal.ts'
import { refuse } from './refusals.ts'

const administrators: Sql = sql`from access.account a join access.role_grant g on g.account_id = a.id
  where a.kind = 'person' and g.role = ${ADMINISTRATOR} and g.company_id is null`

/** Whether somebody administers every company and can sign in now. */
export async function hasAdministrator(tx: Tx, now: Date): Promise<boolean> {
  const row = await tx.first(
    sql<{ there: boolean }>`select exists (select ${administrators} and ${alive(now)}) as there`,
  )
  return row?.there === true
}

/** One at a time, or two administrators could disable each other, or two set-ups succeed, at the same moment. */
export const oneAtATime = (tx: Tx): Promise<number> =>
  tx.run(sql`select from access.role where code = ${ADMINISTRATOR} for update`)

/** Refuses LAST_ADMINISTRATOR when the change just made leaves nobody; an installation that never had one is not held up. */
export async function keepAnAdministrator(tx: Tx, context: Context, before: boolean): Promise<void> {
  if (before && !(await hasAdministrator(tx, context.now))) refuse('LAST_ADMINISTRATOR')
}
