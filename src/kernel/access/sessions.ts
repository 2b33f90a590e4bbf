// Sessions: opaque, kept on the server, dead when idle, old, signed out, or when the account is.
import { type Sql, sql, type Tx } from '#kernel/db'
import { type AccountRow, accountColumns, alive } from './principal.ts'
import { newToken, type Token } from './tokens.ts'

/** How long a session lives without a request, and at most. Milliseconds. */
export type SessionTimes = { readonly idle: number; readonly absolute: number }

export const SESSION_TIMES: SessionTimes = { idle: 30 * 60_000, absolute: 12 * 3_600_000 }

// Writing at each request would turn every read into a write; a minute's blur does not matter to an idle time-out.
const TOUCH_EVERY = 60_000

const before = (now: Date, milliseconds: number): Date => new Date(now.getTime() - milliseconds)

/** Opens a session with a new token; sweeps out the account's dead ones. */
export async function openSession(tx: Tx, accountId: string, now: Date, times: SessionTimes): Promise<Token> {
  const token = newToken()
  await tx.run(sql`with swept as (delete from access.session where account_id = ${accountId}
      and (expires_at <= ${now} or seen_at <= ${before(now, times.idle)}))
    insert into access.session (token_hash, account_id, created_at, seen_at, expires_at)
    values (${token.hash}, ${accountId}, ${now}, ${now}, ${new Date(now.getTime() + times.absolute)})`)
  return token
}

/** The account behind a living session, and a note that it was seen. */
export async function findSession(
  tx: Tx,
  hash: Buffer,
  now: Date,
  times: SessionTimes,
): Promise<AccountRow | undefined> {
  const found: Sql<AccountRow> = sql`select ${accountColumns} from access.session s join access.account a on a.id = s.account_id
    where s.token_hash = ${hash} and s.expires_at > ${now} and s.seen_at > ${before(now, times.idle)} and ${alive(now)}`
  const touch = sql`update access.session s set seen_at = ${now} where s.token_hash = ${hash} and s.expires_at > ${now}
    and s.seen_at > ${before(now, times.idle)} and s.seen_at < ${before(now, TOUCH_EVERY)}`
  const [account] = await Promise.all([tx.first(found), tx.run(touch)])
  return account
}

/** Ends one session. */
export const endSession = (tx: Tx, hash: Buffer): Promise<number> =>
  tx.run(sql`delete from access.session where token_hash = ${hash}`)

/** Ends every session of an account and says how many there were. */
export const endSessionsOf = (tx: Tx, accountId: string): Promise<number> =>
  tx.run(sql`delete from access.session where account_id = ${accountId}`)
