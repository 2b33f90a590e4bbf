// Putting the standard risks of a rollout on the register of a company, each with the figure that calls it.
import { creation } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { audit } from '#kernel/record'
import { T } from '#kernel/schema'
import { policy } from '../policy.ts'
import { refuse } from '../refusals.ts'
import { knownMetric } from './raise.ts'
import { risk } from './risk.ts'

const COLUMNS = {
  id: 'uuid',
  number: 'text',
  title: 'text',
  seat: 'text',
  probability: 'int',
  impact: 'int',
  response: 'text',
  metric: 'text',
  trigger: 'numeric',
} as const

/** Those that are there already stay as they are assessed. Refuses RISKS_SEEDED when all are. */
export const seed = creation(
  risk.verbs.seed,
  T.object({ id: T.optional(T.id()) }),
  async ({ tx, context, companyId, ids, now, input }) => {
    const there = await tx.rows(
      sql<{ number: string }>`select number from rollout.risk where company_id = ${companyId}`,
    )
    const known = new Set(there.map((one) => one.number))
    const missing = policy().risks.filter((one) => !known.has(one.risk))
    if (missing.length === 0 || ids.length > 1) refuse('RISKS_SEEDED')
    // The first has the id that the envelope knows and records; the others get their own, and their own line in the history.
    const rows = missing.map((one, at) => ({
      ...one,
      number: one.risk,
      metric: knownMetric(one.metric).id,
      id: at === 0 ? (ids[0] ?? '') : newId(),
    }))
    await tx.run(sql`insert into rollout.risk (company_id, id, number, state, title, seat, probability, impact, response, metric, trigger_at, created_at, updated_at)
    select ${companyId}, r.id, r.number, 'open', r.title, r.seat, r.probability, r.impact, r.response, r.metric, r.trigger, ${now}, ${now}
      from ${relation(COLUMNS, rows)} r`)
    await audit(
      tx,
      context,
      risk.verbs.seed,
      rows.slice(1).map((one) => ({ id: one.id, from: null, to: 'open', changes: undefined, input: input[0] })),
    )
  },
)
