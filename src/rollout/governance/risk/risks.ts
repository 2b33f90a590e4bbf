// The risk register with what each risk's figure says now: called risks first, then by likelihood times impact.
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { metricsNow } from '../../gate/metrics.ts'
import { seatRules } from '../seat/seats.ts'

/** `called`: the metric is beyond its trigger; null when the risk has no metric or the metric knows nothing yet. */
export const risks = query('rollout.risks', {
  may: 'rollout.risk.read',
  title: 'Risks with the figures that call them',
  columns: {
    id: f.ref('rollout.risk'),
    number: f.code(),
    state: f.text(),
    site: f.code({ optional: true }),
    title: f.text(),
    seat: f.code(),
    seat_name: f.text(),
    probability: f.integer(),
    impact: f.integer(),
    score: f.integer(),
    response: f.text(),
    metric: f.code({ optional: true }),
    metric_title: f.text({ optional: true }),
    unit: f.text({ optional: true }),
    better: f.text({ optional: true }),
    value: f.quantity({ optional: true }),
    trigger_at: f.quantity({ optional: true }),
    called: f.boolean({ optional: true }),
    records: f.json({ optional: true }),
    version: f.integer(),
  },
  build: (_, { companyId, today, now }) => sql`
    with metric as materialized (select * from ${metricsNow({ companyId, siteId: null, today, now })} m)
    select r.id, r.number, r.state, s.code as site, r.title, r.seat, coalesce(n.name, r.seat) as seat_name, r.probability, r.impact, r.probability * r.impact as score, r.response,
           r.metric, m.title as metric_title, m.unit, m.better, trim_scale(m.value) as value, trim_scale(r.trigger_at) as trigger_at,
           case m.better when 'up' then m.value < r.trigger_at when 'down' then m.value > r.trigger_at end as called, m.records, r.version
      from rollout.risk r left join metric m on m.id = r.metric left join rollout.site s on s.company_id = r.company_id and s.id = r.site_id
      left join ${seatRules()} n on n.seat = r.seat
     where r.company_id = ${companyId}
     order by r.state = 'closed', coalesce(case m.better when 'up' then m.value < r.trigger_at when 'down' then m.value > r.trigger_at end, false) desc, r.probability * r.impact desc, r.number`,
})
