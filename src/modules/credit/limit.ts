// What a new limit must satisfy, for an account and for a group: dates, the right of the person, and who must agree.
import type { Static } from '@sinclair/typebox'
import { isApproved, requestApproval, stepsFor, voidApprovals } from '#kernel/approvals'
import type { Call, Row } from '#kernel/command'
import { grantsFor } from '#kernel/context'
import { compareDecimals } from '#kernel/decimal'
import type { Verb } from '#kernel/document'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { refuse } from './refusals.ts'

const KIND = 'credit-limit'

/** A new limit, in the account's currency: from now on; or from a day, until a day (both included) when they are given. */
export const LimitInput = T.object({
  limit: T.money(),
  from: T.optional(T.date()),
  until: T.optional(T.date()),
})
export type NewLimit = Static<typeof LimitInput>

type LimitCall = Pick<Call<NewLimit>, 'tx' | 'context' | 'companyId' | 'rows' | 'ids' | 'today' | 'input' | 'reason'>

/** Refuses dates that are past or turned around, and a limit above what the person's grants allow. */
export function checkLimit({ context, companyId, today, input }: LimitCall, verb: Verb): void {
  const { limit, from = today, until } = input
  if (from < today || (until !== undefined && until < from))
    refuse('CREDIT_LIMIT_DATES', { from, until: until ?? 'further notice' })
  const grants = grantsFor(context.principal, verb.may, companyId)
  const most = grants.some((grant) => grant.upTo === null)
    ? null
    : grants
        .map((grant) => grant.upTo ?? '0')
        .sort(compareDecimals)
        .at(-1)
  if (most !== null && most !== undefined && compareDecimals(limit, most) > 0) {
    refuseKernel('ABOVE_YOUR_LIMIT', {
      document: verb.document.label,
      number: 'given',
      amount: limit,
      limit: most,
      verb: verb.verb,
    })
  }
}

/**
 * Refuses APPROVAL_NEEDED for a raise to which the matrix (kind credit-limit, by the new limit) wants somebody's consent
 * that is not given, for exactly this change. Lowering needs none. The program itself, which loads and migrates, asks nobody.
 */
export async function requireConsent(
  { tx, context, companyId, rows, ids, input }: LimitCall,
  label: string,
): Promise<void> {
  const steps = context.principal.kind === 'system' ? [] : await stepsFor(tx, companyId, KIND, input.limit)
  for (const row of steps.length === 0 ? [] : rows) {
    if (!isRaise(row, input)) continue
    if (!(await isApproved(tx, context, KIND, row.id, fingerprint(row, input)))) {
      refuseKernel('APPROVAL_NEEDED', { document: label, number: row.number, kind: KIND, id: row.id })
    }
  }
  // A consent is good for one change, and no consent outlives another change of the limit.
  await voidApprovals(tx, context, ids, KIND)
}

/** Asks those whom the matrix names. Refuses CREDIT_LIMIT_FREE when nobody needs to be asked. */
export async function askConsent(
  { tx, context, companyId, rows, input, reason }: LimitCall,
  document: string,
): Promise<void> {
  const steps = await stepsFor(tx, companyId, KIND, input.limit)
  for (const row of rows) {
    if (steps.length === 0 || !isRaise(row, input))
      refuse('CREDIT_LIMIT_FREE', { limit: input.limit, account: row.number })
    await requestApproval(tx, context, {
      kind: KIND,
      document,
      documentId: row.id,
      fingerprint: fingerprint(row, input),
      amount: input.limit,
      detail: {
        account: row.number,
        limit: row.amount,
        wanted: input.limit,
        from: input.from,
        until: input.until,
        reason,
      },
    })
  }
}

const isRaise = (row: Row, input: NewLimit) => compareDecimals(input.limit, row.amount ?? '0') > 0

/** What exactly was agreed to: from which limit to which, and when. */
const fingerprint = (row: Row, { limit, from, until }: NewLimit) =>
  [row.amount, limit, from ?? '', until ?? ''].join('|')
