// API keys: for machines, shown once, dead when they expire, are revoked, or when the account is.
import { type Sql, sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { type AccountRow, accountColumns, alive } from './principal.ts'
import { hashToken, keyText, newToken, readKey, sameHash } from './tokens.ts'

/** The account behind a living key, or undefined. */
export async function findKey(tx: Tx, text: string, now: Date): Promise<AccountRow | undefined> {
  const key = readKey(text)
  if (!key) return undefined
  const found: Sql<AccountRow & { secret_hash: Buffer }> =
    sql`select ${accountColumns}, k.secret_hash from access.api_key k
    join access.account a on a.id = k.account_id
    where k.id = ${key.id} and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now}) and ${alive(now)}`
  const row = await tx.first(found)
  return row && sameHash(row.secret_hash, hashToken(key.secret)) ? row : undefined
}

/** Makes a key for an account. The text is known only here and now. */
export async function insertKey(
  tx: Tx,
  given: { accountId: string; name: string; expiresAt: Date | null; now: Date },
): Promise<{ id: string; text: string }> {
  const id = newId()
  const secret = newToken()
  await tx.run(sql`insert into access.api_key (id, account_id, name, secret_hash, created_at, expires_at)
    values (${id}, ${given.accountId}, ${given.name}, ${secret.hash}, ${given.now}, ${given.expiresAt})`)
  return { id, text: keyText(id, secret.text) }
}
