// Turns what people write, a code or an id, into the id, for all documents of a call in one statement.
import { name, sql, type Tx } from '#kernel/db'
import { refuse } from '#kernel/refusal'

type Wanted = {
  table: 'company.branch' | 'company.calendar' | 'company.warehouse'
  entity: string
  refs: readonly (string | undefined)[]
}

/** The ids in the order of `refs`; a ref that was not given stays undefined. Refuses with UNKNOWN_CODE. */
export async function codesToIds(
  tx: Tx,
  companyId: number,
  { table, entity, refs }: Wanted,
): Promise<readonly (string | undefined)[]> {
  const wanted = [...new Set(refs.filter((ref) => ref !== undefined))]
  if (wanted.length === 0) {
    return refs.map(() => undefined)
  }
  const found = await tx.rows(sql<{ id: string; code: string }>`select id, code from ${name(table)}
    where company_id = ${companyId} and (code = any(${wanted}::text[]) or id::text = any(${wanted}::text[]))`)
  const byRef = new Map(found.flatMap((one) => [[one.id, one.id] as const, [one.code, one.id] as const]))
  return refs.map((ref) =>
    ref === undefined ? undefined : (byRef.get(ref) ?? refuse('UNKNOWN_CODE', { entity, code: ref })),
  )
}
