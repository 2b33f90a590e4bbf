// Holding stops an order by hand: it allocates and ships nothing until somebody lets it go (ORD-04).
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { letGoStock, takeOut } from './commit.ts'
import { placeHolds } from './holds.ts'
import { order } from './order.ts'
import { exposures, snapshot } from './snapshot.ts'

/** A confirmed order gives back its stock and its credit; where it came from is kept, so that a held draft is a draft again. */
export const hold = command(order.verbs.hold, T.object({}), async (call) => {
  const confirmed = call.rows.filter((row) => row.state === 'confirmed').map((row) => row.id)
  const customers = await call.tx.rows(sql<{
    id: string
    customer_id: string
  }>`select o.id, o.customer_id from ${call.set} s
    join sales.orders o on o.company_id = ${call.companyId} and o.id = s.id`)
  const customerOf = new Map(customers.map((one) => [one.id, one.customer_id]))
  if (confirmed.length > 0) {
    const before = await snapshot(call, sql`select unnest(${confirmed}::uuid[]) as id`)
    await takeOut(call, exposures(before))
    await letGoStock(call, confirmed, 'held')
  }
  await placeHolds(
    call,
    call.rows.map((row) => ({
      order_id: row.id,
      customer_id: customerOf.get(row.id) ?? '',
      kind: 'manual',
      owner_role: 'sales-manager',
      reason: call.reason ?? '',
      detail: { from: row.state },
      fingerprint: '',
      measure: null,
      enterer: null,
    })),
  )
})
