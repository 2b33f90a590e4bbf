// Where the reviews of a site stand: which are due in its stage, when the last one was held, and how many were missed.
import { addDays } from '#kernel/dates'
import { type Sql, sql, type Tx } from '#kernel/db'
import { workDaysOf } from '../../checklist/work-days.ts'
import type { Kinds } from '../../configuration/live.ts'
import { policy, type ReviewRule } from '../policy.ts'
import { dueBetween, dueFrom } from './rules.ts'

type SiteRow = {
  id: string
  code: string
  state: string
  calendar: string | null
  since: string
  held: Readonly<Record<string, string>>
  prepared: Readonly<Record<string, string>>
}

/**
 * A review at a site whose stage asks for it. `next_due` is the first day that nobody held one for; `missed` counts the days
 * before today for which that is so.
 */
export type Standing = {
  readonly site_id: string
  readonly site: string
  readonly review: string
  readonly name: string
  readonly seat: string
  readonly last_held: string | null
  readonly next_due: string
  readonly prepared: string | null
  readonly missed: number
}

/** Since when the site is in its stage: the day its gate was opened, or its own first day. */
const sitesIn = (companyId: number, siteId: string | null): Sql<SiteRow> => sql<SiteRow>`
  select s.id, s.code, s.state, s.calendar,
         coalesce((select max(g.opened_at) from rollout.gate_run g where g.company_id = s.company_id and g.site_id = s.id), s.created_at)::date::text as since,
         coalesce((select jsonb_object_agg(x.review, x.due) from (select v.review, max(v.due_on)::text as due from rollout.review v
           where v.company_id = s.company_id and v.site_id = s.id and v.state = 'concluded' group by v.review) x), '{}') as held,
         coalesce((select jsonb_object_agg(x.review, x.number) from (select v.review, max(v.number) as number from rollout.review v
           where v.company_id = s.company_id and v.site_id = s.id and v.state = 'prepared' group by v.review) x), '{}') as prepared
    from rollout.site s where s.company_id = ${companyId} and (${siteId}::uuid is null or s.id = ${siteId}::uuid) order by s.code`

export async function reviewsOf(
  tx: Tx,
  kinds: Kinds,
  { companyId, siteId, today }: { companyId: number; siteId: string | null; today: string },
): Promise<readonly Standing[]> {
  const standing: Standing[] = []
  for (const site of await tx.rows(sitesIn(companyId, siteId))) {
    const calendar = await workDaysOf(tx, kinds, companyId, site.calendar)
    for (const rule of policy().reviews.filter((one) => one.stages.includes(site.state))) {
      const from = firstOpen(rule, site)
      standing.push({
        ...{ site_id: site.id, site: site.code, review: rule.review, name: rule.name, seat: rule.seat },
        last_held: site.held[rule.review] ?? null,
        next_due: dueFrom(rule, from, calendar),
        prepared: site.prepared[rule.review] ?? null,
        missed: dueBetween(rule, from, today, calendar),
      })
    }
  }
  return standing
}

/** What was held in an earlier stage does not go back before this one. */
function firstOpen({ review }: ReviewRule, { held, since }: SiteRow): string {
  const last = held[review]
  return last === undefined || last < since ? since : addDays(last, 1)
}
