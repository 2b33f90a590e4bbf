// What of extensions a gate reads: those that are live although their last day is gone.
import { sql } from '#kernel/db'
import { type Measure, measured } from '../gate/measure.ts'

const overdue = measured(
  {
    id: 'extensions-overdue',
    title: 'Extensions that are live although their last day is gone',
    unit: 'count',
    better: 'down',
  },
  ({
    companyId,
    siteId,
    today,
  }) => sql`select (count(*) filter (where x.retires_on < ${today}::date))::text as value, jsonb_build_object('live', count(*)::text) as numbers,
      coalesce(jsonb_agg(x.code order by x.code) filter (where x.retires_on < ${today}::date), '[]') as records
    from rollout.extension x where x.company_id = ${companyId} and x.state = 'live' and (${siteId}::uuid is null or x.site_id is null or x.site_id = ${siteId}::uuid)`,
)

export const OF_EXTENSIONS: readonly Measure[] = [overdue]
