// The warehouse: goods in, goods out, and the steps between shelf and truck.
import { module } from '#kernel/module'
import { backorders, waitingLines } from './backorders.ts'
import { beforeClose } from './before-close.ts'
import { board } from './board.ts'
import { exceptions } from './exceptions.ts'
import { invariants } from './invariants.ts'
import { itemCurve } from './item-curve.ts'
import { jobs } from './jobs.ts'
import { orderChanged, searchEnded } from './listen.ts'
import { picks } from './picks.ts'
import { promised } from './promised.ts'
import { cancel as cancelReceipt } from './receipt/cancel.ts'
import { post } from './receipt/post.ts'
import { receipt } from './receipt/receipt.ts'
import { draft, receive } from './receipt/receive.ts'
import { scanItem, scanLines } from './scanning.ts'
import { adjust } from './shipment/adjust.ts'
import { cancel } from './shipment/cancel.ts'
import { pack } from './shipment/pack.ts'
import { pick } from './shipment/pick.ts'
import { putBack } from './shipment/put-back.ts'
import { release } from './shipment/release.ts'
import { ship } from './shipment/ship.ts'
import { shipment } from './shipment/shipment.ts'
import { shipmentsDue } from './shipments-due.ts'
import { trace } from './trace.ts'

export default module('warehouse', {
  needs: ['company', 'party', 'catalog', 'credit', 'ledger', 'costing', 'inventory', 'sales'],
  documents: [shipment, receipt],
  commands: [release, pick, pack, ship, adjust, putBack, cancel, receive, draft, post, cancelReceipt],
  queries: [
    board,
    scanLines,
    scanItem,
    picks,
    shipmentsDue,
    exceptions,
    promised,
    trace,
    itemCurve,
    backorders,
    waitingLines,
    beforeClose,
  ],
  on: {
    'sales.order.change': orderChanged,
    'sales.order.cancel': orderChanged,
    'sales.order.close': orderChanged,
    'sales.order.substitute': orderChanged,
    'sales.order.unallocate': orderChanged,
    'inventory.adjustment.post': searchEnded,
    'inventory.move.record': searchEnded,
  },
  jobs,
  invariants,
})
