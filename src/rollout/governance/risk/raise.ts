// Putting a risk on the register, with or without a figure that calls it.
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { METRICS, type Metric, metricOf } from '../../gate/metrics.ts'
import { seatRule } from '../policy.ts'
import { refuse } from '../refusals.ts'
import { sitesOf } from '../site.ts'
import { risk } from './risk.ts'

/** Probability and impact from 1 to 5; `seat` answers for it; beyond `trigger` the metric calls the risk. */
export const RaiseInput = T.object({
  id: T.optional(T.id()),
  site: T.optional(T.ref('rollout.site')),
  title: T.text(160),
  seat: T.code(),
  probability: T.integer(1, 5),
  impact: T.integer(1, 5),
  response: T.text(1000),
  metric: T.optional(T.code()),
  trigger: T.optional(T.signedQuantity()),
})

/** The metric of that name. Refuses RISK_METRIC_UNKNOWN. */
export const knownMetric = (id: string): Metric =>
  metricOf(id) ?? refuse('RISK_METRIC_UNKNOWN', { metric: id, known: METRICS.map((one) => one.id).join(', ') })

export const raise = creation(risk.verbs.raise, RaiseInput, async ({ tx, companyId, ids, input, numbers, now }) => {
  const sites = await sitesOf(
    tx,
    companyId,
    input.map((one) => one.site),
  )
  for (const [at, one] of input.entries()) {
    seatRule(one.seat)
    if ((one.metric === undefined) !== (one.trigger === undefined)) refuse('RISK_TRIGGER')
    if (one.metric !== undefined) knownMetric(one.metric)
    await tx.run(sql`insert into rollout.risk (company_id, id, number, state, site_id, title, seat, probability, impact, response, metric, trigger_at, created_at, updated_at)
      values (${companyId}, ${ids[at]}, ${numbers[at]}, 'open', ${sites[at]?.id ?? null}, ${one.title}, ${one.seat}, ${one.probability}, ${one.impact}, ${one.response},
        ${one.metric ?? null}, ${one.trigger ?? null}, ${now}, ${now})`)
  }
})
