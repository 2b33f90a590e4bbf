// Keeping the door of a delivery address; an address has one.
import type { Hooks, Told } from '../../../src/rollout/extension/load/hooks.ts'
import type { Refuse } from '../refusals.ts'
import type { Tag } from './tag.ts'

export const keep = ({ creation, sql, relation, T }: Hooks, tag: Tag, refuse: Refuse): Told =>
  creation(
    tag.verbs.keep,
    T.object({
      id: T.optional(T.id()),
      shipTo: T.idOf('party.ship-to'),
      door: T.text(40),
      note: T.optional(T.text(200)),
    }),
    async ({ tx, companyId, ids, numbers, input, now }) => {
      const open = await tx.rows(sql<{ id: string }>`select id from party.v_ship_to
        where company_id = ${companyId} and state = 'active' and id = any(${input.map((one) => one.shipTo)}::uuid[])`)
      const known = new Set(open.map((one) => one.id))
      const missing = input.find((one) => !known.has(one.shipTo))
      if (missing) refuse('DOOR_TAGS_ADDRESS', { id: missing.shipTo })
      const rows = input.map((one, at) => ({
        id: ids[at],
        number: numbers[at],
        ship_to_id: one.shipTo,
        door: one.door,
        note: one.note ?? '',
      }))
      const columns = { id: 'uuid', number: 'text', ship_to_id: 'uuid', door: 'text', note: 'text' } as const
      const made =
        await tx.run(sql`insert into x_door_tags.tag (company_id, id, number, state, ship_to_id, door, note, created_at, updated_at)
        select ${companyId}, r.id, r.number, 'kept', r.ship_to_id, r.door, r.note, ${now}::timestamptz, ${now}::timestamptz from ${relation(columns, rows)} r
        on conflict do nothing`)
      if (made < input.length) refuse('DOOR_TAGS_THERE')
      return undefined
    },
  )
