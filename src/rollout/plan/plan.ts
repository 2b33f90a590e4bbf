// What must change at a site so that it is what the template says, and what stands there for another reason: a pure function.
import { byName, canonical, type LiveObject, nameOf, same, type Value } from '../configuration/object.ts'
import { mayHave, type TemplateObject } from '../template/template-object.ts'
import type { Deviation, Drift, FieldChange, Item, Kept, Plan, PlanInput } from './plan-types.ts'

type Found = { readonly desired?: TemplateObject; readonly base?: TemplateObject; readonly live?: LiveObject }
type Part = { items: Item[]; drift: Drift[]; kept: Kept[]; governed: number; onTemplate: number }
type Facts = {
  readonly input: PlanInput
  readonly valid: ReadonlyMap<string, Deviation>
  readonly expired: ReadonlyMap<string, Deviation>
}

const LOCAL = 'the template lets a site choose'
const waiverName = (one: { kind: string; key: string; field: string | null }): string =>
  `${nameOf(one)} ${one.field ?? ''}`

/**
 * The plan of a site. Three versions meet, field by field: what the template gave last (`base`), what it says now
 * (`desired`), and what stands there (`live`). What only the template moved is followed; what only the site moved is
 * drift, unless it may choose or a deviation that has not run out says so; what both moved is a conflict. Names in
 * `revert` follow the template whatever the site did.
 */
export function planOf(input: PlanInput): Plan {
  const desired = byName(input.desired)
  const base = byName(input.base ?? [])
  const live = byName(input.live)
  const facts = factsOf(input)
  const part: Part = { items: [], drift: [], kept: [], governed: 0, onTemplate: 0 }
  for (const name of [...new Set([...desired.keys(), ...base.keys(), ...live.keys()])].sort()) {
    const found: Found = {
      ...optional('desired', desired.get(name)),
      ...optional('base', base.get(name)),
      ...optional('live', live.get(name)),
    }
    if (found.desired && found.live) compareBoth(facts, part, found.desired, found.live, found.base)
    else if (found.desired) missing(facts, part, found.desired, found.base)
    else if (found.live) surplus(facts, part, found.live, found.base)
  }
  const deferred = part.items.some((one) => one.change === 'deferred')
  return {
    ...part,
    complete: !deferred && part.drift.length === 0,
    applyable: !part.drift.some((one) => one.conflict),
  }
}

const optional = <K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } =>
  value === undefined ? {} : ({ [name]: value } as { [P in K]?: T })

function factsOf(input: PlanInput): Facts {
  const valid = new Map<string, Deviation>()
  const expired = new Map<string, Deviation>()
  for (const one of input.deviations) (one.expiresOn >= input.today ? valid : expired).set(waiverName(one), one)
  return { input, valid, expired }
}

/** The template has it and the site does not. */
function missing(
  { input, valid, expired }: Facts,
  part: Part,
  desired: TemplateObject,
  base: TemplateObject | undefined,
): void {
  part.governed += 1
  const waiver = valid.get(waiverName({ ...desired, field: null }))
  if (waiver) {
    part.kept.push({ ...at(desired, null), value: null, by: waiver.number })
  } else if (!base || input.revert.has(nameOf(desired))) {
    const reason = base ? 'brought back: the site ended it outside of a plan' : desired.reason || 'new in the template'
    part.items.push({ ...item(desired, 'create', desired), reason })
  } else if (desired.control !== 'local-choice') {
    const ranOut = expired.get(waiverName({ ...desired, field: null }))
    part.drift.push({
      ...at(desired, null),
      what: 'missing',
      template: desired.fields,
      live: null,
      owner: desired.owner,
      conflict: false,
      expired: ranOut?.number ?? null,
    })
  } else {
    part.kept.push({ ...at(desired, null), value: null, by: LOCAL })
  }
}

/** The site has it and the template does not. */
function surplus(
  { input, valid, expired }: Facts,
  part: Part,
  live: LiveObject,
  base: TemplateObject | undefined,
): void {
  const waiver = valid.get(waiverName({ ...live, field: null }))
  if (waiver) {
    part.kept.push({ ...at(live, null), value: live.fields, by: waiver.number })
    return
  }
  const owner = base?.owner ?? ''
  const taken = base !== undefined || input.revert.has(nameOf(live))
  if (!taken) {
    if (input.open.includes(live.kind)) return
    const ranOut = expired.get(waiverName({ ...live, field: null }))
    part.drift.push({
      ...at(live, null),
      what: 'added',
      template: null,
      live: live.fields,
      owner,
      conflict: false,
      expired: ranOut?.number ?? null,
    })
    return
  }
  const used = input.inUse.find((one) => one.kind === live.kind && one.keys.has(live.key))
  const reason = base ? 'no longer in the template' : 'taken back: the site added it outside of a plan'
  part.items.push({
    ...item(live, used ? 'deferred' : 'end', live),
    owner,
    reason: used ? `${reason}, but ${used.because}` : reason,
  })
}

