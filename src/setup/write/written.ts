// How every writer of the set-up answers: how many rows it added, changed and took away.
import type { Sql, Tx } from '#kernel/db'

export type Written = {
  readonly table: string
  readonly added: number
  readonly changed: number
  readonly removed: number
}
export type Counts = { added: number; changed: number; removed?: number }

/** Runs a writer's statement, which returns its counts as one row. */
export async function written(tx: Tx, table: string, statement: Sql<Counts>): Promise<Written> {
  const row = await tx.first(statement)
  return { table, added: row?.added ?? 0, changed: row?.changed ?? 0, removed: row?.removed ?? 0 }
}

/** Whether a writer did anything. */
export const didWork = (one: Written): boolean => one.added + one.changed + one.removed > 0
