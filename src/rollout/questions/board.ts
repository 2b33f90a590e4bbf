// The sites of the enterprise as a board: wave, stage, owner and release, and how far each stands on the template.
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { computed } from '#kernel/query'
import { CAME_LATER, mayBeBehind } from '../template/behind.ts'
import { overSites } from './reach.ts'

/**
 * Every site that the caller may see, of whatever company; one of a place names the site of its company that it is below. Standardisation is the share of governed values that stood on
 * the template when the last plan was applied, in percent with one place, rounded down; `rollout.standing` counts it as of now.
 */
export const board = computed('rollout.board', {
  may: 'rollout.site.read',
  title: 'The sites with their release, their stage and how far they are on the template',
  columns: {
    id: f.ref('rollout.site'),
    company: f.code(),
    company_name: f.text(),
    code: f.code(),
    name: f.text(),
    kind: f.text(),
    scope: f.text(),
    place: f.code({ optional: true }),
    below: f.code({ label: 'Below the site', optional: true }),
    wave: f.integer(),
    owner: f.text(),
    stage: f.text(),
    release: f.code(),
    newest_release: f.code({ optional: true }),
    behind: f.integer({ label: 'Releases behind' }),
    may_be_behind: f.integer({ label: 'Releases that it may be behind' }),
    plan: f.code({ optional: true }),
    plan_id: f.ref('rollout.plan', { optional: true }),
    applied_at: f.instant({ optional: true }),
    governed: f.integer({ optional: true }),
    on_template: f.integer({ optional: true }),
    standardisation: f.percent({ optional: true }),
    waiting: f.integer({ label: 'Plans that wait' }),
    deviations: f.integer(),
    asked: f.integer({ label: 'Deviations asked for' }),
    expired: f.integer(),
  },
  rows: (call) =>
    overSites(call, (tx, ids) =>
      tx.rows(sql`
    select s.id, c.code as company, c.name as company_name, s.code, s.name, s.kind, s.scope, s.place, u.code as below, s.wave, s.owner, s.state as stage, r.number as release,
           (select n.number from rollout.release n where n.template = r.template and n.state = 'released' order by n.created_at desc, n.id desc limit 1) as newest_release,
           (select count(*)::int from rollout.release n where ${CAME_LATER}) as behind, ${mayBeBehind()}::int as may_be_behind,
           p.number as plan, p.id as plan_id, s.applied_at, p.governed, p.on_template,
           trunc(100.0 * p.on_template / nullif(p.governed, 0), 1) as standardisation,
           (select count(*)::int from rollout.plan w where w.company_id = s.company_id and w.site_id = s.id and w.state in ('made', 'approved')) as waiting,
           count(d.id) filter (where d.state = 'approved' and d.expires_on >= ${call.context.today}::date)::int as deviations,
           count(d.id) filter (where d.state = 'requested')::int as asked,
           count(d.id) filter (where d.state = 'approved' and d.expires_on < ${call.context.today}::date)::int as expired
      from rollout.site s join access.directory() c on c.id = s.company_id join rollout.release r on r.id = s.release_id
      left join rollout.site u on s.scope = 'place' and u.company_id = s.company_id and u.scope = 'company'
      left join rollout.plan p on p.company_id = s.company_id and p.id = s.plan_id
      left join rollout.deviation d on d.company_id = s.company_id and d.site_id = s.id
     where s.company_id = any(${ids}::int[])
     group by s.company_id, s.id, c.code, c.name, u.code, r.id, p.company_id, p.id
     order by s.wave, coalesce(u.code, s.code), s.place nulls first, s.code, c.code`),
    ),
})
