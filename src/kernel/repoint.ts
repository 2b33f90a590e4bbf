// Two records become one: rows that belonged to the one belong to the other, and can be led back, exactly these.
import { name, type Sql, sql, type Tx } from './db.ts'

/** A column that says to whom a row of a company table belongs. */
export type Pointer = { readonly table: string; readonly column: string }

/** A row that was led over, and by which column: `place` is 'schema.table.column'. */
export type Repointed = { readonly place: string; readonly id: string }

export const placeOf = ({ table, column }: Pointer): string => `${table}.${column}`

type Way = { readonly from: string; readonly to: string }

/**
 * Leads the rows of these places from one owner to the other; with `only`, no rows but those. One statement for each
 * place. A row that meanwhile belongs to a third is left alone. Constraints speak as database errors (23505, 23P01).
 */
export async function repoint(
  tx: Tx,
  companyId: number,
  pointers: readonly Pointer[],
  { from, to }: Way,
  only?: readonly Repointed[],
): Promise<readonly Repointed[]> {
  const chosen = (place: string): Sql =>
    only ? sql`and id = any(${only.filter((one) => one.place === place).map((one) => one.id)}::uuid[])` : sql``
  const moved = await Promise.all(
    pointers.map(async (pointer) => {
      const [place, column] = [placeOf(pointer), name(pointer.column)]
      const rows = await tx.rows(sql<{ id: string }>`update ${name(pointer.table)} set ${column} = ${to}::uuid
        where company_id = ${companyId} and ${column} = ${from}::uuid ${chosen(place)} returning id`)
      return rows.map(({ id }) => ({ place, id }))
    }),
  )
  return moved.flat()
}
