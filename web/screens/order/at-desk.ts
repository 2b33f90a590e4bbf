// Takes a draft from the server back to the order desk, to go on with it there.

import { newKey } from '../../client/http.ts'
import { loadNames, nameOf } from '../../client/names.ts'
import { forgetAnswers } from '../order-desk/ask-lines.ts'
import { draftStore, newLine } from '../order-desk/draft.ts'
import type { Order } from './order-data.ts'

/** Puts the order on the desk in place of what stood there. */
export async function openAtDesk(order: Order): Promise<void> {
  await loadNames([
    ['party.customer', order.customer],
    ...order.lines.map((line) => ['catalog.item', line.item] as const),
  ])
  const customer = nameOf('party.customer', order.customer)
  forgetAnswers()
  draftStore(order.warehouse).set({
    customer: { id: order.customer, code: customer?.number ?? '', name: customer?.title ?? '' },
    shipTo: order.shipTo ?? '',
    warehouse: order.warehouse,
    requestedOn: order.requestedOn ?? '',
    reference: order.reference ?? '',
    note: order.note,
    lines: [
      ...order.lines.map((line) =>
        newLine({
          item: line.item,
          typed: nameOf('catalog.item', line.item)?.number ?? line.item,
          name: line.description,
          quantity: line.quantity,
          unit: line.unit,
          ...(line.priceReason ? { price: line.price, reason: line.priceReason } : {}),
        }),
      ),
      newLine(),
    ],
    keys: { draft: newKey(), done: newKey() },
    // An empty text: whatever is done next saves it anew, with today's prices.
    saved: {
      id: order.id,
      number: order.number,
      version: order.version,
      text: '',
      customer: order.customer,
      warehouse: order.warehouse,
    },
  })
}
