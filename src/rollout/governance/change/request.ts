// Asking for a change: what, why, at what cost and risk, and in which class.
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { BY_MATTER, policy, rightFor, type SeatRule, seatFor } from '../policy.ts'
import { refuse } from '../refusals.ts'
import { sitesOf } from '../site.ts'
import { changeRequest } from './change-request.ts'
import { namedPlan } from './permit.ts'
import { checkWindow, planned } from './plan.ts'

/** The seat that approves a change of a class on a matter. Refuses CHANGE_CLASS_UNKNOWN, DECISION_UNKNOWN and AREA_NEEDED. */
export function approverOf(asked: { class: string; matter: string; area?: string | undefined }): SeatRule {
  const classes = policy()['change-classes']
  const found = classes.find((one) => one.class === asked.class)
  if (!found)
    return refuse('CHANGE_CLASS_UNKNOWN', { class: asked.class, known: classes.map((one) => one.class).join(', ') })
  const right = rightFor(asked.matter)
  return found.decides === BY_MATTER ? seatFor(right.decides, asked.area) : seatFor(found.decides, asked.area)
}

/** `plan` is the plan of a live site that the change is, and its site counts; `matter` is one of the decision rights; `cost` in the company's currency, `days` by which the date moves. */
export const RequestInput = T.object({
  id: T.optional(T.id()),
  site: T.optional(T.ref('rollout.site')),
  plan: T.optional(T.ref('rollout.plan')),
  class: T.code(),
  matter: T.code(),
  area: T.optional(T.code()),
  title: T.text(160),
  description: T.text(4000),
  impact: T.text(2000),
  risk: T.text(1000),
  cost: T.optional(T.money()),
  days: T.optional(T.integer(-365, 3650)),
  changesTemplate: T.optional(T.boolean()),
  ...planned,
})

export const request = creation(changeRequest.verbs.request, RequestInput, async (call) => {
  const { tx, companyId, ids, input, numbers, now, actor } = call
  const sites = await sitesOf(
    tx,
    companyId,
    input.map((one) => one.site),
  )
  for (const [at, one] of input.entries()) {
    approverOf(one)
    checkWindow(one)
    const planned = one.plan === undefined ? null : await namedPlan(tx, companyId, one.plan, one)
    if (planned && sites[at] && sites[at].id !== planned.site_id)
      refuse('CHANGE_PLAN_ELSEWHERE', { plan: one.plan ?? '' })
    await tx.run(sql`insert into rollout.change_request (company_id, id, number, state, site_id, plan_id, class, matter, area, title, description, impact, risk, cost, days,
        changes_template, test_evidence, window_from, window_until, back_out, requested_by, created_at, updated_at)
      values (${companyId}, ${ids[at]}, ${numbers[at]}, 'requested', ${sites[at]?.id ?? planned?.site_id ?? null}, ${planned?.id ?? null}, ${one.class}, ${one.matter}, ${one.area ?? null}, ${one.title},
        ${one.description}, ${one.impact}, ${one.risk}, ${one.cost ?? '0'}, ${one.days ?? 0}, ${one.changesTemplate ?? false}, ${one.testEvidence ?? null},
        ${one.windowFrom ?? null}, ${one.windowUntil ?? null}, ${one.backOut ?? null}, ${actor}, ${now}, ${now})`)
  }
})