const at = (one: { kind: string; key: string }, field: string | null) => ({ kind: one.kind, key: one.key, field })

const item = (one: LiveObject & { owner?: string }, change: Item['change'], object: LiveObject) => ({
  kind: one.kind,
  key: one.key,
  change,
  fields: [],
  object: { kind: object.kind, key: object.key, fields: object.fields },
  owner: one.owner ?? '',
})

type Compared = {
  readonly facts: Facts
  readonly desired: TemplateObject
  readonly live: LiveObject
  readonly base: TemplateObject | undefined
}
type Verdict =
  | { readonly same: true }
  | { readonly change: FieldChange; readonly reason: string }
  | { readonly kept: Kept }
  | { readonly drift: Drift }

/** Both have it: field by field. */
function compareBoth(
  facts: Facts,
  part: Part,
  desired: TemplateObject,
  live: LiveObject,
  base: TemplateObject | undefined,
): void {
  const changes: FieldChange[] = []
  const reasons = new Set<string>()
  for (const field of Object.keys(desired.fields).sort()) {
    part.governed += 1
    const verdict = judge({ facts, desired, live, base }, field)
    if ('same' in verdict) part.onTemplate += 1
    else if ('kept' in verdict) part.kept.push(verdict.kept)
    else if ('drift' in verdict) part.drift.push(verdict.drift)
    else {
      changes.push(verdict.change)
      reasons.add(verdict.reason)
    }
  }
  if (changes.length === 0) return
  const touched = new Set(changes.map((one) => one.field))
  const used = facts.input.inUse.find(
    (one) => one.kind === live.kind && one.keys.has(live.key) && one.fields.some((field) => touched.has(field)),
  )
  const after = {
    ...live,
    fields: { ...live.fields, ...Object.fromEntries(changes.map((one) => [one.field, one.to])) },
  }
  const reason = [...reasons].join('; ')
  part.items.push({
    ...item(live, used ? 'deferred' : 'update', after),
    owner: desired.owner,
    fields: changes,
    reason: used ? `${reason}, but ${used.because}` : reason,
  })
}

function judge({ facts, desired, live, base }: Compared, field: string): Verdict {
  const now = live.fields[field] ?? null
  const wanted = desired.fields[field] ?? null
  const before = base?.fields[field]
  const waiver = facts.valid.get(waiverName(at(live, field)))
  if (waiver && same(now, waiver.value)) return { kept: { ...at(live, field), value: now, by: waiver.number } }
  if (same(now, wanted) && !waiver) return { same: true }
  const change = (to: Value, reason: string): Verdict => ({ change: { field, from: now, to }, reason })
  const siteMoved = before !== undefined && !same(now, before)
  const templateMoved = before !== undefined && !same(before, wanted)
  if (waiver && (!siteMoved || same(now, wanted))) return change(waiver.value, `deviation ${waiver.number}`)
  if (facts.input.revert.has(nameOf(live))) {
    return change(waiver?.value ?? wanted, 'taken back: the site changed it outside of a plan')
  }
  if (before !== undefined && !siteMoved) return change(wanted, desired.reason || 'changed in the template')
  if (!waiver && mayHave(desired, field, now)) return { kept: { ...at(live, field), value: now, by: LOCAL } }
  // What was not governed until now was changed by nobody: the plan says what will become of it.
  if (before === undefined) return change(waiver?.value ?? wanted, desired.reason || 'as the template has it')
  const ranOut = facts.expired.get(waiverName(at(live, field)))
  return {
    drift: {
      ...at(live, field),
      what: 'changed',
      template: waiver?.value ?? wanted,
      live: now,
      owner: desired.owner,
      conflict: templateMoved,
      expired: ranOut?.number ?? null,
    },
  }
}

/** What a plan is known by: the same site, parent, release and steps give the same text, hashed by who stores it. */
export const planText = (plan: Plan, about: Readonly<Record<string, Value>>): string =>
  canonical({ ...about, items: plan.items, drift: plan.drift, kept: plan.kept })
