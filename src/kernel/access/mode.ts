// Whether access is given by administrators directly, or by requests that the owner of a role agrees to (SEC-12).
import type { Context } from '#kernel/context'
import { type Sql, sql, type Tx, transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { Kernel } from '#kernel/kernel'
import { administer } from './administer.ts'
import { mode } from './documents.ts'
import { refuse } from './refusals.ts'
import type { Access } from './runtime.ts'

/** Refuses BY_REQUEST_ONLY when the company, or with null any company, goes by requests. */
export async function refuseByRequest(tx: Tx, companyId: number | null): Promise<void> {
  const row = await tx.first(sql<{ by_request: boolean }>`select access.by_request(${companyId}) as by_request`)
  if (row?.by_request) refuse('BY_REQUEST_ONLY')
}

/** The same for whoever is about to create an account only to give it a role: refused before anything is there. */
export const requireDirect = (kernel: Kernel, companyId: number | null): Promise<void> =>
  transaction(kernel.pool, { companies: [] }, (tx) => refuseByRequest(tx, companyId))

/** How the context's company gives access. `since` is null while nobody has decided: then it is given directly. */
export async function readMode(kernel: Kernel, context: Context): Promise<readonly object[]> {
  const statement: Sql<object> = sql`select m.by_request as "byRequest", m.changed_at as since, a.name as by
    from access.mode m left join access.account a on a.id = m.changed_by where m.company_id = ${context.companyId}`
  const rows = await transaction(kernel.pool, { companies: [context.companyId] }, (tx) => tx.rows(statement), {
    snapshot: true,
  })
  return rows.length > 0 ? rows : [{ byRequest: false, since: null, by: null }]
}

/**
 * Switches a company between the two ways. Who gives access does not hold this right, or he could switch it off, give,
 * and switch it on again.
 */
export function switchMode(access: Access, context: Context, byRequest: boolean) {
  return administer(access, context, mode.verbs.switch, { byRequest }, async (tx) => {
    const before = await tx.first(
      sql<{
        by_request: boolean
      }>`select by_request from access.mode where company_id = ${context.companyId} for update`,
    )
    const row = await tx.first(sql<{
      id: string
    }>`insert into access.mode (company_id, id, by_request, changed_by, changed_at)
      values (${context.companyId}, ${newId()}, ${byRequest}, ${context.principal.id}, ${context.now})
      on conflict (company_id) do update set by_request = excluded.by_request, changed_by = excluded.changed_by,
        changed_at = excluded.changed_at returning id`)
    if (!row) throw new Error('the way of giving access was neither kept nor changed')
    const answer = { byRequest }
    return {
      id: row.id,
      from: before?.by_request ? 'by-request' : 'direct',
      to: byRequest ? 'by-request' : 'direct',
      changes: { byRequest },
      answer,
      kept: answer,
    }
  })
}
