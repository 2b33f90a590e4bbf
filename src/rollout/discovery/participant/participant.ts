// Somebody who took part in a workshop of a site, for a function that has to be heard (DIS-06).
import { document, f } from '#kernel/document'

export const participant = document('rollout.participant', {
  label: 'Participant',
  role: 'transaction',
  table: 'rollout.participant',
  numbered: 'name',
  fields: {
    site: f.ref('rollout.site', { column: 'site_id' }),
    name: f.text(),
    function: f.code(),
    workshop: f.text(),
    heldOn: f.date({ column: 'held_on', label: 'Day' }),
  },
  states: ['took-part', 'struck'],
  list: { columns: ['site', 'name', 'function', 'workshop', 'heldOn'], search: ['name', 'workshop'], sort: '-heldOn' },
  verbs: {
    enter: { from: null, to: 'took-part' },
    strike: { from: ['took-part'], to: 'struck', reason: 'required' },
  },
})
