// A door tag: the door of a delivery address to which a driver goes, and what he should know there.
import type { Hooks } from '../../../src/rollout/extension/load/hooks.ts'

export const tagDocument = ({ document, f }: Hooks) =>
  document('x-door-tags.tag', {
    label: 'Door tag',
    role: 'master',
    table: 'x_door_tags.tag',
    numbered: 'number',
    number: 'TAG-{seq:5}',
    fields: {
      number: f.code(),
      shipTo: f.ref('party.ship-to', { column: 'ship_to_id', label: 'Delivery address' }),
      door: f.text(),
      note: f.text(),
    },
    states: ['kept', 'removed'],
    list: { columns: ['number', 'shipTo', 'door', 'note'], search: ['number', 'door'], sort: 'number' },
    verbs: {
      keep: { from: null, to: 'kept' },
      move: { from: ['kept'], to: 'kept' },
      remove: { from: ['kept'], to: 'removed', reason: 'required' },
    },
  })

export type Tag = ReturnType<typeof tagDocument>
