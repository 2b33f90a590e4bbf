// Answering requirements: by which road each is met, on which evidence; what differs from the template becomes a deviation in the same step.
import { Type } from '@sinclair/typebox'
import { type Call, type Command, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { audit } from '#kernel/record'
import { T } from '#kernel/schema'
import { deviation } from '../../deviation/deviation.ts'
import { asked, grounds, insertDeviation } from '../../deviation/request.ts'
import type { Capability } from '../capability.ts'
import { throughLock } from '../lock.ts'
import { refuse } from '../refusals.ts'
import { knownCapability } from './raise.ts'
import { ANSWERS, CAUSES, IMPACTS, requirement } from './requirement.ts'

const proof = Type.String({ minLength: 10, maxLength: 2000 })
const tried = T.object({ standard: T.optional(proof), configuration: T.optional(proof), process: T.optional(proof) })
const deviating = T.object({ ...asked, ...grounds })

/** Value and repeatability from 1 to 5, effort in person days; `decision` is the number of one that was taken. */
export const ClassifyInput = T.object({
  answer: T.choice(ANSWERS),
  evidence: Type.String({ minLength: 3, maxLength: 2000, pattern: '\\S' }),
  cause: T.optional(T.choice(CAUSES)),
  capability: T.optional(T.text(120)),
  scenario: T.optional(T.text(60)),
  businessValue: T.optional(T.integer(1, 5)),
  effort: T.optional(T.quantity()),
  controlImpact: T.optional(T.choice(IMPACTS)),
  repeatability: T.optional(T.integer(1, 5)),
  tried: T.optional(tried),
  decision: T.optional(T.ref('rollout.decision')),
  deviation: T.optional(deviating),
  changeRequest: T.optional(T.ref('rollout.change-request')),
})
type Input = typeof ClassifyInput.static

const ROADS = [
  ['standard', 'the standard'],
  ['configuration', 'configuration'],
  ['process', 'another way of working'],
] as const

type Row = { id: string; number: string; site_id: string; capability: string | null }

/** Refuses what an answer lacks: CUSTOMISE_UNPROVEN, CUSTOMISE_UNDECIDED, CAPABILITY_NEEDED, DEVIATION_WITHOUT_CONFIGURE. Gives the decision's id. */
async function checkAnswer({ tx, companyId, today }: Call<unknown>, input: Input, row: Row): Promise<string | null> {
  if (input.deviation && input.answer !== 'configure') refuse('DEVIATION_WITHOUT_CONFIGURE')
  if ((input.answer === 'adopt' || input.answer === 'configure') && !(input.capability ?? row.capability))
    refuse('CAPABILITY_NEEDED', { number: row.number })
  const decided =
    input.decision === undefined
      ? undefined
      : await tx.first(sql<{ id: string; kind: string }>`select id, kind from rollout.decision
    where company_id = ${companyId} and (number = ${input.decision} or id::text = ${input.decision}) and state = 'decided' and (expires_on is null or expires_on >= ${today}::date)`)
  if (input.answer === 'customise') {
    const lacking = ROADS.filter(([road]) => !input.tried?.[road]).map(([, word]) => word)
    if (lacking.length > 0) refuse('CUSTOMISE_UNPROVEN', { number: row.number, lacking: lacking.join(' and ') })
    if (decided?.kind !== 'customisation') refuse('CUSTOMISE_UNDECIDED', { number: row.number })
  }
  return decided?.id ?? null
}

/** Asks for the deviation that an answer needs, as if somebody had asked for it by itself; gives its id. */
async function deviate(call: Call<unknown>, siteId: string, one: NonNullable<Input['deviation']>): Promise<string> {
  const id = newId()
  const [number = ''] = await call.kernel.numbers.take(call.context, deviation.number ?? '', 1)
  await insertDeviation(call, { ...one, id, number, siteId, field: one.field ?? null, renews: null })
  await audit(call.tx, call.context, deviation.verbs.request, [
    { id, from: null, to: 'requested', changes: undefined, input: one },
  ])
  return id
}

export const classifying = (capabilities: readonly Capability[]): Command =>
  command(requirement.verbs.classify, ClassifyInput, async (call) => {
    const { tx, companyId, set, input, actor } = call
    const rows = await tx.rows(
      sql<Row>`select r.id, r.number, r.site_id, r.capability from rollout.requirement r join ${set} s on s.id = r.id where r.company_id = ${companyId} order by r.number`,
    )
    if (input.capability !== undefined) knownCapability(capabilities, input.capability)
    const change = await throughLock(tx, companyId, [...new Set(rows.map((one) => one.site_id))], input.changeRequest)
    for (const row of rows) {
      const decision = await checkAnswer(call, input, row)
      const deviating = input.deviation ? await deviate(call, row.site_id, input.deviation) : null
      await tx.run(sql`update rollout.requirement r set state = 'classified', answer = ${input.answer}, evidence = ${input.evidence}, cause = ${input.cause ?? null},
          capability = coalesce(${input.capability ?? null}, r.capability), scenario = coalesce(${input.scenario ?? null}, r.scenario),
          business_value = coalesce(${input.businessValue ?? null}::int, r.business_value), effort = coalesce(${input.effort ?? null}::numeric, r.effort),
          control_impact = coalesce(${input.controlImpact ?? null}, r.control_impact), repeatability = coalesce(${input.repeatability ?? null}::int, r.repeatability),
          tried = ${input.tried ? JSON.stringify(input.tried) : null}::jsonb, decided_by = ${actor}, decision_id = ${decision}, deviation_id = ${deviating}, taken_over_from = null,
          change_request_id = coalesce(${change}::uuid, r.change_request_id), in_baseline = r.in_baseline or ${change !== null}::boolean
        where r.company_id = ${companyId} and r.id = ${row.id}`)
    }
  })
