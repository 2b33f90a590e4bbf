// What a site of an open ring shows: that it has applied the release, that every scenario is green, that the days are over,
// and that nothing has drifted since.
import { businessDate } from '#kernel/access/companies'
import { addDays } from '#kernel/dates'
import { sql, type Tx } from '#kernel/db'
import { driftOf } from '../../drift/drift.ts'
import type { Scope } from '../../site/site.ts'
import type { Tools } from '../../tools.ts'
import { seeingAll } from '../trial/offered.ts'

/** What a site has still to show: to apply the release, to play its scenarios, to have them green, to stand quietly, to mend what drifted. */
export const LACKS = ['apply', 'play', 'green', 'quiet', 'drift'] as const
type Lack = (typeof LACKS)[number]

/** `lacks` is what is missing and `why` says it; null when nothing is. Days are business dates of the site's company. */
export type Shown = {
  readonly ring: number
  readonly site: string
  readonly company: number
  readonly applied: string | null
  readonly scenarios: string
  readonly quietUntil: string | null
  readonly drift: number
  readonly lacks: Lack | null
  readonly why: string | null
}

type Found = {
  ring: number
  quiet_days: number
  site_id: string
  company_id: number
  code: string
  scope: Scope
  time_zone: string
  applied_at: Date | null
  applied: boolean
  run: string | null
  scenarios: number | null
  passed: number | null
}

/** The sites of the rings below `below`, in their order. The transaction keeps its sight. */
export async function shownBy(
  tx: Tx,
  tools: Tools,
  given: {
    readonly release: { readonly id: string; readonly number: string }
    readonly below: number
    readonly now: Date
  },
): Promise<readonly Shown[]> {
  const { release, below, now } = given
  return await seeingAll(tx, async () => {
    const rows = await tx.rows(sql<Found>`
      select g.ring, g.quiet_days, s.id as site_id, s.company_id, s.code, s.scope, d.time_zone, s.applied_at, coalesce(s.release_id = ${release.id} and p.release_id = ${release.id}, false) as applied,
             u.number as run, u.scenarios, u.passed
        from rollout.ring g cross join lateral jsonb_array_elements(g.sites) e (one)
        join rollout.site s on s.id::text = e.one ->> 'site' and s.company_id = (e.one ->> 'company')::int
        join access.directory() d on d.id = s.company_id
        left join rollout.plan p on p.company_id = s.company_id and p.id = s.plan_id
        left join rollout.v_uat_latest u on u.company_id = s.company_id and u.site_id = s.id and u.release_id = ${release.id}
       where g.release_id = ${release.id} and g.state <> 'withdrawn' and g.ring < ${below}::int order by g.ring, s.wave, s.code`)
    const shown: Shown[] = []
    for (const one of rows) shown.push(await showOf(tx, tools, { one, number: release.number, now }))
    return shown
  })
}

type Given = { readonly one: Found; readonly number: string; readonly now: Date }

async function showOf(tx: Tx, tools: Tools, { one, number, now }: Given): Promise<Shown> {
  const today = businessDate(one.time_zone, now)
  const applied = one.applied && one.applied_at ? businessDate(one.time_zone, one.applied_at) : null
  const quietUntil = applied === null ? null : addDays(applied, one.quiet_days)
  await tx.rows(sql`select set_config('tw.companies', ${String(one.company_id)}::text, true)`)
  const drift = await driftOf(tx, tools, { companyId: one.company_id, siteId: one.site_id, today })
  const news = drift.filter(
    (each) => each.at === null || one.applied_at === null || new Date(each.at) >= one.applied_at,
  )
  const scenarios = one.run === null ? 'not played' : `${one.passed} of ${one.scenarios} in ${one.run}`
  const missing = (): readonly [Lack | null, string | null] => {
    if (applied === null) return ['apply', `has not applied release ${number}`]
    if (one.scope === 'company' && one.run === null)
      return ['play', `has not played the scenarios of release ${number}`]
    if (one.scope === 'company' && one.passed !== one.scenarios) return ['green', `has only ${scenarios} green`]
    if (quietUntil !== null && today < quietUntil) return ['quiet', `must stand until ${quietUntil}`]
    const [first] = news
    return first ? ['drift', `has drifted since: ${first.kind} ${first.key}`] : [null, null]
  }
  const [lacks, why] = missing()
  return {
    ring: one.ring,
    site: one.code,
    company: one.company_id,
    applied,
    scenarios,
    quietUntil,
    drift: news.length,
    lacks,
    why,
  }
}
