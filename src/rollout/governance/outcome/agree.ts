// Agreeing on outcomes, moving a target with its reason, and concluding one with what was reached.
import { type Command, command, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { compareDecimals } from '#kernel/decimal'
import { T } from '#kernel/schema'
import type { Figures } from '../../pilot/figures.ts'
import { seatRule } from '../policy.ts'
import { refuse } from '../refusals.ts'
import { sits } from '../seat/sits.ts'
import { sitesOf } from '../site.ts'
import { actualOf } from './actual.ts'
import { KINDS, outcome } from './outcome.ts'

/** `measure` is 'kpi:' with the name of a published key figure, or a measure of the rollout; without `baseline` it is what that says now. */
export const AgreeInput = T.object({
  id: T.optional(T.id()),
  site: T.optional(T.ref('rollout.site')),
  kind: T.choice(KINDS),
  title: T.text(160),
  seat: T.code(),
  measure: T.text(80),
  baseline: T.optional(T.signedQuantity()),
  target: T.signedQuantity(),
  dueOn: T.date(),
})

/** Refuses OUTCOME_MEASURE, OUTCOME_BASELINE when nothing is known now and none is given, OUTCOME_TARGET and OUTCOME_DUE. */
export const agreeing = (figures: Figures): Command =>
  creation(outcome.verbs.agree, AgreeInput, async ({ tx, companyId, ids, numbers, input, today, now }) => {
    const sites = await sitesOf(
      tx,
      companyId,
      input.map((one) => one.site),
    )
    for (const [at, one] of input.entries()) {
      seatRule(one.seat)
      const siteId = sites[at]?.id ?? null
      const measured = await actualOf(tx, figures, one.measure, { companyId, siteId, today, now })
      const baseline = one.baseline ?? measured.value ?? refuse('OUTCOME_BASELINE', { measure: one.measure })
      if (compareDecimals(baseline, one.target) === 0) refuse('OUTCOME_TARGET', { target: one.target })
      if (one.dueOn <= today) refuse('OUTCOME_DUE', { due: one.dueOn })
      await tx.run(sql`insert into rollout.outcome (company_id, id, number, state, site_id, kind, title, seat, measure, unit, baseline, target, agreed_on, due_on, created_at, updated_at)
        values (${companyId}, ${ids[at]}, ${numbers[at]}, 'agreed', ${siteId}, ${one.kind}, ${one.title}, ${one.seat}, ${one.measure}, ${measured.unit}, ${baseline}, ${one.target},
          ${today}, ${one.dueOn}, ${now}, ${now})`)
    }
  })

/** The baseline stays what it was; only where it should lead, and until when, is said anew. */
export const revise = command(
  outcome.verbs.revise,
  T.object({ target: T.optional(T.signedQuantity()), dueOn: T.optional(T.date()) }),
  async ({ tx, companyId, set, input, today }) => {
    if (input.dueOn !== undefined && input.dueOn <= today) refuse('OUTCOME_DUE', { due: input.dueOn })
    const same = await tx.first(sql`select 1 from rollout.outcome o join ${set} s on s.id = o.id
      where o.company_id = ${companyId} and o.baseline = ${input.target ?? null}::numeric`)
    if (same) refuse('OUTCOME_TARGET', { target: input.target ?? '' })
    await tx.run(sql`update rollout.outcome o set target = coalesce(${input.target ?? null}::numeric, o.target), due_on = coalesce(${input.dueOn ?? null}::date, o.due_on)
      from ${set} s where o.company_id = ${companyId} and o.id = s.id`)
  },
)

/** By the seat that answers for it; what was reached is read, and nobody types it in. */
export const concluding = (figures: Figures): Command =>
  command(
    outcome.verbs.conclude,
    T.object({ conclusion: T.text(4000) }),
    async ({ tx, context, companyId, set, input, today, now }) => {
      const rows = await tx.rows(
        sql<{
          id: string
          seat: string
          measure: string
          site_id: string | null
        }>`select o.id, o.seat, o.measure, o.site_id from rollout.outcome o join ${set} s on s.id = o.id where o.company_id = ${companyId}`,
      )
      for (const one of rows) {
        await sits(tx, context, seatRule(one.seat))
        const when = { companyId, siteId: one.site_id, today, now }
        const { value } = await actualOf(tx, figures, one.measure, when)
        await tx.run(sql`update rollout.outcome set reached = ${value}::numeric, conclusion = ${input.conclusion}
          where company_id = ${companyId} and id = ${one.id}`)
      }
    },
  )
