// Judging: from values and thresholds to a verdict, by nothing else, so that anybody finds the same from what a run keeps.
import { createHash } from 'node:crypto'
import { compareDecimals } from '#kernel/decimal'
import { canonical } from '../configuration/object.ts'
import type { Found, Unit } from './measure.ts'

/** 'at-least': green when the value is the threshold or more; 'at-most': when it is the threshold or less. */
export type Compare = 'at-least' | 'at-most'
export type Verdict = 'green' | 'red'

/** What a criterion was judged by. `accepted` are decisions of the seat that may accept less than the threshold. */
export type Judged = {
  readonly id: string
  readonly title: string
  readonly unit: Unit
  readonly compare: Compare
  readonly threshold: string
  readonly critical: boolean
  readonly value: string | null
  readonly evidence: Pick<Found, 'numbers' | 'records'> & { readonly accepted: readonly string[] }
  readonly verdict: Verdict
  /** SHA-256 over everything above, hexadecimal. */
  readonly hash: string
}

/** What is nowhere recorded is red, whatever the threshold. */
export function verdictOf(one: Pick<Judged, 'value' | 'threshold' | 'compare' | 'evidence'>): Verdict {
  if (one.evidence.accepted.length > 0) return 'green'
  if (one.value === null) return 'red'
  const order = compareDecimals(one.value, one.threshold)
  return (one.compare === 'at-least' ? order >= 0 : order <= 0) ? 'green' : 'red'
}

/** SHA-256 over a value's JSON with its members in order, hexadecimal. */
export const hashOf = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex')

type Unjudged = Omit<Judged, 'verdict' | 'hash'>

/** Adds the verdict, and the hash over all of it. */
export function judge(one: Unjudged): Judged {
  const judged = { ...one, verdict: verdictOf(one) }
  return { ...judged, hash: hashOf(judged) }
}

/** A gate is passed when no critical criterion is red. */
export const gateVerdict = (criteria: readonly Pick<Judged, 'critical' | 'verdict'>[]): 'passed' | 'refused' =>
  criteria.length > 0 && criteria.every((one) => one.verdict === 'green' || !one.critical) ? 'passed' : 'refused'

export type Stored = {
  readonly gate: string
  readonly criteria: readonly Judged[]
  readonly verdict: string
  readonly hash: string
  readonly policy: string
}

/** The hash of a run: over the gate, the fingerprint of the governance file, and the hashes of its criteria. */
export const runHash = (run: Pick<Stored, 'gate' | 'criteria' | 'policy'>): string =>
  hashOf({ gate: run.gate, policy: run.policy, criteria: run.criteria.map((one) => one.hash) })

/** Judges a stored run again from what it keeps. Empty: it comes to the same; else what does not, in words. */
export function recheck(run: Stored): readonly string[] {
  if (!Array.isArray(run.criteria)) return ['it has no criteria']
  const problems = run.criteria.flatMap(({ hash, verdict, ...one }) => {
    const again = judge(one)
    return [
      ...(again.verdict === verdict ? [] : [`${one.id} is ${again.verdict} and not ${verdict}`]),
      ...(again.hash === hash ? [] : [`${one.id} is not what was hashed`]),
    ]
  })
  const whole = gateVerdict(run.criteria)
  if (whole !== run.verdict) problems.push(`the whole is ${whole} and not ${run.verdict}`)
  if (runHash(run) !== run.hash) problems.push('the run is not what was hashed')
  return problems
}
