// Whose sites somebody may see: the rollout is the enterprise's, and a person sees of it the companies that he may read.
import { type Context, type Grant, SYSTEM } from '#kernel/context'
import { sql, type Tx, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'

type Call = { readonly kernel: Kernel; readonly context: Context }

/** The companies in which the caller holds `permission`, in the order of their ids. */
async function companiesOf({ kernel, context }: Call, permission: string): Promise<number[]> {
  const { permissions } = context.principal
  const held: readonly Grant[] = permissions.get(permission) ?? permissions.get('*') ?? []
  const named = new Set(held.flatMap((grant) => grant.companyId ?? []))
  const everywhere = context.principal === SYSTEM || held.some((grant) => grant.companyId === null)
  const rows = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.rows(sql<{ id: number }>`select c.id from company.ids() as c(id) order by c.id`),
  )
  return rows.map((row) => row.id).filter((id) => everywhere || named.has(id))
}

/** Reads in one snapshot of all companies in which the caller may see sites; `ids` are these companies. */
export async function overSites<R>(call: Call, work: (tx: Tx, ids: readonly number[]) => Promise<R>): Promise<R> {
  const ids = await companiesOf(call, 'rollout.site.read')
  return await transaction(call.kernel.pool, { companies: ids }, (tx) => work(tx, ids), { snapshot: true })
}
