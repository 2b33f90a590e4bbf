// The decision log of a company: what waits first, by the day on which it is due, each with the seat that decides.
import { relation, sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { policy, rightFor } from '../policy.ts'
import { seatRules } from '../seat/seats.ts'
import { decision } from './decision.ts'

/** `seat`: whose right it is, or was; of a family the seat of the area. `overdue`: it waits and its day is gone. */
export const decisions = query('rollout.decisions', {
  may: 'rollout.decision.read',
  title: 'The decision log, what waits first',
  parameters: T.object({ site: T.optional(T.text(60)) }),
  columns: {
    id: f.ref(decision.name),
    number: f.code(),
    state: f.text(),
    site: f.code({ optional: true }),
    kind: f.code(),
    title: f.text(),
    decision: f.text({ optional: true }),
    seat: f.code(),
    seat_name: f.text(),
    decided_by: f.text({ optional: true }),
    due_on: f.date(),
    expires_on: f.date({ optional: true }),
    overdue: f.boolean(),
    version: f.integer(),
  },
  build: ({ site }, { companyId, today }) => {
    const rights = relation(
      { kind: 'text', decides: 'text', family: 'boolean' },
      policy()['decision-rights'].map((one) => ({
        kind: one.decision,
        decides: one.decides,
        family: policy().seats.some((each) => each.seat === one.decides && each.area !== undefined),
      })),
    )
    return sql`
    select d.id, d.number, d.state, s.code as site, d.kind, d.title, d.decision, w.seat, coalesce(n.name, w.seat) as seat_name, p.name as decided_by, d.due_on, d.expires_on,
           d.state in ('open', 'escalated') and d.due_on < ${today}::date as overdue, d.version
      from rollout.decision d left join rollout.site s on s.company_id = d.company_id and s.id = d.site_id left join ${rights} r on r.kind = d.kind
      cross join lateral (select coalesce(d.seat, case when d.state = 'escalated' then ${rightFor('conflict').decides}::text when r.family then r.decides || '-' || d.area else r.decides end, d.kind) as seat) w
      left join ${seatRules()} n on n.seat = w.seat left join access.account p on p.id = d.decided_by
     where d.company_id = ${companyId} and (${site ?? null}::text is null or s.code = ${site ?? null}::text)
     order by d.state not in ('open', 'escalated'), case when d.state in ('open', 'escalated') then d.due_on end, d.number desc limit 1000`
  },
})
