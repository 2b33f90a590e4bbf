// Warehouses and places by the codes that people write.
import { sql, type Tx } from '#kernel/db'
import { isId } from '#kernel/ids'
import { refuse as refuseKernel } from '#kernel/refusal'
import { refuse } from './refusals.ts'

/** Ids of active warehouses, by id or code, in the order given. Refuses UNKNOWN_CODE. */
export async function warehouseIds(tx: Tx, companyId: number, refs: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(refs)]
  const rows = await tx.rows(sql<{ id: string; code: string }>`select id, code from company.v_warehouse
    where company_id = ${companyId} and state = 'active' and (code = any(${wanted}::text[]) or id = any(${wanted.filter(isId)}::uuid[]))`)
  const found = new Map(rows.flatMap((row) => [[row.id, row.id] as const, [row.code, row.id] as const]))
  return refs.map((ref) => found.get(ref) ?? refuseKernel('UNKNOWN_CODE', { entity: 'warehouse', code: ref }))
}

/** A place inside a warehouse; without a code, the warehouse's first place for stock. */
export type WantedPlace = { warehouseId: string; ref: string | undefined }

/** Ids of places that are not closed, by id or code, in the order given. Refuses LOCATION_UNKNOWN. */
export async function placeIds(tx: Tx, companyId: number, wanted: readonly WantedPlace[]): Promise<string[]> {
  const rows = await tx.rows(sql<{ id: string; warehouse_id: string; code: string; kind: string; warehouse: string }>`
    select l.id, l.warehouse_id, l.code, l.kind, w.code as warehouse from inventory.location l join company.v_warehouse w on w.company_id = l.company_id and w.id = l.warehouse_id
     where l.company_id = ${companyId} and l.warehouse_id = any(${[...new Set(wanted.map((one) => one.warehouseId))]}::uuid[]) and l.state <> 'closed'
       and (l.id::text = any(${wanted.flatMap((one) => one.ref ?? [])}::text[]) or l.code = any(${wanted.flatMap((one) => one.ref ?? [])}::text[])
         or l.id in (select distinct on (s.warehouse_id) s.id from inventory.location s where s.company_id = ${companyId} and s.kind = 'stock' and s.state = 'active' order by s.warehouse_id, s.pick_sequence, s.code))
     order by l.pick_sequence, l.code`)
  return wanted.map(({ warehouseId, ref }) => {
    const own = rows.filter((row) => row.warehouse_id === warehouseId)
    const place =
      ref === undefined
        ? own.find((row) => row.kind === 'stock')
        : own.find((row) => row.id === ref || row.code === ref)
    return (
      place?.id ??
      refuse('LOCATION_UNKNOWN', { location: ref ?? 'for stock', warehouse: own[0]?.warehouse ?? 'The warehouse' })
    )
  })
}
