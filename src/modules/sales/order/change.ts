// Changing an order after it was confirmed: what was promised follows at once, and its effect shows before saving (ORD-09).
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { isId, newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import type { Finding } from './assess.ts'
import { changeLines, type LineChange } from './change-lines.ts'
import { commit } from './commit.ts'
import { LineInput } from './draft.ts'
import { changeHeads, HEAD_FIELDS } from './heads.ts'
import { insertLines } from './lines.ts'
import { order } from './order.ts'
import { resolveLines } from './resolve.ts'
import { changesOf, exposures, type OrderState, snapshot } from './snapshot.ts'
import { retotal } from './totals.ts'

/** Lines are named by their number. A quantity is what is wanted in all, in the line's unit, shipped goods included. */
const LineChangeInput = T.object({
  line: T.integer(1, 100_000),
  quantity: T.optional(T.quantity()),
  cancel: T.optional(T.boolean()),
  price: T.optional(T.price()),
  reason: T.optional(T.text()),
})
const ChangeInput = T.object({
  ...HEAD_FIELDS,
  lines: T.optional(T.list(LineChangeInput, 2000)),
  add: T.optional(T.list(LineInput, 2000)),
})

/**
 * The result is how each order stood before and stands after, line by line, with what is reserved for it and what it
 * counts in the exposure; with dryRun that is the preview. An order that may not go on like this is put on hold.
 */
export const change = command(order.verbs.change, ChangeInput, async (call) => {
  const { lines, add, ...head } = call.input
  if ((lines || add) && call.ids.length > 1) refuse('ONE_ORDER')
  const before = await snapshot(call, call.set)
  await changeHeads(call, head)
  if (lines) await changeLines(call, lines)
  if (add) await addLines(call, before, add)
  await Promise.all([
    retotal(call, call.ids),
    lines?.some((line) => line.price !== undefined) ? voidPriceReleases(call) : undefined,
  ])
  const edited = await snapshot(call, call.set)
  const states = await recommit(call, before, edited, 'changed')
  const after = await snapshot(call, call.set)
  return { states, changes: changesOf(before, after), result: { before, after } }
})

async function addLines(
  call: Call<unknown>,
  before: readonly OrderState[],
  add: readonly { item: string; unit?: string; quantity: string; price?: string; reason?: string }[],
): Promise<void> {
  const [standing] = before
  const next = Math.max(0, ...(standing?.lines.map((line) => line.line) ?? [])) + 1
  const [found] = await resolveLines(call.tx, [
    { customerId: standing?.customer_id ?? null, codes: add.map((line) => line.item) },
  ])
  await insertLines(
    call,
    add.map((line, at) => ({
      ...line,
      id: newId(),
      orderId: call.ids[0] ?? '',
      line: next + at,
      itemId: found?.[at]?.itemId ?? '',
      unit: line.unit ?? found?.[at]?.unit,
      code: isId(line.item) ? undefined : line.item,
    })),
  )
}

/**
 * Commits orders again after an edit: what they counted before is taken out, what they count now is looked at and put
 * in. What the edit did not touch holds nothing: prices of other lines, look-alikes, and credit where the order got smaller.
 */
export function recommit(
  call: Call<unknown>,
  before: readonly OrderState[],
  edited: readonly OrderState[],
  reason: string,
): Promise<Map<string, string>> {
  const confirmed = new Set(call.rows.filter((row) => row.state === 'confirmed').map((row) => row.id))
  const was = new Map(before.map((one) => [one.id, one]))
  const now = new Map(edited.map((one) => [one.id, one]))
  const counts = (finding: Finding): boolean => {
    if (!confirmed.has(finding.order_id)) return true
    const [old, one] = [was.get(finding.order_id), now.get(finding.order_id)]
    if (!old || !one) return true
    if (finding.kind === 'duplicate') return false
    if (finding.kind === 'address') return old.head.shipTo !== one.head.shipTo
    if (finding.kind === 'credit') return grew(old, one)
    if (finding.kind === 'price' || finding.kind === 'margin') return touchesPrice(finding, old, one)
    return true
  }
  return commit(call, call.ids, {
    reason,
    before: exposures(before.filter((one) => confirmed.has(one.id))),
    counts,
    resumed: true,
  })
}

/** Whether the open worth rose; compared as exact text of the same scale, summed by the database would cost a statement. */
function grew(old: OrderState, one: OrderState): boolean {
  const worth = (state: OrderState) =>
    state.lines.reduce((sum, line) => sum + BigInt(line.exposure.replace('.', '')), 0n)
  return worth(one) > worth(old)
}

function touchesPrice(finding: Finding, old: OrderState, one: OrderState): boolean {
  const prices = new Map(old.lines.map((line) => [line.line, `${line.item} ${line.price}`]))
  const listed = finding.detail.lines
  const numbers = Array.isArray(listed) ? listed.map((each: { line?: unknown }) => each.line) : []
  return one.lines.some((line) => numbers.includes(line.line) && prices.get(line.line) !== `${line.item} ${line.price}`)
}

/** A price that was agreed to is agreed to no longer once somebody changes prices. */
function voidPriceReleases(call: Call<{ lines?: readonly LineChange[] }>): Promise<number> {
  return call.tx.run(sql`update sales.hold h set voided_at = ${call.now}
     where h.company_id = ${call.companyId} and h.order_id = any(${call.ids}::uuid[]) and h.kind in ('price', 'margin') and h.voided_at is null and h.released_at is not null`)
}
