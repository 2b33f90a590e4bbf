// Making a plan: it is computed, kept whole with its hash, and names the plan that it builds upon.
import { createHash } from 'node:crypto'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import type { Tools } from '../tools.ts'
import { computePlan, readSite, type SiteRow } from './compute.ts'
import { planText } from './plan.ts'
import { plan } from './plan-document.ts'
import type { Plan } from './plan-types.ts'

/** SHA-256 over everything by which a plan differs from another: its site, its parent, its release and its steps. */
export const hashOfPlan = (made: Plan, site: SiteRow): Buffer =>
  createHash('sha256')
    .update(planText(made, { site: site.id, release: site.hash, parent: site.plan_id }), 'utf8')
    .digest()

const Summary = T.object({
  steps: T.integer(0, 10_000_000),
  deferred: T.integer(0, 10_000_000),
  drift: T.integer(0, 10_000_000),
  complete: T.boolean(),
  applyable: T.boolean(),
  hash: T.text(),
})

/**
 * Makes a plan of a site. `revert` names drift to take back, 'KIND KEY' each, or is 'all'. Answers how many steps it has
 * and what it leaves. Refuses SITE_NOT_HERE, PLAN_ONE_AT_A_TIME, and DRIFT_UNKNOWN when a name of `revert` has not drifted.
 */
export const make = (tools: Tools) =>
  creation(
    plan.verbs.make,
    T.object({
      id: T.optional(T.id()),
      site: T.idOf('rollout.site'),
      revert: T.optional(T.list(T.text(400), 10_000)),
      revertAll: T.optional(T.boolean()),
    }),
    async (call) => {
      const [input, another] = call.input
      if (!input || another) return refuse('PLAN_ONE_AT_A_TIME', {})
      const { tx, companyId, today } = call
      const site = await readSite(tx, companyId, input.site)
      const asked = { companyId, site, today }
      const revert = await reverted(input, async () => (await computePlan(tx, tools, asked)).plan)
      const { plan: made, desired } = await computePlan(tx, tools, { ...asked, revert })
      const hash = hashOfPlan(made, site)
      const steps = made.items.filter((one) => one.change !== 'deferred').length
      await tx.run(sql`insert into rollout.plan (company_id, id, number, state, site_id, release_id, parent_id, kind, reverts, desired, items, drift, kept, steps,
          governed, on_template, complete, applyable, hash, made_by, created_at, updated_at)
        values (${companyId}, ${call.ids[0]}, ${call.numbers[0]}, 'made', ${site.id}, ${site.release_id}, ${site.plan_id}, ${revert.size > 0 ? 'revert' : 'follow'},
            ${JSON.stringify([...revert].sort())}::jsonb,
          ${JSON.stringify(desired)}::jsonb, ${JSON.stringify(made.items)}::jsonb, ${JSON.stringify(made.drift)}::jsonb, ${JSON.stringify(made.kept)}::jsonb,
          ${steps}, ${made.governed}, ${made.onTemplate}, ${made.complete}, ${made.applyable}, ${hash}, ${call.actor}, ${call.now}, ${call.now})`)
      const deferred = made.items.length - steps
      const result = {
        steps,
        deferred,
        drift: made.drift.length,
        complete: made.complete,
        applyable: made.applyable,
        hash: hash.toString('hex'),
      }
      return { changes: new Map([[call.ids[0] ?? '', result]]), result }
    },
    Summary,
  )

type Reverting = { revert?: readonly string[]; revertAll?: boolean }

/** The names of drift to take back, each of which must have drifted. */
async function reverted({ revert, revertAll }: Reverting, current: () => Promise<Plan>): Promise<ReadonlySet<string>> {
  if (!revertAll && (revert ?? []).length === 0) return new Set()
  const drifted = new Set((await current()).drift.map((one) => `${one.kind} ${one.key}`))
  if (revertAll) return drifted
  const missing = (revert ?? []).find((one) => !drifted.has(one))
  if (missing) refuse('DRIFT_UNKNOWN', { name: missing })
  return new Set(revert)
}
