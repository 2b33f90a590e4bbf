// Goods that come back: why, until when, what becomes of them, and what the customer gets for them.
import { module } from '#kernel/module'
import { invariants } from './invariants.ts'
import { returnable, toInspect } from './questions.ts'
import { change } from './reason/change.ts'
import { close } from './reason/close.ts'
import { create } from './reason/create.ts'
import { reason } from './reason/reason.ts'
import { authorise } from './rma/authorise.ts'
import { cancel } from './rma/cancel.ts'
import { credit } from './rma/credit.ts'
import { inspect } from './rma/inspect.ts'
import { receive } from './rma/receive.ts'
import { rma } from './rma/rma.ts'

export default module('returns', {
  needs: ['company', 'party', 'catalog', 'tax', 'ledger', 'inventory', 'costing', 'sales', 'warehouse', 'receivables'],
  documents: [reason, rma],
  commands: [create, change, close, authorise, receive, inspect, credit, cancel],
  queries: [returnable, toInspect],
  invariants: [...invariants],
})
