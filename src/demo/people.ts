// The people of the demo: accounts that can sign in, each with one role, given by the demo's own administrator.
import { Type } from '@sinclair/typebox'
import {
  type Access,
  createAccount,
  createKey,
  grantRole,
  hashPassword,
  insertAccount,
  insertGrant,
  openSession,
  resetPassword,
  SESSION_TIMES,
  setPassword,
} from '#kernel/access'
import { type Context, type Principal, SYSTEM } from '#kernel/context'
import { todayIn } from '#kernel/dates'
import { sql, transaction } from '#kernel/db'
import type { DemoCompany } from './desk.ts'
import { expectShape } from './expect.ts'
import type { DemoFiles } from './files.ts'
import type { Marker } from './marker.ts'

const NewAccount = Type.Object({ id: Type.String(), passwordToken: Type.Union([Type.String(), Type.Null()]) })
const NewKey = Type.Object({ key: Type.String() })

type User = DemoFiles['users'][number]
type Team = {
  readonly access: Access
  readonly now: Date
  readonly companies: readonly DemoCompany[]
  readonly marker: Marker
}

/** Makes every account that is not there yet, and returns who may do what, by short name, with the machine's key. */
export async function makePeople(
  team: Team,
  users: readonly User[],
): Promise<{ people: ReadonlyMap<string, Principal>; apiKey: string | null }> {
  const administrators = users.filter((one) => one.role === 'administrator')
  const [first] = administrators
  if (!first) throw new Error('the demo has no administrator')
  const nils = await firstAdministrator(team, first)
  const people = new Map([[first.user, nils]])
  let apiKey = team.marker.apiKey
  for (const user of users.filter((one) => one !== first)) {
    const accountId = await accountOf(team, nils, user)
    await grantAll(team, nils, user, accountId)
    if (user.key && apiKey === null) apiKey = await keyOf(team, nils, user, accountId)
    people.set(user.user, await principalOf(team, accountId))
  }
  return { people, apiKey }
}

/** The one account that nobody can have created: inserted with the right to administer everywhere, as a set-up link would. */
async function firstAdministrator(team: Team, user: User): Promise<Principal> {
  const { access, now, marker } = team
  const passwordHash = await hashPassword(marker.password)
  const id = await transaction(access.kernel.pool, { companies: [] }, async (tx) => {
    const made = await insertAccount(tx, { email: user.email, name: user.name, kind: 'person', passwordHash }, now)
    if (made) {
      await insertGrant(tx, {
        accountId: made,
        role: user.role,
        companyId: null,
        grantedBy: SYSTEM.id,
        reason: 'First administrator of the demo',
      })
      return made
    }
    return (await tx.first(sql<{ id: string }>`select id from access.account where email = ${user.email}`))?.id
  })
  if (!id) throw new Error(`no account for ${user.email}`)
  return await principalOf(team, id)
}

async function accountOf(team: Team, administrator: Principal, user: User): Promise<string> {
  const { access, now, marker } = team
  const there = await transaction(access.kernel.pool, { companies: [] }, (tx) =>
    tx.first(
      sql<{
        id: string
        ready: boolean
      }>`select id, kind = 'machine' or password_hash is not null as ready from access.account where email = ${user.email}`,
    ),
  )
  if (there?.ready) return there.id
  const given = { email: user.email, name: user.name, kind: user.key ? ('machine' as const) : ('person' as const) }
  const context = contextOf(team, administrator, user.companies[0] ?? '')
  // Half made by a load that was killed: the account is there, and nobody knows its first link any more.
  const made = there ? await resetPassword(access, context, there.id) : await createAccount(access, context, given)
  const { id, passwordToken } = expectShape(NewAccount, made)
  if (passwordToken)
    await setPassword(access.kernel, { token: passwordToken, password: marker.password }, now, SESSION_TIMES)
  return id
}

async function grantAll(team: Team, administrator: Principal, user: User, account: string): Promise<void> {
  for (const code of user.companies) {
    const { warehouses } = companyOf(team, code)
    const context = { ...contextOf(team, administrator, code), reason: `Role of ${user.name} in the demo` }
    const own = user.warehouses.flatMap((one) => warehouses[one] ?? [])
    const given = own.length === 0 ? [{}] : own.map((warehouse) => ({ warehouse }))
    for (const where of given) await grantRole(team.access, context, { account, role: user.role, ...where })
  }
}

async function keyOf(team: Team, administrator: Principal, user: User, account: string): Promise<string> {
  const nextYear = new Date(team.now)
  nextYear.setUTCFullYear(nextYear.getUTCFullYear() + 1)
  const context = contextOf(team, administrator, user.companies[0] ?? '')
  const made = await createKey(team.access, context, { account, name: user.name, expiresAt: nextYear.toISOString() })
  return expectShape(NewKey, made).key
}

/** What the account may do, found by a session as for anybody who signs in; the session ends by itself. */
async function principalOf({ access, now }: Team, accountId: string): Promise<Principal> {
  const token = await transaction(access.kernel.pool, { companies: [] }, (tx) =>
    openSession(tx, accountId, now, SESSION_TIMES),
  )
  const found = await access.bySession(token.text)
  if (!found) throw new Error(`the account ${accountId} cannot sign in`)
  return found.principal
}

function companyOf(team: Team, code: string): DemoCompany {
  const found = team.companies.find((one) => one.code === code)
  if (!found) throw new Error(`the demo has no company ${code}`)
  return found
}

function contextOf(team: Team, principal: Principal, code: string): Context {
  const { id, timeZone } = companyOf(team, code)
  return { principal, companyId: id, channel: 'inside', now: team.now, today: todayIn(timeZone, team.now) }
}
