// Administering API keys and other people's sessions.
import type { Context } from '#kernel/context'
import { sql } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { administer, lockAccount } from './administer.ts'
import { key, session } from './documents.ts'
import { insertKey } from './keys.ts'
import { refuse } from './refusals.ts'
import type { Access } from './runtime.ts'
import { endSessionsOf } from './sessions.ts'

// A key that is never renewed is a key that nobody knows any more; three years is the longest that is given.
const LONGEST = 3 * 366 * 24 * 3_600_000

export type KeyInput = { account: string; name: string; expiresAt: string }

/** Creates a key for a machine account. The key's text is in this answer and nowhere else. */
export function createKey(access: Access, context: Context, given: KeyInput) {
  return administer(access, context, key.verbs.create, given, async (tx) => {
    const subject = await lockAccount(tx, context, key.verbs.create.may, given.account)
    if (subject.kind !== 'machine') refuse('MACHINES_ONLY')
    const expiresAt = new Date(given.expiresAt)
    const latest = new Date(context.now.getTime() + LONGEST)
    // Not (a < b) rather than a >= b, so that a date that does not exist is refused too.
    if (!(expiresAt > context.now && expiresAt <= latest)) refuse('KEY_EXPIRY_INVALID', { most: latest.toISOString() })
    const made = await insertKey(tx, { accountId: subject.id, name: given.name, expiresAt, now: context.now })
    return {
      id: made.id,
      from: null,
      to: 'active',
      changes: given,
      answer: { id: made.id, key: made.text },
      kept: { id: made.id, key: null },
    }
  })
}

/** Revokes a key for good. */
export function revokeKey(access: Access, context: Context, id: string) {
  return administer(access, context, key.verbs.revoke, { id }, async (tx) => {
    const found = await tx.first(
      sql<{ account_id: string }>`select account_id from access.api_key where id = ${id}::uuid and revoked_at is null`,
    )
    const asked = { document: 'API key', id }
    if (!found) return refuseKernel('NOT_FOUND', asked)
    await lockAccount(tx, context, key.verbs.revoke.may, found.account_id, asked)
    await tx.run(
      sql`update access.api_key set revoked_at = ${context.now} where id = ${id}::uuid and revoked_at is null`,
    )
    const answer = { id, state: 'revoked' }
    return { id, from: 'active', to: 'revoked', changes: {}, answer, kept: answer }
  })
}

/** Ends every session of an account. */
export function endSessions(access: Access, context: Context, id: string) {
  return administer(access, context, session.verbs.end, { id }, async (tx) => {
    const subject = await lockAccount(tx, context, session.verbs.end.may, id)
    const ended = await endSessionsOf(tx, subject.id)
    return { id: subject.id, from: 'open', to: 'ended', changes: { ended }, answer: { id, ended }, kept: { id, ended } }
  })
}
