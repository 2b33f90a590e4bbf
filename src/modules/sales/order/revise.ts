// Revising rewrites a draft, a quotation or a held order before it was ever confirmed; whatever was released for it is void.
import { voidApprovals } from '#kernel/approvals'
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { isId, newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { LineInput } from './draft.ts'
import { changeHeads, HEAD_FIELDS } from './heads.ts'
import { insertLines } from './lines.ts'
import { order } from './order.ts'
import { resolveLines } from './resolve.ts'
import { changesOf, type OrderState, snapshot } from './snapshot.ts'
import { retotal } from './totals.ts'

/** `lines`, when given, replace all lines of the one order named. Releases and approvals given before are void. */
const ReviseInput = T.object({
  ...HEAD_FIELDS,
  validUntil: T.optional(T.date()),
  lines: T.optional(T.list(LineInput, 2000)),
})

export const revise = command(order.verbs.revise, ReviseInput, async (call) => {
  const { lines, ...head } = call.input
  if (lines && call.ids.length > 1) refuse('ONE_ORDER')
  await refuseConfirmed(call)
  const before = await snapshot(call, call.set)
  await changeHeads(call, head)
  if (lines) await replaceLines(call, before, lines)
  await Promise.all([retotal(call, call.ids), voidReleases(call)])
  await voidApprovals(call.tx, call.context, call.ids)
  return { changes: changesOf(before, await snapshot(call, call.set)) }
})

async function refuseConfirmed(call: Call<unknown>): Promise<void> {
  const once = await call.tx.first(sql<{
    number: string
  }>`select o.number from ${call.set} s join sales.orders o on o.company_id = ${call.companyId} and o.id = s.id
     where o.confirmed_at is not null limit 1`)
  if (once) refuse('ONCE_CONFIRMED', once)
}

async function replaceLines(
  call: Call<unknown>,
  before: readonly OrderState[],
  lines: readonly { item: string; unit?: string; quantity: string; price?: string; reason?: string }[],
): Promise<void> {
  const [orderId = ''] = call.ids
  const [found] = await resolveLines(call.tx, [
    { customerId: before[0]?.customer_id ?? null, codes: lines.map((line) => line.item) },
  ])
  await call.tx.run(
    sql`delete from sales.order_line l where l.company_id = ${call.companyId} and l.order_id = ${orderId}`,
  )
  await insertLines(
    call,
    lines.map((line, at) => ({
      ...line,
      id: newId(),
      orderId,
      line: at + 1,
      itemId: found?.[at]?.itemId ?? '',
      unit: line.unit ?? found?.[at]?.unit,
      code: isId(line.item) ? undefined : line.item,
    })),
  )
}

/** Closes what was open and takes back what was released: both were about another order than this one is now. */
export function voidReleases(call: Pick<Call<unknown>, 'tx' | 'companyId' | 'now' | 'ids'>): Promise<number> {
  return call.tx.run(sql`update sales.hold h set voided_at = ${call.now}
     where h.company_id = ${call.companyId} and h.order_id = any(${call.ids}::uuid[]) and h.voided_at is null`)
}
