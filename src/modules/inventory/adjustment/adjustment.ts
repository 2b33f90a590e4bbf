// A stock adjustment: what somebody counted, found, lost or broke; beyond the tolerance somebody else approves it.
import { document, f } from '#kernel/document'

export const adjustment = document('inventory.adjustment', {
  label: 'Stock adjustment',
  role: 'transaction',
  table: 'inventory.adjustment',
  numbered: 'number',
  number: 'AD-{year}-{seq:6}',
  fields: {
    number: f.code(),
    warehouse: f.ref('company.warehouse', { column: 'warehouse_id' }),
    postingDate: f.date({ column: 'posting_date' }),
    reason: f.code({ column: 'reason_code' }),
    remark: f.text(),
    amount: f.money({ optional: true, see: 'inventory.balance.see-value' }),
    value: f.money({ optional: true, see: 'inventory.balance.see-value' }),
  },
  lines: {
    table: 'inventory.adjustment_line',
    parent: 'adjustment_id',
    fields: {
      line: f.integer(),
      item: f.ref('catalog.item', { column: 'item_id' }),
      lot: f.ref('inventory.lot', { column: 'lot_id' }),
      location: f.ref('inventory.location', { column: 'location_id' }),
      quantity: f.quantity({ label: 'Difference' }),
      expected: f.quantity({ optional: true }),
      counted: f.quantity({ optional: true }),
      countedAt: f.instant({ column: 'counted_at', optional: true }),
      unitCost: f.price({ column: 'unit_cost', optional: true, see: 'inventory.balance.see-value' }),
      value: f.money({ optional: true, see: 'inventory.balance.see-value' }),
    },
  },
  states: ['draft', 'waiting-approval', 'approved', 'posted', 'cancelled'],
  narrow: { warehouse: 'warehouse_id' },
  list: { columns: ['number', 'warehouse', 'reason', 'postingDate'], search: ['number', 'remark'], sort: '-number' },
  verbs: {
    draft: { from: null, to: 'draft' },
    submit: { from: ['draft'], to: ['waiting-approval', 'approved'] },
    approve: { from: ['waiting-approval'], to: ['waiting-approval', 'approved'] },
    reject: { from: ['waiting-approval'], to: 'draft', reason: 'required' },
    post: { from: ['draft', 'approved'], to: 'posted' },
    cancel: { from: ['draft', 'waiting-approval', 'approved'], to: 'cancelled', reason: 'required' },
  },
})

/** The kind of approval in the matrix. */
export const APPROVAL = 'stock-adjustment'

/** Reasons that are a decision and no difference, with the place the goods go to and the ledger role that bears them. */
export const REASONS: Readonly<Record<string, { place: string; role: string }>> = {
  'DAMAGED-IN-HOUSE': { place: 'scrap', role: 'scrap' },
  EXPIRED: { place: 'scrap', role: 'scrap' },
  OPENING: { place: 'opening', role: 'opening-equity' },
}
export const DIFFERENCE = { place: 'adjustment', role: 'stock-adjustment' }
