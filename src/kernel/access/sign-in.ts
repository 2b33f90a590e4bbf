// Signing in: one answer for every way it can fail, an attempt counted before it is judged, a lock that grows.
import { type Sql, sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { passwordFits } from './passwords.ts'
import { alive } from './principal.ts'
import { refuse } from './refusals.ts'
import { openSession, type SessionTimes } from './sessions.ts'
import type { Token } from './tokens.ts'

type Attempt = { id: string; password_hash: string | null }

/**
 * Checks e-mail and password and opens a session. Refuses with SIGN_IN_FAILED, the same for an unknown e-mail, a wrong
 * password, a disabled account and a locked one. After five failures in a row the account is locked for a second, then
 * for twice as long each time, up to a quarter of an hour; sessions that are open stay open.
 */
export async function signIn(
  kernel: Kernel,
  given: { email: string; password: string },
  now: Date,
  times: SessionTimes,
): Promise<{ token: Token; accountId: string }> {
  const account = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.first(takeAttempt(given.email.trim().toLowerCase(), now)),
  )
  const fits = await passwordFits(account?.password_hash ?? null, given.password)
  if (!account || !fits) return refuse('SIGN_IN_FAILED')
  const token = await transaction(kernel.pool, { companies: [] }, async (tx) => {
    // Judged again with the session: the account may have been disabled while the hash was computed.
    const living = await tx.run(sql`update access.account a set failed_attempts = 0, locked_until = null
      where a.id = ${account.id} and ${alive(now)} and a.password_hash = ${account.password_hash}`)
    return living === 1 ? await openSession(tx, account.id, now, times) : undefined
  })
  return token ? { token, accountId: account.id } : refuse('SIGN_IN_FAILED')
}

// The attempt is counted as failed before the password is looked at, so that a thousand guesses at the same time are a
// thousand attempts; success takes the count back.
const takeAttempt = (email: string, now: Date): Sql<Attempt> => sql`
  update access.account a set failed_attempts = least(a.failed_attempts + 1, 1000),
      locked_until = case when a.failed_attempts + 1 >= 5
        then ${now}::timestamptz + least(interval '1 second' * (2 ^ least(a.failed_attempts - 4, 20)), interval '15 minutes') end
   where a.email = ${email} and a.kind = 'person' and a.password_hash is not null and ${alive(now)}
     and (a.locked_until is null or a.locked_until <= ${now})
  returning a.id, a.password_hash`
