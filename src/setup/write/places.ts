// Where a company works: its calendars, warehouses and locations. One writer a table.
import type { BusinessDate } from '#kernel/dates'
import { sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { type Counts, type Written, written } from './written.ts'

export type CalendarRow = {
  readonly code: string
  readonly weekdays: readonly number[]
  readonly holidays: readonly BusinessDate[]
  readonly cutOff: string
}

/** Calendars that are not there; those that are, people keep. */
export function writeCalendars(tx: Tx, companyId: number, rows: readonly CalendarRow[]): Promise<Written> {
  const given = rows.map((one) => ({ ...one, id: newId() }))
  return written(
    tx,
    'company.calendar',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, code text, weekdays int[], holidays date[], "cutOff" time)
    ), added as (
      insert into company.calendar (company_id, id, code, weekdays, holidays, cut_off)
      select ${companyId}, id, code, weekdays, holidays, "cutOff" from given on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, 0 as changed`,
  )
}

export type WarehouseRow = {
  readonly code: string
  readonly name: string
  readonly outboundSteps: number
  readonly handlingDays: number
  readonly reserveAt: string
  readonly allowNegative: boolean
}

/** Warehouses that are not there, each with the calendar of its own code. */
export function writeWarehouses(tx: Tx, companyId: number, rows: readonly WarehouseRow[]): Promise<Written> {
  const given = rows.map((one) => ({ ...one, id: newId() }))
  return written(
    tx,
    'company.warehouse',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as g (id uuid, code text, name text, "outboundSteps" int, "handlingDays" int, "reserveAt" text, "allowNegative" boolean)
    ), added as (
      insert into company.warehouse (company_id, id, code, name, calendar_id, outbound_steps, handling_days, reserve_at, allow_negative)
      select ${companyId}, g.id, g.code, g.name, c.id, g."outboundSteps", g."handlingDays", g."reserveAt", g."allowNegative"
        from given g left join company.calendar c on c.company_id = ${companyId} and c.code = g.code
      on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, 0 as changed`,
  )
}

/** `warehouse` null: a place that belongs to the whole company, such as where customers and suppliers are. */
export type LocationRow = {
  readonly warehouse: string | null
  readonly code: string
  readonly name: string
  readonly kind: string
  readonly pickSequence: number
}

export function writeLocations(tx: Tx, companyId: number, rows: readonly LocationRow[]): Promise<Written> {
  const given = rows.map((one) => ({ ...one, id: newId() }))
  return written(
    tx,
    'inventory.location',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as g (id uuid, warehouse text, code text, name text, kind text, "pickSequence" int)
    ), added as (
      insert into inventory.location (company_id, id, warehouse_id, code, name, kind, pick_sequence)
      select ${companyId}, g.id, w.id, g.code, g.name, g.kind, g."pickSequence"
        from given g left join company.warehouse w on w.company_id = ${companyId} and w.code = g.warehouse
       where g.warehouse is null or w.id is not null
      on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, 0 as changed`,
  )
}
