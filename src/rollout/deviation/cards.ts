// The deviations of a company as cards, the most pressing first: expired, waiting for a decision, soon at their end.
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** `standing`: valid, soon (30 days or fewer), expired, requested, rejected, withdrawn. `days_left` is negative once it is over. */
export const cards = query('rollout.deviation-cards', {
  may: 'rollout.deviation.read',
  title: 'Deviations, the most pressing first, with the days they have left',
  parameters: T.object({ site: T.optional(T.text(60)), all: T.optional(T.boolean()) }),
  columns: {
    id: f.ref('rollout.deviation'),
    number: f.code(),
    state: f.text(),
    standing: f.text(),
    site: f.code(),
    site_name: f.text(),
    kind: f.code(),
    object_key: f.text(),
    field: f.text({ optional: true }),
    value: f.json(),
    scope: f.text(),
    reason: f.text(),
    risk: f.text(),
    owner: f.text(),
    compensating_control: f.text(),
    requested_by: f.text(),
    approved_by: f.text({ optional: true }),
    expires_on: f.date(),
    days_left: f.integer(),
    renews: f.code({ optional: true }),
    version: f.integer(),
  },
  build: ({ site, all }, { companyId, today }) => sql`
    select d.id, d.number, d.state, case when d.state <> 'approved' then d.state when d.expires_on < ${today}::date then 'expired'
             when d.expires_on <= ${today}::date + 30 then 'soon' else 'valid' end as standing,
           s.code as site, s.name as site_name, d.kind, d.object_key, d.field, d.value, d.scope, d.reason, d.risk, d.owner, d.compensating_control,
           coalesce(r.name, '') as requested_by, a.name as approved_by, d.expires_on, d.expires_on - ${today}::date as days_left, o.number as renews, d.version
      from rollout.deviation d join rollout.site s on s.company_id = d.company_id and s.id = d.site_id
      left join access.account r on r.id = d.requested_by left join access.account a on a.id = d.approved_by
      left join rollout.deviation o on o.company_id = d.company_id and o.id = d.renews
     where d.company_id = ${companyId} and (${site ?? null}::text is null or s.code = ${site ?? null}::text) and (${all ?? false}::boolean or d.state in ('requested', 'approved'))
     order by case when d.state = 'approved' and d.expires_on < ${today}::date then 0 when d.state = 'requested' then 1 when d.state = 'approved' then 2 else 3 end, d.expires_on, d.number
     limit 1000`,
})
