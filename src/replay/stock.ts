// Makes up the smallest receipts with which no shipment of the file is ever short (rules S01 and S02).
import type { Decisions } from './decide.ts'
import type { Masters } from './masters.ts'
import { quantityOf, type SourceTable } from './source.ts'

/** So many pieces of an item, by its number in the masters. */
export interface StockReceipt {
  item: number
  quantity: bigint
}

/** The rows of one business day, ascending, with its 'YYYY-MM-DD'. */
export interface BusinessDay {
  date: string
  month: string
  rows: readonly number[]
}

/**
 * The receipts of each month in the order of its months: the first are the opening stock, the others arrive on the
 * first business day of their month. Every item receives exactly what its lowest point of the month would lack, when
 * each day runs in the order of the plan: orders ship, then returns come in, then write-offs, then goods found.
 */
export function planReceipts(
  table: SourceTable,
  masters: Masters,
  decisions: Decisions,
  days: readonly BusinessDay[],
): Map<string, StockReceipt[]> {
  const months = new Map<string, StockReceipt[]>()
  const onHand = new BigInt64Array(masters.items.length)
  for (const [month, ofMonth] of groupByMonth(days)) {
    const change = new BigInt64Array(masters.items.length)
    const lowest = new BigInt64Array(masters.items.length)
    for (const day of ofMonth) {
      for (const { item, quantity } of movesOfDay(table, masters, decisions, day)) {
        const next = (change[item] ?? 0n) + quantity
        change[item] = next
        if (next < (lowest[item] ?? 0n)) {
          lowest[item] = next
        }
      }
    }
    const receipts: StockReceipt[] = []
    for (const [item, before] of onHand.entries()) {
      const lack = -(before + (lowest[item] ?? 0n))
      const quantity = lack > 0n ? lack : 0n
      if (quantity > 0n) {
        receipts.push({ item, quantity })
      }
      onHand[item] = before + quantity + (change[item] ?? 0n)
    }
    months.set(month, receipts)
  }
  return months
}

function groupByMonth(days: readonly BusinessDay[]): Map<string, BusinessDay[]> {
  const months = new Map<string, BusinessDay[]>()
  for (const day of days) {
    const ofMonth = months.get(day.month)
    if (ofMonth) {
      ofMonth.push(day)
    } else {
      months.set(day.month, [day])
    }
  }
  return months
}

/** The stock moves of a day, signed, in the order in which the plan runs them. */
function* movesOfDay(
  table: SourceTable,
  masters: Masters,
  decisions: Decisions,
  day: BusinessDay,
): Generator<StockReceipt> {
  const returns: StockReceipt[] = []
  const writeOffs: StockReceipt[] = []
  const found: StockReceipt[] = []
  for (const row of day.rows) {
    const item = masters.itemOf(row)
    const outcome = decisions.outcomeOf(row)
    const quantity = quantityOf(table, row)
    if (outcome === 'sale' || outcome === 'free') {
      yield { item, quantity: -quantity }
    } else if (outcome === 'credit' && !masters.isService(item)) {
      returns.push({ item, quantity: -quantity })
    } else if (outcome === 'adjustment') {
      const group = quantity < 0n ? writeOffs : found
      group.push({ item, quantity })
    }
  }
  yield* returns
  yield* writeOffs
  yield* found
}
