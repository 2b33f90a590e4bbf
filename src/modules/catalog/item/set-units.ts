// Giving items further units, other factors, or taking units away that they are not handled in.
import { Type } from '@sinclair/typebox'
import { plainly } from '#company'
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { item } from './item.ts'
import { UnitInput, writeUnits } from './units.ts'

/** Documents keep the factor that they were written with. */
export const UnitsInput = T.object({
  units: T.optional(Type.Array(UnitInput, { maxItems: 50 })),
  remove: T.optional(Type.Array(T.code(), { maxItems: 50, uniqueItems: true })),
})

export const setUnits = command(item.verbs['set-units'], UnitsInput, async ({ tx, ids, input, rows, set }) => {
  const remove = input.remove ?? []
  const used = await tx.first(sql<{
    code: string
    unit: string
  }>`select i.code, u.unit from catalog.item i join ${set} s on s.id = i.id
    cross join lateral unnest(array[i.base_unit, i.sales_unit, i.purchase_unit, i.price_unit, i.pack_unit]) as u (unit)
    where u.unit = any(${remove}::text[]) limit 1`)
  if (used) {
    refuse('UNIT_IN_USE', used)
  }
  await tx.run(
    sql`delete from catalog.item_unit u using ${set} s where u.item_id = s.id and u.unit = any(${remove}::text[])`,
  )
  await plainly(
    'unit of the item',
    writeUnits(
      tx,
      ids.flatMap((itemId) => (input.units ?? []).map((unit) => ({ itemId, ...unit }))),
    ),
  )
  return { states: new Map(rows.map((row) => [row.id, row.state])) }
})
