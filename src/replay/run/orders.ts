// A day's orders, from draft to invoice, in sets: what a clerk does with one, done with many.
import type { Answer } from '#kernel/command'
import type { PlanDay, PlannedOrder } from '../events.ts'
import { ReplayRefusal } from '../refusal.ts'
import { REVIEWER } from './desk.ts'
import { shipToKey } from './survey.ts'
import type { Work } from './work.ts'

/** Orders in a set, and their lines: one order with more lines is a set of its own. */
const ORDERS = 300
const LINES = 300
const EARLY_SETS = 3
/** The approval matrix has at most so many steps. */
const STEPS = 3
const PRICE_REASON = 'replay: price of the source'
const RELEASE_REASON = 'The price of the source stands.'

/** Drafts, confirms, releases, ships and invoices every order of the day. Returns how many had to wait for a release. */
export async function sellDay(work: Work, day: PlanDay): Promise<number> {
  const ordered = [...day.orders].sort((left, right) =>
    left.moment < right.moment ? -1 : left.moment > right.moment ? 1 : 0,
  )
  let held = 0
  for (const [n, orders] of inSets(ordered).entries()) {
    held += await sell(work, day, orders, n)
    // The first sets fill empty tables, whose statistics mislead every statement that is planned with them.
    if (day.index === 1 && n < EARLY_SETS) await work.analyse()
  }
  return held
}

function inSets(orders: readonly PlannedOrder[]): readonly (readonly PlannedOrder[])[] {
  const sets: PlannedOrder[][] = []
  let lines = LINES
  for (const order of orders) {
    const last = sets.at(-1)
    lines += order.lines.length
    if (last === undefined || lines > LINES || last.length >= ORDERS) {
      sets.push([order])
      lines = order.lines.length
    } else {
      last.push(order)
    }
  }
  return sets
}

async function sell(work: Work, day: PlanDay, orders: readonly PlannedOrder[], n: number): Promise<number> {
  const { desk, survey } = work
  // The clock stands at the last order of the set.
  const time = orders.at(-1)?.moment.slice(11) ?? ''
  const doing = (step: string) => ({ day: day.date, time, key: `${day.index} ${step} ${n}` })
  const sold = orders.map((one) => survey.sold.get(one.sourceInvoice) ?? missing(one.sourceInvoice))
  const ids = sold.map((one) => one.order)
  await desk.create(
    'sales.order.draft',
    doing('draft'),
    orders.map((one, at) => orderOf(work, one, ids[at] ?? '')),
  )
  const confirmed = await desk.act('sales.order.confirm', doing('confirm'), ids)
  if (day.index === 1 && n === 0) await work.analyse()
  const held = heldIn(confirmed)
  await agree(work, held, doing)
  await desk.create(
    'warehouse.shipment.release',
    doing('release'),
    sold.map((one) => ({ id: one.shipment, order: one.order })),
  )
  await desk.act(
    'warehouse.shipment.ship',
    doing('ship'),
    sold.map((one) => one.shipment),
  )
  await desk.create(
    'receivables.invoice.issue',
    doing('invoice'),
    sold.map((one) => ({ id: one.invoice, order: one.order })),
  )
  return held.length
}

/** Orders that were held for their price are let go by the reviewer, step by step of the approval matrix. */
async function agree(
  { desk }: Work,
  held: readonly string[],
  doing: (step: string) => { day: string; time: string; key: string },
): Promise<void> {
  let waiting = held
  for (let step = 1; step <= STEPS && waiting.length > 0; step += 1) {
    const by = { ...doing(`agree ${step}`), by: REVIEWER, reason: RELEASE_REASON }
    waiting = heldIn(await desk.act('sales.order.release-price', by, waiting))
  }
  if (waiting.length > 0) {
    throw new ReplayRefusal(
      'REPLAY_ORDER_HELD',
      `${waiting.length} orders stay on hold, the first is ${waiting[0]}. Look at its holds, settle them and resume.`,
      { order: waiting[0] ?? '' },
    )
  }
}

const heldIn = (answer: Answer): readonly string[] =>
  Object.entries(answer.states ?? {})
    .filter(([, state]) => state === 'on_hold')
    .map(([id]) => id)

function orderOf({ masters, warehouseId }: Work, one: PlannedOrder, id: string): object {
  const shipTo = masters.shipTos.get(shipToKey(one.customer, one.country))
  return {
    id,
    customer: masters.customers.get(one.customer) ?? '',
    warehouse: warehouseId,
    requestedOn: one.date,
    reference: one.sourceInvoice,
    ...(shipTo === undefined ? {} : { shipTo }),
    // The code goes in as it was typed, and stays on the line as the code that was asked for.
    lines: one.lines.map((line) => ({
      item: line.sourceCode.trim(),
      quantity: line.quantity,
      price: line.unitPrice,
      reason: PRICE_REASON,
    })),
  }
}

function missing(invoice: string): never {
  throw new RangeError(`the plan has no order ${invoice}`)
}
