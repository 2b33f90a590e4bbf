// What a role would clash with, in one account or by itself, and what could be given instead; nothing is changed by asking.
import { type Asked, clashes as clashRows } from '#kernel/access/clashes'
import { otherRoles as otherRoleRows } from '#kernel/access/other-roles'
import { type Context, may } from '#kernel/context'
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { everywhere as holdsEverywhere, inSight } from '../people.ts'
import { refuse } from '../refusals.ts'
import { request } from '../request/request.ts'

const ASK = request.verbs.ask.may
const SEE_OTHERS = `${request.name}.read`

/**
 * `role` as it stands, or with `permissions` (names with commas between them) as it is being composed. `account` is who
 * would get it; `alone` asks about the role by itself and whoever holds it already. Nobody but whoever may read requests
 * asks about somebody else.
 */
const parameters = {
  role: T.code(),
  account: T.optional(T.idOf('access.account')),
  everywhere: T.optional(T.boolean()),
  startsOn: T.optional(T.date()),
  endsOn: T.optional(T.date()),
}

type Given = { role: string; account?: string; everywhere?: boolean; startsOn?: string; endsOn?: string }

function askedOf(given: Given, accountId: string | null, context: Context): Asked {
  if (accountId !== context.principal.id && !may(context, SEE_OTHERS))
    refuseKernel('NOT_ALLOWED', { permission: SEE_OTHERS })
  const wide = given.everywhere === true
  if (wide && !holdsEverywhere(context, ASK)) refuse('ACCESS_TOO_WIDE')
  const { role, startsOn, endsOn } = given
  return { role, accountId, companyId: wide ? null : context.companyId, startsOn, endsOn, today: context.today }
}

const columns = {
  separation: f.code({ label: 'Rule' }),
  risk: f.text(),
  owner: f.code({ label: 'Owned by role' }),
  account: f.ref('access.account', { optional: true }),
  first: f.json(),
  second: f.json(),
  waiver: f.json({ optional: true }),
  waived: f.boolean(),
  others: f.integer(),
  names: f.json(),
  name: f.text({ optional: true }),
}

/** One row a pair that would clash, all of them; none when nothing does. `names` needs the right to read requests. */
export const clashes = query('rollout.clashes', {
  may: ASK,
  title: 'What a role would clash with in an account, all pairs at once',
  parameters: T.object(parameters),
  columns,
  see: { names: SEE_OTHERS },
  build: (given, context) => {
    const accountId = given.account ?? context.principal.id
    return sql`select c.*, a.name from ${clashRows(askedOf(given, accountId, context))} c
      left join access.account a on a.id = c.account where ${inSight(sql`${accountId}::uuid`, context.companyId)}
      order by c.waived, c.separation`
  },
})

/** The same for a role by itself, and for each account that holds it: what composing it so would do. */
export const roleClashes = query('rollout.role-clashes', {
  may: SEE_OTHERS,
  title: 'What a role clashes with by itself and in each account that holds it',
  parameters: T.object({ role: T.code(), permissions: T.optional(T.text(20_000)) }),
  columns,
  build: ({ role, permissions }, context) => {
    const named = permissions?.split(',').map((one) => one.trim())
    const asked = { ...askedOf({ role }, null, context), permissions: named?.filter((one) => one !== '') }
    // What the role breaks by itself it breaks in everybody who holds it: that is told once.
    return sql`with found as materialized (${clashRows(asked)})
      select c.*, a.name from found c left join access.account a on a.id = c.account
       where c.account is null or not exists (select from found alone where alone.account is null and alone.separation = c.separation)
       order by c.separation, a.name nulls first`
  },
})

/** Other roles that bring part of the same work and no clash: those that bring most first, of these the smallest. */
export const otherRoles = query('rollout.other-roles', {
  may: ASK,
  title: 'Roles without a clash that bring part of what a role would',
  parameters: T.object(parameters),
  columns: {
    role: f.code(),
    name: f.text(),
    covers: f.integer(),
    wanted: f.integer(),
    beyond: f.integer(),
  },
  build: (given, context) => {
    const accountId = given.account ?? context.principal.id
    return sql`select o.* from ${otherRoleRows(askedOf(given, accountId, context))} o
      where ${inSight(sql`${accountId}::uuid`, context.companyId)} order by o.covers desc, o.beyond, o.role`
  },
})
