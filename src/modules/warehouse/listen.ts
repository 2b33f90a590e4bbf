// What the warehouse does when something happened elsewhere: an order changed, a count was posted. Safe to run twice.
import { type Sql, sql, type Tx } from '#kernel/db'
import type { Listener } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { adjust } from './shipment/adjust.ts'

/** Attempts when a list moved on between the look and the verb. */
const ATTEMPTS = 3

const openLists = (tx: Tx, companyId: number, orderId: string): Promise<{ id: string }[]> =>
  tx.rows(
    sql<{
      id: string
    }>`select id from warehouse.shipment where company_id = ${companyId} and order_id = ${orderId} and state in ('released', 'picked', 'packed') order by id`,
  )

/** An order was changed, cancelled or closed, or lost its stock: its open lists follow (ORD-18). */
export const orderChanged: Listener = async ({ tx, kernel, context, event }) => {
  for (let tried = 1; ; tried++) {
    const lists = await openLists(tx, event.companyId, event.documentId)
    if (lists.length === 0) return
    try {
      await adjust.run(
        kernel,
        { ...context, reason: 'the order was changed' },
        { ids: lists.map((one) => one.id), input: {} },
      )
      return
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'WRONG_STATE') || tried === ATTEMPTS) throw error
    }
  }
}

const settle = (adjustment: string, companyId: number, now: Date): Sql => sql`
  update warehouse.shortage s set settled_at = ${now} from inventory.v_move m
   where s.company_id = ${companyId} and s.settled_at is null and m.company_id = s.company_id and m.source_id = ${adjustment}
     and m.item_id = s.item_id and m.lot_id = s.lot_id and m.from_id = s.kept_at_id`

/** Missing goods were written off, or moved back to where they were found: the search is over. */
export const searchEnded: Listener = async ({ tx, context, event }) => {
  await tx.run(settle(event.documentId, event.companyId, context.now))
}
