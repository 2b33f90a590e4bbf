// The list for the driver: every door that is kept, with its address.
import type { Hooks, Question } from '../../src/rollout/extension/load/hooks.ts'

export const tags = ({ sql, f }: Hooks): Question => ({
  name: 'x-door-tags.doors',
  title: 'Doors of delivery addresses, by city',
  may: 'x-door-tags.tag.read',
  columns: {
    number: f.code(),
    address: f.code(),
    city: f.text({ optional: true }),
    door: f.text(),
    hint: f.text(),
  },
  build: (_, { companyId }) => sql<object>`
    select t.number, a.code as address, a.city, t.door, t.note as hint from x_door_tags.tag t
      join party.v_ship_to a on a.company_id = t.company_id and a.id = t.ship_to_id
     where t.company_id = ${companyId} and t.state = 'kept' order by a.city, a.code, t.number limit 1000`,
})
