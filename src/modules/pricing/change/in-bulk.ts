// For statements that touch thousands of conditions at once: they are joined whole and not probed one by one.
import { sql, type Tx } from '#kernel/db'

/**
 * Runs `work` with joins by nested loop switched off, and on again afterwards, for plans are kept with the connection.
 * Statements are planned once, when nobody knows how many rows a change will have; ten thousand lines probed by a plan
 * for ten took a minute and a half where a hash join takes a second.
 */
export async function inBulk<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> {
  await tx.run(sql`select set_config('enable_nestloop', 'off', true)`)
  const result = await work()
  await tx.run(sql`select set_config('enable_nestloop', 'on', true)`)
  return result
}
