// What comes in without a sale, and what clerks corrected: receipts and stock adjustments.
import { isId } from '#kernel/ids'
import type { PlanDay, PlannedAdjustment } from '../events.ts'
import { inChunks, REVIEWER } from './desk.ts'
import { remarkOf } from './remark.ts'
import { EVENING, MORNING, type Work } from './work.ts'

const SET = 500
/** The approval matrix has at most so many steps. */
const STEPS = 3
/** A reason of the template: the count differs from the books. */
const REASON = 'COUNT'

/** Receives what the day brings: the opening stock on the day before the first, later what suppliers send. */
export async function receiveDay({ desk, ids, masters, warehouseId }: Work, day: PlanDay): Promise<void> {
  if (day.receipts.length === 0) return
  const doing = { day: day.date, time: MORNING, key: `${day.index} receive` }
  const opening = day.index === 0
  await desk.create('warehouse.receipt.receive', doing, [
    {
      id: ids('receipt', day.date, desk.instant(day.date, MORNING)),
      warehouse: warehouseId,
      kind: opening ? 'opening' : 'goods',
      reference: opening ? 'Opening stock, made up (S01)' : 'Purchases, made up (S02)',
      lines: day.receipts.map((one) => ({
        item: masters.items.get(one.item) ?? '',
        quantity: one.quantity,
        unitCost: one.unitCost,
      })),
    },
  ])
}

/** Drafts, submits, has approved and posts the day's adjustments: first what is gone, then what was found. */
export async function adjustDay(work: Work, day: PlanDay): Promise<void> {
  const gone = day.adjustments.filter((one) => one.quantity.startsWith('-'))
  const found = day.adjustments.filter((one) => !one.quantity.startsWith('-'))
  for (const [n, some] of [...inChunks(gone, SET), ...inChunks(found, SET)].entries()) await adjust(work, day, some, n)
}

async function adjust(work: Work, day: PlanDay, adjustments: readonly PlannedAdjustment[], n: number): Promise<void> {
  const { desk, ids, masters, warehouseId } = work
  const at = desk.instant(day.date, EVENING)
  const doing = (step: string) => ({ day: day.date, time: EVENING, key: `${day.index} adjust ${step} ${n}` })
  const all = adjustments.map((one) => ids('adjustment', String(one.sourceLine), at)).filter(isId)
  await desk.create(
    'inventory.adjustment.draft',
    doing('draft'),
    adjustments.map((one, place) => ({
      id: all[place] ?? '',
      warehouse: warehouseId,
      reason: REASON,
      remark: remarkOf(one),
      lines: [{ item: masters.items.get(one.item) ?? '', quantity: one.quantity }],
    })),
  )
  let { states } = await desk.act('inventory.adjustment.submit', doing('submit'), all)
  for (let step = 1; step <= STEPS; step += 1) {
    const waiting = Object.entries(states ?? {}).flatMap(([id, state]) => (state === 'waiting-approval' ? [id] : []))
    if (waiting.length === 0) break
    ;({ states } = await desk.act(
      'inventory.adjustment.approve',
      { ...doing(`approve ${step}`), by: REVIEWER },
      waiting,
    ))
  }
  await desk.act('inventory.adjustment.post', doing('post'), all)
}
