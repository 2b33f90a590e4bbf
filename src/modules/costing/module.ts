// Costing values what comes in and goes out. It stands below inventory: it is told what moved and never looks at stock.
import { module } from '#kernel/module'
import { invariants } from './invariants.ts'
import { valuation } from './valuation.ts'

export default module('costing', {
  needs: ['company', 'catalog', 'ledger'],
  queries: [valuation],
  invariants,
})
