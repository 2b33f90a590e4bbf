// Asking for a role, for oneself or a colleague: with a reason, a last day, and what it would clash with beside it.
import type { Clash } from '#kernel/access/clashes'
import { clashes } from '#kernel/access/clashes'
import { requireKnown } from '#kernel/access/grants'
import { type Call, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { everywhere, lockPeople, type Person } from '../people.ts'
import { refuse } from '../refusals.ts'
import { request } from './request.ts'

/** How long access by request may last at most: a year and a month, so that a review meets every grant. Days. */
const LONGEST = 400
const MOST = 100

/** `account` is oneself when left out; `endsOn` is the last day on which the role holds; `upTo` is in company currency. */
export const AskInput = T.object({
  id: T.optional(T.id()),
  account: T.optional(T.idOf('access.account')),
  role: T.code(),
  everywhere: T.optional(T.boolean()),
  warehouse: T.optional(T.idOf('company.warehouse')),
  upTo: T.optional(T.money()),
  startsOn: T.optional(T.date()),
  endsOn: T.date(),
})

/** What is asked for, as it is kept. */
export type Wanted = {
  id: string
  number: string
  account: string
  role: string
  everywhere: boolean
  warehouse: string | null
  upTo: string | null
  startsOn: string | null
  endsOn: string
}

/** The state says whether it can be decided, or waits for a waiver; the answer holds every clash of each request. */
export const ask = creation(request.verbs.ask, AskInput, async (call) => {
  const { tx, context, companyId, ids, numbers, input, actor, now } = call
  if (input.length > MOST) refuseKernel('TOO_MANY', { most: MOST, given: input.length })
  const wanted: readonly Wanted[] = input.map((one, at) => ({
    id: ids[at] ?? '',
    number: numbers[at] ?? '',
    account: one.account ?? actor,
    role: one.role,
    everywhere: one.everywhere === true,
    warehouse: one.warehouse ?? null,
    upTo: one.upTo ?? null,
    startsOn: one.startsOn ?? null,
    endsOn: one.endsOn,
  }))
  const people = await lockPeople(tx, companyId, [...new Set(wanted.map((one) => one.account))])
  const found = new Map<string, readonly Clash[]>()
  for (const one of wanted) {
    await checkOne(call, one, people.get(one.account))
    const { account: accountId, role, startsOn, endsOn } = one
    const where = one.everywhere ? null : companyId
    found.set(
      one.id,
      await tx.rows(clashes({ accountId, role, companyId: where, startsOn, endsOn, today: context.today })),
    )
  }
  const rows = wanted.map((one) => ({
    ...one,
    clashes: found.get(one.id) ?? [],
    state: stateOf(found.get(one.id) ?? []),
  }))
  await tx.run(sql`insert into rollout.access_request (company_id, id, number, account_id, role, everywhere, warehouse_id, up_to,
      starts_on, ends_on, approver, reason, requested_by, clashes, state, created_at, updated_at)
    select ${companyId}, r.id, r.number, r.account, r.role, r.everywhere, r.warehouse, r."upTo", r."startsOn", r."endsOn",
        coalesce((select o.approver from access.role o where o.code = r.role), 'administrator'), ${call.reason ?? ''}, ${actor}, r.clashes, r.state, ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, number text, account uuid, role text, everywhere boolean,
        warehouse uuid, "upTo" numeric, "startsOn" date, "endsOn" date, clashes jsonb, state text)`)
  return {
    states: new Map(rows.map((one) => [one.id, one.state])),
    result: rows.map(({ id, clashes: all }) => ({ id, clashes: all })),
  }
})

/** Where a request stands: a clash that no waiver covers must be waived first. */
export const stateOf = (found: readonly Clash[]): 'asked' | 'needs-waiver' =>
  found.some((one) => !one.waived) ? 'needs-waiver' : 'asked'

async function checkOne(
  { tx, context, companyId, today }: Call<unknown>,
  one: Wanted,
  person: Person | undefined,
): Promise<void> {
  if (one.everywhere && !everywhere(context, request.verbs.ask.may)) refuse('ACCESS_TOO_WIDE')
  await requireKnown(tx, {
    role: one.role,
    warehouse: one.warehouse,
    companyId: one.everywhere ? null : companyId,
    within: companyId,
  })
  const from = one.startsOn ?? today
  const days = await tx.first(
    sql<{
      fit: boolean
    }>`select ${one.endsOn}::date between greatest(${today}::date, ${from}::date) and ${today}::date + ${LONGEST}::int as fit`,
  )
  if (!days?.fit) refuse('ACCESS_DAYS', { from, until: one.endsOn, most: LONGEST })
  await refuseHeld({ tx, companyId }, one, person?.name ?? '')
  const open = await tx.first(sql<{ number: string }>`select number from rollout.access_request
    where company_id = ${companyId} and account_id = ${one.account} and role = ${one.role} and everywhere = ${one.everywhere}
      and warehouse_id is not distinct from ${one.warehouse}::uuid and state in ('asked', 'needs-waiver')`)
  if (open) refuse('ACCESS_ASKED', { role: one.role, number: open.number })
}

/** Refuses ACCESS_HELD for what a grant gives already: as long, from as early, and up to the same amount. */
export async function refuseHeld(
  { tx, companyId }: Pick<Call<unknown>, 'tx' | 'companyId'>,
  one: Pick<Wanted, 'account' | 'role' | 'everywhere' | 'warehouse' | 'upTo' | 'startsOn' | 'endsOn'>,
  name: string,
): Promise<void> {
  const held = await tx.first(sql<{ until: string | null }>`select g.ends_on as until from access.role_grant g
    where g.account_id = ${one.account} and g.role = ${one.role} and g.company_id is not distinct from ${one.everywhere ? null : companyId}::int
      and g.warehouse_id is not distinct from ${one.warehouse}::uuid and (g.up_to is null or g.up_to = ${one.upTo}::numeric)
      and (g.ends_on is null or g.ends_on >= ${one.endsOn}::date) and (g.starts_on is null or g.starts_on <= ${one.startsOn}::date)`)
  if (held) refuse('ACCESS_HELD', { name, role: one.role, until: held.until ?? 'it is taken away' })
}
