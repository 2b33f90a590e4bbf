// The criteria of gates by name: each is a measure with its side; governance gives the threshold and says which gate asks for it.
import { sql, type Tx } from '#kernel/db'
import type { CriterionRule, Gate } from '../governance/policy.ts'
import { rightFor } from '../governance/policy.ts'
import { type Compare, type Judged, judge } from './judge.ts'
import type { Measure, Reach } from './measure.ts'
import { METRICS } from './metrics.ts'
import { refuse } from './refusals.ts'

export type Criterion = Pick<Measure, 'id' | 'title' | 'unit' | 'read'> & { readonly compare: Compare }

/** A named check: what it measures, in which unit, and on which side of the threshold it is green. */
export const criterion = (
  id: string,
  title: string,
  given: Pick<Criterion, 'unit' | 'compare'> & { value: Criterion['read'] },
): Criterion => ({
  id,
  title,
  unit: given.unit,
  compare: given.compare,
  read: given.value,
})

const ofMeasure = (one: Measure): Criterion =>
  criterion(one.id, one.title, {
    unit: one.unit,
    compare: one.better === 'up' ? 'at-least' : 'at-most',
    value: one.read,
  })

export type Criteria = ReadonlyMap<string, Criterion>

/** All criteria: the measures, and `more` that are no single statement. Throws when a name is there twice. */
export function criteriaOf(more: readonly Criterion[]): Criteria {
  const all = [...METRICS.map(ofMeasure), ...more]
  const byId = new Map(all.map((one) => [one.id, one]))
  if (byId.size !== all.length) throw new Error('two criteria have one name')
  return byId
}

/** Valid decisions of the right seat that accept less than a criterion asks for, at this site. */
async function acceptedBy(tx: Tx, reach: Reach, kind: string): Promise<readonly string[]> {
  const { decides } = rightFor(kind)
  const rows = await tx.rows(sql<{ number: string }>`select d.number from rollout.decision d
    where d.company_id = ${reach.companyId} and d.site_id = ${reach.siteId} and d.kind = ${kind} and d.state = 'decided' and d.seat = ${decides}
      and (d.expires_on is null or d.expires_on >= ${reach.today}::date) order by d.number`)
  return rows.map((one) => one.number)
}

/** Judges one criterion of a gate at a site. Refuses CRITERION_UNKNOWN. */
async function judgeOne(tx: Tx, criteria: Criteria, gate: Gate, rule: CriterionRule, reach: Reach): Promise<Judged> {
  const known =
    criteria.get(rule.criterion) ?? refuse('CRITERION_UNKNOWN', { gate: gate.gate, criterion: rule.criterion })
  const { value, numbers, records } = await known.read(tx, reach)
  return judge({
    id: known.id,
    title: known.title,
    unit: known.unit,
    compare: known.compare,
    threshold: rule.threshold,
    critical: rule.critical ?? true,
    value,
    evidence: { numbers, records, accepted: rule.unless === undefined ? [] : await acceptedBy(tx, reach, rule.unless) },
  })
}

/** Judges every criterion of a gate at a site, in their order. */
export async function judgeGate(tx: Tx, criteria: Criteria, gate: Gate, reach: Reach): Promise<readonly Judged[]> {
  const judged: Judged[] = []
  for (const rule of gate.criteria) judged.push(await judgeOne(tx, criteria, gate, rule, reach))
  return judged
}
