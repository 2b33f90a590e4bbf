// What a proposal of an extension must have in order, whether it is proposed or revised.
import type { Call } from '#kernel/command'
import { daysBetween } from '#kernel/dates'
import { sql } from '#kernel/db'
import { compareDecimals } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { personOf } from '../governance/seat/person.ts'
import { CATEGORIES } from './extension.ts'
import { refuse } from './refusals.ts'

/** Nobody foresees longer than five years; what is still right then is prolonged, or belongs into the product. */
export const LONGEST_DAYS = 1826

/** What is told of an extension. `businessOwner` is an e-mail address or id; `tests` name its scenarios and test files; `retiresOn` is its last day. */
export const told = {
  name: T.text(120),
  category: T.choice(CATEGORIES),
  businessOwner: T.ref('access.account'),
  justification: T.text(4000),
  requirement: T.optional(T.ref('rollout.requirement')),
  tests: T.list(T.text(200), 100, 0),
  upgradeImpact: T.text(2000),
  metric: T.text(120),
  baseline: T.signedQuantity(),
  target: T.signedQuantity(),
  retiresOn: T.date(),
}

/** Refuses EXTENSION_RETIRES unless the day is still to come, and not further away than anybody foresees. */
export function checkRetirement(day: string, today: string): void {
  if (day <= today || daysBetween(today, day) > LONGEST_DAYS)
    refuse('EXTENSION_RETIRES', { day, today, days: LONGEST_DAYS })
}

type Told = {
  readonly code: string
  readonly category: (typeof CATEGORIES)[number]
  readonly businessOwner: string
  readonly requirement?: string | undefined
  readonly metric: string
  readonly baseline: string
  readonly target: string
  readonly retiresOn: string
}

/**
 * Holds a proposal against the rules and finds who and what it names. Refuses EXTENSION_RETIRES, EXTENSION_VALUE,
 * PERSON_UNKNOWN, and EXTENSION_UNPROVEN: a customisation stands on a requirement that was answered so with its proof
 * (FIT-03), and a requirement that is named must have been answered with the same road.
 */
export async function checkProposal(
  { tx, companyId, today }: Pick<Call<unknown>, 'tx' | 'companyId' | 'today'>,
  one: Told,
  siteId: string | null,
): Promise<{ ownerId: string; requirementId: string | null }> {
  checkRetirement(one.retiresOn, today)
  if (compareDecimals(one.baseline, one.target) === 0) refuse('EXTENSION_VALUE', { code: one.code, metric: one.metric })
  const owner = await personOf(tx, one.businessOwner, today)
  if (one.requirement === undefined && one.category !== 'customise') return { ownerId: owner.id, requirementId: null }
  const found = await tx.first(sql<{ id: string }>`select id from rollout.requirement
    where company_id = ${companyId} and (number = ${one.requirement ?? ''} or id::text = ${one.requirement ?? ''}) and state = 'classified'
      and (answer = ${one.category} or (${one.category} = 'report' and answer = 'extend')) and (${siteId}::uuid is null or site_id = ${siteId}::uuid)`)
  return {
    ownerId: owner.id,
    requirementId: found?.id ?? refuse('EXTENSION_UNPROVEN', { code: one.code, category: one.category }),
  }
}
