// One-time tokens: for the first administrator of an empty installation, and for setting a password.
import type { Context, Principal } from '#kernel/context'
import { sql, type Tx, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { record } from './administer.ts'
import { hasAdministrator, oneAtATime } from './administrators.ts'
import { ACCESS_PERMISSIONS, ADMINISTRATOR, account } from './documents.ts'
import { checkPassword, hashPassword } from './passwords.ts'
import { alive } from './principal.ts'
import { refuse } from './refusals.ts'
import { endSessionsOf, openSession, type SessionTimes } from './sessions.ts'
import { ensureRole, insertAccount, insertGrant } from './store.ts'
import { hashToken, isToken, newToken, type Token } from './tokens.ts'

const DAY = 24 * 3_600_000

// What belongs to no single company is recorded under number 0.
const ENTERPRISE = { companies: [0] }

/** Makes a token, good for a day, by which a person sets a password; earlier ones stop working. */
export async function passwordToken(tx: Tx, accountId: string, now: Date): Promise<string> {
  const token = newToken()
  await tx.run(sql`with replaced as (delete from access.setup_token where account_id = ${accountId}::uuid and used_at is null)
    insert into access.setup_token (token_hash, account_id, purpose, created_at, expires_at)
    values (${token.hash}, ${accountId}::uuid, 'set-password', ${now}, ${new Date(now.getTime() + DAY)})`)
  return token.text
}

/** The token by which the first administrator makes himself known, good for a day; null when there is one already. */
export function setUpToken(kernel: Kernel, now: Date): Promise<string | null> {
  return transaction(kernel.pool, ENTERPRISE, async (tx) => {
    if (await hasAdministrator(tx, now)) return null
    const token = newToken()
    await tx.run(sql`delete from access.setup_token where purpose = 'first-administrator' and used_at is null`)
    await tx.run(sql`insert into access.setup_token (token_hash, purpose, created_at, expires_at)
      values (${token.hash}, 'first-administrator', ${now}, ${new Date(now.getTime() + DAY)})`)
    return token.text
  })
}

/** Creates the first administrator with the set-up token, and signs him in. Refuses LINK_INVALID, ALREADY_SET_UP. */
export async function setUp(
  kernel: Kernel,
  given: { token: string; email: string; name: string; password: string },
  now: Date,
  times: SessionTimes,
): Promise<Token> {
  checkPassword(given.password, [given.email, given.name])
  const passwordHash = await hashPassword(given.password)
  return await transaction(kernel.pool, ENTERPRISE, async (tx) => {
    await consume(tx, given.token, 'first-administrator', now)
    await ensureRole(tx, {
      code: ADMINISTRATOR,
      name: 'Administrator',
      purpose: 'Accounts, roles and keys',
      permissions: Object.keys(ACCESS_PERMISSIONS),
    })
    await oneAtATime(tx)
    if (await hasAdministrator(tx, now)) refuse('ALREADY_SET_UP')
    const id = await insertAccount(tx, { email: given.email, name: given.name, kind: 'person', passwordHash }, now)
    if (!id) return refuse('EMAIL_TAKEN', { email: given.email })
    await insertGrant(tx, {
      accountId: id,
      role: ADMINISTRATOR,
      companyId: null,
      grantedBy: id,
      reason: 'First administrator',
    })
    await record(tx, himself(id, given.name, now), account.verbs['set-up'], {
      id,
      from: null,
      to: 'active',
      changes: { email: given.email, role: ADMINISTRATOR },
      kept: null,
    })
    return await openSession(tx, id, now, times)
  })
}

/** Sets a password with a link's token: every other session ends, a new one begins. Refuses LINK_INVALID. */
export async function setPassword(
  kernel: Kernel,
  given: { token: string; password: string },
  now: Date,
  times: SessionTimes,
): Promise<Token> {
  const owner = await transaction(kernel.pool, ENTERPRISE, (tx) => ownerOf(tx, given.token, now))
  checkPassword(given.password, [owner.email, owner.name])
  const passwordHash = await hashPassword(given.password)
  return await transaction(kernel.pool, ENTERPRISE, async (tx) => {
    await consume(tx, given.token, 'set-password', now)
    return await changePassword(tx, owner, passwordHash, now, times)
  })
}

type Owner = { id: string; email: string; name: string }

async function ownerOf(tx: Tx, token: string, now: Date): Promise<Owner> {
  const row = isToken(token)
    ? await tx.first(sql<Owner>`select a.id, a.email, a.name from access.setup_token t join access.account a on a.id = t.account_id
        where t.token_hash = ${hashToken(token)} and t.purpose = 'set-password' and t.used_at is null and t.expires_at > ${now} and ${alive(now)}`)
    : undefined
  return row ?? refuse('LINK_INVALID')
}

async function consume(tx: Tx, token: string, purpose: string, now: Date): Promise<void> {
  const used = isToken(token)
    ? await tx.run(sql`update access.setup_token set used_at = ${now}
        where token_hash = ${hashToken(token)} and purpose = ${purpose} and used_at is null and expires_at > ${now}`)
    : 0
  if (used !== 1) refuse('LINK_INVALID')
}

/** Stores the new hash, ends every session and opens a new one, with an audit leaf that holds no secret. */
export async function changePassword(
  tx: Tx,
  owner: Owner,
  passwordHash: string,
  now: Date,
  times: SessionTimes,
): Promise<Token> {
  await tx.run(sql`update access.account set password_hash = ${passwordHash}, failed_attempts = 0, locked_until = null, version = version + 1
    where id = ${owner.id}::uuid`)
  const sessionsEnded = await endSessionsOf(tx, owner.id)
  await record(tx, himself(owner.id, owner.name, now), account.verbs['set-password'], {
    id: owner.id,
    from: 'active',
    to: 'active',
    changes: { sessionsEnded },
    kept: null,
  })
  return await openSession(tx, owner.id, now, times)
}

/** The context of somebody who acts on his own account, for the enterprise as a whole. */
function himself(id: string, name: string, now: Date): Context {
  const principal: Principal = { id, name, kind: 'person', roles: [], permissions: new Map() }
  return { principal, companyId: 0, channel: 'inside', now, today: now.toISOString().slice(0, 10) }
}
