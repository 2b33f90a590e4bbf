// Sales: quotations and orders, from what a customer asks for to what we promise him, and why it stands still.
import { configuration } from '#kernel/configuration'
import { f } from '#kernel/document'
import { type Listener, module } from '#kernel/module'
import { invariants } from './invariants.ts'
import { allocate } from './order/allocate.ts'
import { cancel } from './order/cancel.ts'
import { change } from './order/change.ts'
import { close } from './order/close.ts'
import { confirm } from './order/confirm.ts'
import { draft } from './order/draft.ts'
import { hold } from './order/hold.ts'
import { addressMended, creditFreed, goodsArrived, shipmentLeft, stockFreed } from './order/listen.ts'
import { order } from './order/order.ts'
import { quote } from './order/quote.ts'
import { recheck } from './order/recheck.ts'
import { releaseCredit } from './order/release-credit.ts'
import { releaseHold } from './order/release-hold.ts'
import { releasePrice } from './order/release-price.ts'
import { reopen } from './order/reopen.ts'
import { reprice } from './order/reprice.ts'
import { revise } from './order/revise.ts'
import { substitute } from './order/substitute.ts'
import { unallocate } from './order/unallocate.ts'
import { backlog } from './questions/backlog.ts'
import { customerCard } from './questions/customer-card.ts'
import { deskHolds } from './questions/desk-holds.ts'
import { deskLines } from './questions/desk-lines.ts'
import { duplicates } from './questions/duplicates.ts'
import { findCustomers } from './questions/find-customers.ts'
import { findItems } from './questions/find-items.ts'
import { holds } from './questions/holds.ts'
import { marginLeakage } from './questions/margin-leakage.ts'
import { orderChain } from './questions/order-chain.ts'
import { orderHolds } from './questions/order-holds.ts'
import { orderLines } from './questions/order-lines.ts'
import { why } from './questions/why.ts'

/** One listener for several topics. */
const each = (listener: Listener, topics: readonly string[]): Record<string, Listener> =>
  Object.fromEntries(topics.map((topic) => [topic, listener]))

/** What happens to what stock does not cover, by class of customer and item, and by channel. */
const backorderRule = configuration('sales.backorder-rule', {
  label: 'Backorder rule',
  table: 'sales.backorder_rule',
  key: ['code'],
  fields: {
    code: f.code(),
    name: f.text(),
    policy: f.choice(['ship-complete', 'ship-and-backorder', 'cancel-remainder']),
    minFillPercent: f.percent({ column: 'min_fill_percent' }),
    maxShipments: f.integer({ column: 'max_shipments', optional: true }),
    keepOpenDays: f.integer({ column: 'keep_open_days', optional: true }),
    customerClass: f.code({ column: 'customer_class', optional: true }),
    itemClass: f.code({ column: 'item_class', optional: true }),
    channel: f.code({ optional: true }),
  },
})

export default module('sales', {
  needs: ['company', 'party', 'catalog', 'tax', 'pricing', 'credit', 'inventory', 'costing'],
  documents: [order],
  commands: [
    draft,
    quote,
    revise,
    reprice,
    confirm,
    recheck,
    hold,
    releaseCredit,
    releasePrice,
    releaseHold,
    change,
    substitute,
    allocate,
    unallocate,
    cancel,
    close,
    reopen,
  ],
  queries: [
    ...[backlog, holds, orderLines, orderChain, orderHolds, why, marginLeakage, duplicates],
    ...[findCustomers, customerCard, findItems, deskLines, deskHolds],
  ],
  on: {
    ...each(goodsArrived, [
      'warehouse.receipt.receive',
      'warehouse.receipt.post',
      'warehouse.shipment.put-back',
      'inventory.adjustment.post',
      'inventory.move.record',
      'returns.rma.inspect',
    ]),
    ...each(stockFreed, [
      'sales.order.cancel',
      'sales.order.close',
      'sales.order.change',
      'sales.order.hold',
      'sales.order.unallocate',
      'sales.order.substitute',
    ]),
    'warehouse.shipment.ship': shipmentLeft,
    ...each(creditFreed, [
      'receivables.payment.receive',
      'receivables.payment.apply',
      'receivables.credit-note.issue',
      'receivables.credit-note.apply',
      'receivables.invoice.credit',
      'credit.account.change-limit',
      'credit.account.change-class',
      'credit.account.change-cover',
      'credit.account.join-group',
      'credit.account.unhold',
      'credit.group.change-limit',
    ]),
    ...each(addressMended, ['party.ship-to.reopen', 'party.ship-to.change']),
  },
  configuration: [backorderRule],
  invariants,
})
