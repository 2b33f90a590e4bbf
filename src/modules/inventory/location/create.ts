// Creating a location gives a warehouse one more place, in the order in which pickers walk.
import { creation } from '#kernel/command'
import { errorCode, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { warehouseIds } from '../resolve.ts'
import { location } from './location.ts'

export const LocationInput = T.object({
  id: T.optional(T.id()),
  warehouse: T.ref('company.warehouse'),
  code: T.code(),
  name: T.optional(T.text(120)),
  kind: T.optional(T.choice(['stock', 'pack', 'dock', 'quarantine'])),
  pickSequence: T.optional(T.integer(0, 1_000_000)),
})

export const create = creation(location.verbs.create, LocationInput, async (call) => {
  const { tx, companyId, ids, input, now } = call
  const warehouses = await warehouseIds(
    tx,
    companyId,
    input.map((one) => one.warehouse),
  )
  const rows = input.map((one, at) => ({
    id: ids[at],
    warehouse_id: warehouses[at],
    code: one.code,
    name: one.name ?? one.code,
    kind: one.kind ?? 'stock',
    pick_sequence: one.pickSequence ?? 0,
  }))
  try {
    await tx.run(sql`insert into inventory.location (company_id, id, warehouse_id, code, name, kind, pick_sequence, created_at, updated_at)
      select ${companyId}, r.*, ${now}, ${now} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, warehouse_id uuid, code text, name text, kind text, pick_sequence int)`)
  } catch (error) {
    if (errorCode(error) === '23505') refuse('LOCATION_EXISTS', { code: input.map((one) => one.code).join(', ') })
    throw error
  }
})
