// Lots and serials: found by their code, made when they are new, demanded where the item is tracked.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { refuse } from './refusals.ts'

/** The lot id that stands for "not tracked". */
export const NO_LOT = '00000000-0000-0000-0000-000000000000'

export type WantedLot = { itemId: string; lot: string | undefined; expiresOn: string | undefined; quantity: string }

type Row = { at: number; id: string | null; item: string | null; tracking: string | null; wrong: 'missing' | 'serial' | 'unwanted' | null }

/**
 * The lot of each line, in the order given. Refuses LOT_NEEDED when a tracked item comes without, and SERIAL_IS_ONE
 * when a serial number stands for anything but one piece.
 */
export async function placeLots(call: Pick<Call<unknown>, 'tx' | 'companyId'>, wanted: readonly WantedLot[]): Promise<readonly string[]> {
  if (wanted.length === 0) return []
  const rows = JSON.stringify(wanted.map((one, at) => ({ at, item_id: one.itemId, lot: one.lot ?? null, expires_on: one.expiresOn ?? null, quantity: one.quantity })))
  const placed = await call.tx.rows(sql<Row>`with wanted as materialized (
      select w.*, i.code as item, i.tracking from jsonb_to_recordset(${rows}::jsonb) as w (at int, item_id uuid, lot text, expires_on date, quantity numeric)
        left join catalog.v_item i on i.id = w.item_id
    ), made as (
      insert into inventory.lot as t (company_id, id, item_id, code, serial, expires_on)
      select distinct on (item_id, lot) ${call.companyId}, gen_random_uuid(), item_id, lot, tracking = 'serial', expires_on from wanted where lot is not null and tracking <> 'none' order by item_id, lot, expires_on
      on conflict (company_id, item_id, code) do update set expires_on = coalesce(t.expires_on, excluded.expires_on) returning t.id, t.item_id, t.code
    )
    select w.at, case when w.tracking = 'none' then ${NO_LOT}::uuid else m.id end as id, w.item, w.tracking,
           case when w.tracking <> 'none' and w.lot is null then 'missing' when w.tracking = 'serial' and w.quantity <> 1 then 'serial' end as wrong
      from wanted w left join made m on m.item_id = w.item_id and m.code = w.lot order by w.at`)
  const missing = placed.find((row) => row.wrong === 'missing')
  if (missing) refuse('LOT_NEEDED', { item: missing.item, tracking: missing.tracking })
  const serial = placed.find((row) => row.wrong === 'serial')
  if (serial) refuse('SERIAL_IS_ONE', { item: serial.item })
  return placed.map((row) => row.id ?? NO_LOT)
}
