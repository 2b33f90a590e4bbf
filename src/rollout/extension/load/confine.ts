// The walls around an extension at work: each statement is held against its bounds, and runs as a database role of its own
// that owns nothing, writes its own schema only, and reads only what its manifest names (EXT-02).
import { type Sql, sql, type Tx } from '#kernel/db'
import { compile } from '#kernel/sql'
import { refuse } from './refusals.ts'
import { type Bounds, sqlProblems } from './sql-text.ts'

export type Walls = Bounds & { readonly code: string }

/** The role as which the statements of an extension run. */
export const roleOf = (schema: string): string => `tw_${schema}`
/** The role that owns its tables, used while it is installed. */
export const ownerOf = (schema: string): string => `tw_${schema}_owner`

/** A transaction that takes statements within the walls only, and none after it was `closed`. */
function confined(tx: Tx, walls: Walls): { tx: Tx; close: () => void } {
  let open = true
  const held = <Row>(statement: Sql<Row>): Sql<Row> => {
    const [problem] = sqlProblems(compile(statement).text, walls)
    if (problem) refuse('EXTENSION_CONFINED', { extension: walls.code, problem: problem.problem })
    if (!open)
      refuse('EXTENSION_CONFINED', { extension: walls.code, problem: 'its verb is over. Wait for each statement.' })
    return statement
  }
  return {
    tx: {
      rows: async (statement) => await tx.rows(held(statement)),
      first: async (statement) => await tx.first(held(statement)),
      run: async (statement) => await tx.run(held(statement)),
    },
    close: () => {
      open = false
    },
  }
}

/** Does `work` in the transaction as the extension. Refuses EXTENSION_CONFINED; PostgreSQL refuses what the role may not. */
export async function asExtension<T>(tx: Tx, walls: Walls, work: (tx: Tx) => Promise<T>): Promise<T> {
  const inside = confined(tx, walls)
  await tx.run(sql`select set_config('role', ${roleOf(walls.own)}, true)`)
  const result = await work(inside.tx).finally(inside.close)
  await tx.run(sql`select set_config('role', 'tw_app', true)`)
  return result
}
