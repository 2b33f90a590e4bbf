// Creating a warehouse names its place and its ways; its locations are laid out by inventory.
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { codesToIds } from '../codes-to-ids.ts'
import { plainly } from '../refusals.ts'
import { RESERVE_AT, warehouse } from './warehouse.ts'

/** `outboundSteps`: 1 ships from the shelf, 2 picks and ships, 3 picks, packs and ships. */
export const WarehouseInput = T.object({
  id: T.optional(T.id()),
  code: T.code(),
  name: T.text(120),
  branch: T.optional(T.ref('company.branch')),
  calendar: T.optional(T.ref('company.calendar')),
  outboundSteps: T.optional(T.integer(1, 3)),
  handlingDays: T.optional(T.integer(0, 60)),
  allowNegative: T.optional(T.boolean()),
  reserveAt: T.optional(T.choice(RESERVE_AT)),
})

export const create = creation(warehouse.verbs.create, WarehouseInput, async ({ tx, companyId, ids, input, now }) => {
  const [branches, calendars] = await Promise.all([
    codesToIds(tx, companyId, { table: 'company.branch', entity: 'branch', refs: input.map((one) => one.branch) }),
    codesToIds(tx, companyId, {
      table: 'company.calendar',
      entity: 'calendar',
      refs: input.map((one) => one.calendar),
    }),
  ])
  const given = JSON.stringify(
    input.map((one, at) => ({
      id: ids[at],
      code: one.code,
      name: one.name,
      branch_id: branches[at],
      calendar_id: calendars[at],
      outbound_steps: one.outboundSteps ?? 1,
      handling_days: one.handlingDays ?? 0,
      allow_negative: one.allowNegative ?? false,
      reserve_at: one.reserveAt ?? 'confirm',
    })),
  )
  await plainly(
    'warehouse',
    tx.run(sql`insert into company.warehouse
      (company_id, id, code, name, branch_id, calendar_id, outbound_steps, handling_days, allow_negative, reserve_at, created_at, updated_at)
    select ${companyId}, g.*, ${now}, ${now} from jsonb_to_recordset(${given}::jsonb) as g (id uuid, code text, name text,
      branch_id uuid, calendar_id uuid, outbound_steps int, handling_days int, allow_negative boolean, reserve_at text)`),
  )
})
