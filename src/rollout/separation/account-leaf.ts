// What the system does to somebody's grants is written on his account, where an administrator looks for it.
import { account } from '#kernel/access'
import { record } from '#kernel/access/administer'
import { type Context, SYSTEM } from '#kernel/context'
import type { Tx } from '#kernel/db'

/** One change of an account's grants, and in one word why. */
export type Leaf = { account: string; state: string; changes: Readonly<Record<string, unknown>> }

/** Writes one audit leaf an account, one after the other as all audit leaves are; the actor is the system. */
export async function leaves(
  tx: Tx,
  context: Context,
  verb: 'grant' | 'revoke' | 'leave',
  reason: string,
  changed: readonly Leaf[],
): Promise<void> {
  const bySystem: Context = { ...context, principal: SYSTEM, reason }
  for (const { account: id, state, changes } of changed) {
    await record(tx, bySystem, account.verbs[verb], { id, from: state, to: state, changes, kept: null })
  }
}
