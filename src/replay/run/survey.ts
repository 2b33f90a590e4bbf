// One walk over the plan: where each source invoice and each of its lines will be found in the ERP.
import type { PlannedCancellation, PlannedOrder } from '../events.ts'
import type { ReplayPlan } from '../plan.ts'
import type { Desk } from './desk.ts'
import type { IdMaker } from './ids.ts'

/** The documents of a source invoice, and the source lines of its order, in their order. */
export type Sold = { order: string; shipment: string; invoice: string; lines: Int32Array }

export type Survey = {
  /** By source invoice. */
  sold: ReadonlyMap<string, Sold>
  /** The unit price of an order line, by its source line; '' for a line that is none. */
  priceOf: (sourceLine: number) => string
  /** The cancellations, by source invoice. */
  cancelled: ReadonlyMap<string, PlannedCancellation>
  /** 'customer|country' of documents that go to another country than the customer's own (rule R07), sorted. */
  abroad: readonly string[]
}

/** Names a delivery address abroad. */
export const shipToKey = (customer: string, country: string): string => `${customer}|${country}`

/** Walks through the whole plan once. */
export function surveyPlan(plan: ReplayPlan, desk: Pick<Desk, 'instant'>, ids: IdMaker): Survey {
  const homes = new Map(plan.customers.map((one) => [one.key, one.country]))
  const abroad = new Set<string>()
  const sold = new Map<string, Sold>()
  const cancelled = new Map<string, PlannedCancellation>()
  const prices = new Map<number, string>()
  for (const day of plan.days()) {
    for (const { customer, country } of [...day.orders, ...day.cancellations]) {
      if (homes.get(customer) !== country) abroad.add(shipToKey(customer, country))
    }
    for (const order of day.orders) {
      sold.set(order.sourceInvoice, soldOf(order, desk, ids))
      for (const line of order.lines) prices.set(line.sourceLine, line.unitPrice)
    }
    for (const one of day.cancellations) cancelled.set(one.sourceInvoice, one)
  }
  return { sold, cancelled, abroad: [...abroad].sort(), priceOf: (line) => prices.get(line) ?? '' }
}

function soldOf(order: PlannedOrder, desk: Pick<Desk, 'instant'>, ids: IdMaker): Sold {
  const at = desk.instant(order.date, order.moment.slice(11))
  return {
    order: ids('order', order.sourceInvoice, at),
    shipment: ids('shipment', order.sourceInvoice, at),
    invoice: ids('invoice', order.sourceInvoice, at),
    lines: Int32Array.from(order.lines, (line) => line.sourceLine),
  }
}
