// Some warehouses promise stock to an order only when it is sent to them to be picked (INV-03).
import type { Reserved } from '#inventory'
import type { Call } from '#kernel/command'
import type { Sql } from '#kernel/db'
import { promise } from './promise.ts'
import { reserveOrders } from './reserve.ts'

/**
 * Reserves what is free for the open lines of these orders, whose rows the caller has locked, and gives the lines the
 * promise that goes with it. Nobody's reservation is taken; what is not free stays open for the next release.
 */
export async function reserveAtRelease(
  call: Pick<Call<unknown>, 'tx' | 'companyId' | 'now' | 'today' | 'actor'>,
  orders: Sql<{ id: string }>,
): Promise<readonly Reserved[]> {
  const got = await reserveOrders(call, orders, 'release')
  if (got.length > 0) await promise(call, orders, 'reserved at release')
  return got
}
