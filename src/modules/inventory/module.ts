// Inventory: where goods lie, whom they are promised to, and every move that they ever made.
import { kindOfDocument } from '#kernel/configuration'
import { module } from '#kernel/module'
import { adjustment } from './adjustment/adjustment.ts'
import { approve } from './adjustment/approve.ts'
import { cancel } from './adjustment/cancel.ts'
import { draft } from './adjustment/draft.ts'
import { post } from './adjustment/post.ts'
import { reject } from './adjustment/reject.ts'
import { submit } from './adjustment/submit.ts'
import { available } from './available.ts'
import { invariants } from './invariants.ts'
import { itemMoves } from './item-moves.ts'
import { items } from './items.ts'
import { block as blockLocation } from './location/block.ts'
import { close } from './location/close.ts'
import { create as createLocation } from './location/create.ts'
import { layLocations } from './location/lay.ts'
import { location } from './location/location.ts'
import { unblock } from './location/unblock.ts'
import { block as blockLot } from './lot/block.ts'
import { create as createLot } from './lot/create.ts'
import { lot } from './lot/lot.ts'
import { quarantine } from './lot/quarantine.ts'
import { release } from './lot/release.ts'
import { movement } from './move/movement.ts'
import { record } from './move/record.ts'
import { negative } from './negative.ts'
import { reservations } from './reservations.ts'
import { stock } from './stock.ts'
import { trace } from './trace.ts'
import { cancel as cancelTransfer } from './transfer/cancel.ts'
import { draft as draftTransfer } from './transfer/draft.ts'
import { receive } from './transfer/receive.ts'
import { ship } from './transfer/ship.ts'
import { transfer } from './transfer/transfer.ts'
import { writeOff } from './transfer/write-off.ts'

export default module('inventory', {
  needs: ['company', 'catalog', 'ledger', 'costing'],
  documents: [location, lot, movement, adjustment, transfer],
  // Every warehouse has its own STOCK.
  configuration: [kindOfDocument(location, ['warehouse', 'code'])],
  commands: [
    createLocation,
    blockLocation,
    unblock,
    close,
    createLot,
    blockLot,
    quarantine,
    release,
    record,
    draft,
    submit,
    approve,
    reject,
    post,
    cancel,
    draftTransfer,
    ship,
    receive,
    writeOff,
    cancelTransfer,
  ],
  queries: [stock, items, available, reservations, itemMoves, trace, negative],
  on: {
    'company.warehouse.create': ({ tx, event }) => layLocations({ tx, companyId: event.companyId }, [event.documentId]),
  },
  invariants,
})
