// A lot or a serial number: where it came from, until when it is good, and whether it may be used.
import { document, f } from '#kernel/document'

export const lot = document('inventory.lot', {
  label: 'Lot',
  role: 'transaction',
  table: 'inventory.lot',
  numbered: 'code',
  fields: {
    code: f.code(),
    item: f.ref('catalog.item', { column: 'item_id' }),
    serial: f.boolean(),
    expiresOn: f.date({ column: 'expires_on', optional: true }),
    removalOn: f.date({ column: 'removal_on', optional: true }),
    attributes: f.json(),
  },
  states: ['released', 'quarantine', 'blocked'],
  list: { columns: ['code', 'item', 'serial', 'expiresOn'], search: ['code'], sort: 'code' },
  verbs: {
    create: { from: null, to: ['released', 'quarantine'] },
    quarantine: { from: ['released'], to: 'quarantine', reason: 'required' },
    block: { from: ['released', 'quarantine'], to: 'blocked', reason: 'required' },
    release: { from: ['quarantine', 'blocked'], to: 'released', reason: 'required' },
  },
})
