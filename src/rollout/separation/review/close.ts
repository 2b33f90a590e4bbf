// Closing a review: what nobody confirmed lapses, each grant with a leaf; the last administrator does not.
import { ADMINISTRATOR } from '#kernel/access'
import { hasAdministrator, oneAtATime } from '#kernel/access/administrators'
import { type Call, command } from '#kernel/command'
import { SYSTEM } from '#kernel/context'
import { sql } from '#kernel/db'
import type { ModuleJob } from '#kernel/jobs'
import { T } from '#kernel/schema'
import { leaves } from '../account-leaf.ts'
import { refuse } from '../refusals.ts'
import { type Line, openLines, settle } from './lines.ts'
import { review } from './review.ts'

/** Before its last day is over a review is closed by hand only when everything in it is decided: else REVIEW_UNDECIDED. */
export const close = command(review.verbs.close, T.object({}), async (call) => {
  const { tx, companyId, set, now, today } = call
  const lines = await openLines(call)
  const early = await tx.first(sql<{
    number: string
    until: string
    count: number
  }>`select r.number, r.ends_on as until, count(*)::int as count
    from rollout.access_review r join ${set} s on s.id = r.id join rollout.access_review_line l on l.company_id = r.company_id and l.review_id = r.id
   where r.company_id = ${companyId} and r.ends_on >= ${today}::date and l.outcome is null group by r.number, r.ends_on order by r.number limit 1`)
  if (early) refuse('REVIEW_UNDECIDED', early)
  const lapsed = await lapse(call, lines)
  await tx.run(
    sql`update rollout.access_review r set closed_at = ${now} from ${set} s where r.company_id = ${companyId} and r.id = s.id`,
  )
  return { result: { lapsed } }
})

/** Ends the grants of undecided lines yesterday; says how many. A grant that is gone or has ended meanwhile is left. */
async function lapse(call: Call<unknown>, lines: readonly Line[]): Promise<number> {
  const { tx, now } = call
  await oneAtATime(tx)
  const [risky, plain] = [lines.filter(isAdministration), lines.filter((one) => !isAdministration(one))]
  let ended = await endThem(call, plain)
  for (const one of risky) {
    const before = await hasAdministrator(tx, now)
    const done = await endThem(call, [one], async () => !before || (await hasAdministrator(tx, now)))
    ended += done
  }
  return ended
}

const isAdministration = (one: Line): boolean => one.role === ADMINISTRATOR && one.everywhere

type Ended = { id: string; account: string; role: string; state: string; was: string | null }

async function endThem(call: Call<unknown>, lines: readonly Line[], keeps?: () => Promise<boolean>): Promise<number> {
  const { tx, context, today } = call
  const ended = await tx.rows(sql<Ended>`with was as (
      select g.id, g.ends_on from access.role_grant g where g.id = any(${lines.map((one) => one.grant)}::uuid[])
         and (g.ends_on is null or g.ends_on >= ${today}::date) for update
    )
    update access.role_grant g set ends_on = ${today}::date - 1 from was w, access.account a where g.id = w.id and a.id = g.account_id
    returning g.id, g.account_id as account, g.role, case when a.disabled_at is null then 'active' else 'disabled' end as state, w.ends_on as was`)
  if (keeps && ended.length > 0 && !(await keeps())) {
    for (const { id, was } of ended)
      await tx.run(sql`update access.role_grant set ends_on = ${was}::date where id = ${id}`)
    await settle(call, lines, { outcome: 'kept', by: null, note: 'Nobody else administers access' })
    return 0
  }
  const live = new Set(ended.map((one) => one.id))
  await settle(
    call,
    lines.filter((one) => live.has(one.grant)),
    { outcome: 'lapsed', by: null },
  )
  await settle(
    call,
    lines.filter((one) => !live.has(one.grant)),
    { outcome: 'gone', by: null },
  )
  const numbers = new Map(lines.map((one) => [one.grant, one.number]))
  const changed = ended.map(({ id, account, role, state }) => ({
    account,
    state,
    changes: { grant: id, role, lapsed: true, review: numbers.get(id) },
  }))
  await leaves(tx, context, 'revoke', 'Nobody confirmed it in the review', changed)
  return ended.length
}

/** At a quarter past midnight of each company: reviews whose last day is over are closed. */
export const closeReviews: ModuleJob = {
  at: '00:15',
  run: async ({ tx, kernel, context }) => {
    const due = await tx.rows(sql<{ id: string }>`select id from rollout.access_review
      where company_id = ${context.companyId} and state = 'open' and ends_on < ${context.today}::date order by id`)
    if (due.length === 0) return
    const { key: _, ...rest } = context
    await close.run(
      kernel,
      { ...rest, principal: SYSTEM, reason: 'Its last day is over' },
      { ids: due.map((one) => one.id), input: {} },
    )
  },
}
