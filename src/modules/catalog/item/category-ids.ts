// Turns the categories that people write into ids, all of a call in one statement.
import { sql, type Tx } from '#kernel/db'
import { refuse } from '#kernel/refusal'

/** The ids of categories given by code or id, in the order of `refs`; what was not given stays undefined. Refuses with UNKNOWN_CODE. */
export async function categoryIds(
  tx: Tx,
  refs: readonly (string | undefined)[],
): Promise<readonly (string | undefined)[]> {
  const wanted = [...new Set(refs.filter((ref) => ref !== undefined))]
  if (wanted.length === 0) {
    return refs.map(() => undefined)
  }
  const found = await tx.rows(sql<{
    ref: string
    id: string
  }>`select a.ref, c.id from unnest(${wanted}::text[]) as a (ref)
    join catalog.category c on upper(c.code) = upper(a.ref) or c.id::text = a.ref`)
  const byRef = new Map(found.map((one) => [one.ref, one.id]))
  return refs.map((ref) =>
    ref === undefined ? undefined : (byRef.get(ref) ?? refuse('UNKNOWN_CODE', { entity: 'category', code: ref })),
  )
}
