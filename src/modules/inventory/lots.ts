// Lots and serials: found by their code, made when they are new, demanded where the item is tracked.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { refuse } from './refusals.ts'

/** The lot id that stands for "not tracked". */
export const NO_LOT = '00000000-0000-0000-0000-000000000000'

export type WantedLot = { itemId: string; lot: string | undefined; expiresOn: string | undefined; quantity: string }

type Row = {
  at: number
  id: string | null
  item: string | null
  tracking: string | null
  wrong: 'unknown' | 'service' | 'missing' | 'serial' | null
  item_id: string
}

/**
 * The lot of each line, in the order given. Refuses LOT_NEEDED when a tracked item comes without, and SERIAL_IS_ONE
 * when a serial number stands for anything but one piece.
 */
export async function placeLots(
  call: Pick<Call<unknown>, 'tx' | 'companyId'>,
  wanted: readonly WantedLot[],
): Promise<readonly string[]> {
  if (wanted.length === 0) return []
  const rows = JSON.stringify(
    wanted.map((one, at) => ({
      at,
      item_id: one.itemId,
      lot: one.lot ?? null,
      expires_on: one.expiresOn ?? null,
      quantity: one.quantity,
    })),
  )
  const placed = await call.tx.rows(sql<Row>`with wanted as materialized (
      select w.*, i.code as item, i.tracking, i.kind from jsonb_to_recordset(${rows}::jsonb) as w (at int, item_id uuid, lot text, expires_on date, quantity numeric)
        left join catalog.v_item i on i.id = w.item_id
    ), made as (
      insert into inventory.lot as t (company_id, id, item_id, code, serial, expires_on)
      select distinct on (item_id, lot) ${call.companyId}, gen_random_uuid(), item_id, lot, tracking = 'serial', expires_on from wanted where lot is not null and tracking <> 'none' and kind = 'stock' order by item_id, lot, expires_on
      on conflict (company_id, item_id, code) do update set expires_on = coalesce(t.expires_on, excluded.expires_on) returning t.id, t.item_id, t.code
    )
    select w.at, case when w.tracking = 'none' then ${NO_LOT}::uuid else m.id end as id, w.item, w.tracking, w.item_id,
           case when w.item is null then 'unknown' when w.kind <> 'stock' then 'service' when w.tracking <> 'none' and w.lot is null then 'missing' when w.tracking = 'serial' and w.quantity <> 1 then 'serial' end as wrong
      from wanted w left join made m on m.item_id = w.item_id and m.code = w.lot order by w.at`)
  const unknown = placed.find((row) => row.wrong === 'unknown')
  if (unknown) refuseKernel('UNKNOWN_CODE', { entity: 'item', code: unknown.item_id })
  const service = placed.find((row) => row.wrong === 'service')
  if (service) refuse('NOT_STOCKED', { item: service.item })
  const missing = placed.find((row) => row.wrong === 'missing')
  if (missing) refuse('LOT_NEEDED', { item: missing.item, tracking: missing.tracking })
  const serial = placed.find((row) => row.wrong === 'serial')
  if (serial) refuse('SERIAL_IS_ONE', { item: serial.item })
  return placed.map((row) => row.id ?? NO_LOT)
}

/**
 * The ids of lots that exist already, in the order given; lines without a lot get NO_LOT. Refuses LOT_NEEDED for tracked
 * items and LOT_UNKNOWN.
 */
export async function findLots(
  call: Pick<Call<unknown>, 'tx' | 'companyId'>,
  wanted: readonly { itemId: string; lot: string | undefined }[],
): Promise<readonly string[]> {
  if (wanted.length === 0) return []
  const rows = JSON.stringify(wanted.map((one, at) => ({ at, item_id: one.itemId, lot: one.lot ?? null })))
  const found = await call.tx.rows(sql<{ id: string | null; item: string; tracking: string; lot: string | null }>`
    select case when i.tracking = 'none' then ${NO_LOT}::uuid else t.id end as id, i.code as item, i.tracking, w.lot
      from jsonb_to_recordset(${rows}::jsonb) as w (at int, item_id uuid, lot text) join catalog.v_item i on i.id = w.item_id
      left join inventory.lot t on t.company_id = ${call.companyId} and t.item_id = w.item_id and t.code = w.lot order by w.at`)
  return found.map((one) => {
    if (one.id) return one.id
    return one.lot === null ? refuse('LOT_NEEDED', one) : refuse('LOT_UNKNOWN', one)
  })
}
