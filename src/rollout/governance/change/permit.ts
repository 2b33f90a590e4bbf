// What may change at a live site: a plan goes through when each matter that it touches has an approved change request that names it.
import type { Call } from '#kernel/command'
import { sql, type Tx } from '#kernel/db'
import { audit } from '#kernel/record'
import { policy } from '../policy.ts'
import { refuse } from '../refusals.ts'
import { changeRequest } from './change-request.ts'
import { checkReleasable, type Planned } from './release.ts'

/** Stages in which a site does its business on the system, so that its configuration changes by change requests only. */
export const LIVE: readonly string[] = ['hypercare', 'settling', 'stable']

/** What a change is about, and its area where a family of seats decides. */
export type Matter = { readonly matter: string; readonly area: string | null }

type Step = { readonly kind: string; readonly change: string }

/** The matters that steps touch, each once, by the kinds of what they change; what is deferred changes nothing. */
export function mattersOf(steps: readonly Step[]): readonly Matter[] {
  const rights = policy()['change-rights']
  const found = new Map<string, Matter>()
  for (const { kind } of steps.filter((one) => one.change !== 'deferred')) {
    const right = rights.find((one) => one.kinds.includes(kind)) ?? rights.find((one) => one.kinds.includes('*'))
    const matter = { matter: right?.matter ?? 'template-change', area: right?.area ?? null }
    found.set(told(matter), matter)
  }
  return [...found.values()]
}

const told = ({ matter, area }: Matter): string => (area === null ? matter : `${matter} of ${area}`)

/** The plan that a change request names, and its site. Refuses CHANGE_PLAN_UNKNOWN, and CHANGE_MATTER when it is about something else. */
export async function namedPlan(
  tx: Tx,
  companyId: number,
  ref: string,
  { class: wanted, matter, area }: { class: string; matter: string; area?: string | undefined },
): Promise<{ id: string; site_id: string }> {
  const plan = await tx.first(
    sql<{
      id: string
      number: string
      site_id: string
      items: readonly Step[]
    }>`select id, number, site_id, items from rollout.plan
      where company_id = ${companyId} and (number = ${ref} or id::text = ${ref}) and state in ('made', 'approved')`,
  )
  if (!plan) return refuse('CHANGE_PLAN_UNKNOWN', { plan: ref })
  const about = mattersOf(plan.items)
  const own = { matter, area: area ?? null }
  if (wanted === 'normal' && !about.some((one) => told(one) === told(own)))
    refuse('CHANGE_MATTER', { plan: plan.number, matter: told(own), matters: about.map(told).join(', ') || 'nothing' })
  return plan
}

type Request = Planned & Matter & { id: string; state: string }

/**
 * A normal change covers its own matter. A major one, which the steering committee approves, and an emergency cover the
 * whole plan; a standard one covers only taking drift back to what was agreed, because that follows a written way.
 */
const covers = (request: Request, matter: Matter, kind: string): boolean =>
  request.class === 'major' ||
  request.class === 'emergency' ||
  (request.class === 'standard' && kind === 'revert') ||
  (request.class === 'normal' && told(request) === told(matter))

type Plan = {
  readonly id: string
  readonly number: string
  readonly kind: string
  readonly cleared: boolean
  readonly items: readonly Step[]
}

/**
 * Lets a plan through at a live site, and releases the change requests that name it. Refuses CHANGE_NEEDED when a matter
 * has none, CHANGE_LACKS and CHANGE_OUTSIDE_WINDOW when one of them may not be released now.
 */
export async function permitChange(
  { tx, context, companyId, now }: Pick<Call<unknown>, 'tx' | 'context' | 'companyId' | 'now'>,
  plan: Plan,
  site: { readonly code: string; readonly stage: string },
): Promise<void> {
  const about = mattersOf(plan.items)
  if (!LIVE.includes(site.stage) || about.length === 0 || plan.cleared) return
  const requests =
    await tx.rows(sql<Request>`select c.id, c.number, c.state, c.class, c.matter, c.area, c.test_evidence, c.window_from, c.window_until, c.back_out
      from rollout.change_request c where c.company_id = ${companyId} and c.plan_id = ${plan.id} and c.state in ('approved', 'released') order by c.number for update`)
  const lacking = about.filter((one) => !requests.some((each) => covers(each, one, plan.kind)))
  if (lacking.length > 0)
    refuse('CHANGE_NEEDED', {
      ...{ site: site.code, stage: site.stage, plan: plan.number, matters: lacking.map(told).join(', ') },
    })
  const open = requests.filter((one) => one.state === 'approved')
  for (const one of open) checkReleasable(one, now)
  await tx.run(
    sql`update rollout.change_request set released_at = ${now} where company_id = ${companyId} and id = any(${open.map((one) => one.id)}::uuid[])`,
  )
  await audit(
    tx,
    context,
    changeRequest.verbs.release,
    open.map(({ id }) => ({ id, from: 'approved', to: 'released', changes: { plan: plan.number }, input: undefined })),
  )
}
