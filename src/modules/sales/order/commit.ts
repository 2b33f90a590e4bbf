// Committing: credit is spent before stock is promised; what must be held is held with its reasons; never half of it.
import { changeExposure, lockAccounts } from '#credit'
import { unreserve } from '#inventory'
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { type Finding, findings } from './assess.ts'
import { placeHolds, voidGone } from './holds.ts'
import { promise } from './promise.ts'
import { reserveOrders } from './reserve.ts'

export type Committing = Pick<Call<unknown>, 'tx' | 'companyId' | 'now' | 'today' | 'actor' | 'context' | 'kernel'>

export type CommitOptions = {
  /** Why promises are what they are now: 'confirmed', 'changed', ... */
  reason: string
  /** The minimum remaining lives that customers of these orders ask for, when the caller has looked. */
  lives?: readonly number[]
  /** For orders that were committed before: what their open quantities were worth then; it is taken out first. */
  before?: Sql<{ customer_id: string; open_orders: string }>
  /** Which findings count; all of them when absent. */
  counts?: (finding: Finding) => boolean
  /** Held before: holds that no longer apply are voided. */
  resumed?: boolean
}

/**
 * Holds what must be held and confirms the rest. A customer whom we must refuse never holds goods that another could
 * have. Returns the state of each order. Lock order: the orders (and lines) by the caller, accounts here, stock last.
 */
export async function commit(
  call: Committing,
  ids: readonly string[],
  options: CommitOptions,
): Promise<Map<string, string>> {
  const { tx, companyId } = call
  const set = idSet(ids)
  const [, , all] = await Promise.all([
    lockAccounts(
      tx,
      companyId,
      sql`select o.customer_id from ${set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id`,
    ),
    options.before ? takeOut(call, options.before) : undefined,
    findings(call, set),
  ])
  const found = options.counts ? all.filter(options.counts) : all
  const held = new Set(found.map((one) => one.order_id))
  if (found.length > 0) await placeHolds(call, found)
  if (options.resumed) await voidGone(call, ids, found, call.context.reason ?? 'no longer applies')
  const clear = ids.filter((id) => !held.has(id))
  if (clear.length > 0) await accept(call, clear, options)
  if (options.before && held.size > 0) await letGoStock(call, [...held], options.reason)
  return new Map(ids.map((id) => [id, held.has(id) ? 'on_hold' : 'confirmed']))
}

export const idSet = (ids: readonly string[]) => sql<{ id: string }>`select unnest(${ids}::uuid[]) as id`

async function accept(call: Committing, ids: readonly string[], options: CommitOptions): Promise<void> {
  const set = idSet(ids)
  await Promise.all([
    changeExposure(call.tx, call.companyId, openWorth(call.companyId, set)),
    options.before ? unreserve(call, openOf(call.companyId, set)) : undefined,
    reserveOrders(call, set, 'confirm', options.lives),
    promise(call, set, options.reason, { confirm: options.reason === 'confirmed' }),
  ])
}

/** What the orders' open quantities are worth to their customers' exposure. */
const openWorth = (companyId: number, set: Sql<{ id: string }>) =>
  sql<{ customer_id: string; open_orders: string; unbilled: string; receivable: string; unapplied: string }>`
    select o.customer_id, sum(sales.open_worth(l)) as open_orders, 0::numeric as unbilled, 0::numeric as receivable, 0::numeric as unapplied
      from ${set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id
      join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id group by o.customer_id`

const openOf = (companyId: number, set: Sql<{ id: string }>) => sql<{ source_line: string; keep: string }>`
  select l.id as source_line, l.ordered - l.shipped - l.cancelled as keep
    from ${set} s join sales.order_line l on l.company_id = ${companyId} and l.order_id = s.id`

/** Takes values out of the exposure that were in it before a change. */
export function takeOut(
  call: Pick<Committing, 'tx' | 'companyId'>,
  before: Sql<{ customer_id: string; open_orders: string }>,
): Promise<void> {
  return changeExposure(
    call.tx,
    call.companyId,
    sql`select customer_id, -open_orders as open_orders, 0 as unbilled, 0 as receivable, 0 as unapplied from ${before} b`,
  )
}

/**
 * Gives back the stock of orders that are held: a held order allocates nothing. What was picked for it already stays
 * with it, for somebody has it in hand. Its promises are withdrawn.
 */
export async function letGoStock(
  call: Pick<Committing, 'tx' | 'companyId' | 'now'>,
  ids: readonly string[],
  reason: string,
): Promise<void> {
  const { tx, companyId } = call
  const set = idSet(ids)
  await Promise.all([
    unreserve(
      call,
      sql<{ source_line: string; keep: string }>`
      select l.id as source_line, coalesce(sum(r.quantity) filter (where p.kind <> 'stock'), 0) as keep
        from ${set} s join sales.order_line l on l.company_id = ${companyId} and l.order_id = s.id
        join inventory.v_reservation r on r.company_id = l.company_id and r.source_line = l.id
        join inventory.v_location p on p.company_id = r.company_id and p.id = r.location_id group by l.id`,
    ),
    tx.run(sql`with line as (
        select l.id from ${set} s join sales.order_line l on l.company_id = ${companyId} and l.order_id = s.id
         where l.promise is not null and l.ordered > l.shipped + l.cancelled
      ), kept as (
        insert into sales.promise (company_id, id, order_line_id, promise, reason, terms, at)
        select ${companyId}, gen_random_uuid(), id, null, ${reason}, '{"held": true}'::jsonb, ${call.now} from line
      )
      update sales.order_line l set promise = null from line n where l.company_id = ${companyId} and l.id = n.id`),
  ])
}
