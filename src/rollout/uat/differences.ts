// Where a configuration differs from what the template says, and by whose leave: pure.
import { byName, canonical, type LiveObject, nameOf, same, type Value } from '../configuration/object.ts'
import type { Plan } from '../plan/plan-types.ts'
import type { TemplateObject } from '../template/template-object.ts'

/**
 * One difference. `field` null is the whole object. `standing`: 'drift' nobody approved, 'allowed' by a deviation or by
 * the template (`by`), 'planned' is what the next plan will change.
 */
export type Difference = {
  readonly kind: string
  /** What people call the kind. */
  readonly label: string
  readonly key: string
  readonly field: string | null
  readonly what: 'changed' | 'added' | 'missing'
  readonly template: Value
  readonly live: Value
  readonly standing: 'drift' | 'allowed' | 'planned'
  readonly by: string | null
}

type Standing = Pick<Difference, 'standing' | 'by'>

/** Every difference between what the template gives and what stands there, in the order of kind, key and field. */
export function differencesOf(
  desired: readonly TemplateObject[],
  live: readonly LiveObject[],
  plans: readonly Plan[],
  labelOf: (kind: string) => string = (kind) => kind,
): readonly Difference[] {
  const [wanted, there] = [byName(desired), byName(live)]
  const standings = standingsOf(plans)
  const standingOf = (at: At) => ({ label: labelOf(at.kind), ...standings(at) })
  const found: Difference[] = []
  for (const name of [...new Set([...wanted.keys(), ...there.keys()])].sort()) {
    const [template, now] = [wanted.get(name), there.get(name)]
    if (template && now) {
      for (const field of Object.keys(template.fields).sort()) {
        const [one, other] = [template.fields[field] ?? null, now.fields[field] ?? null]
        if (!same(one, other)) found.push(difference({ ...now, field, what: 'changed' }, one, other, standingOf))
      }
    } else if (template) {
      found.push(difference({ ...template, field: null, what: 'missing' }, template.fields, null, standingOf))
    } else if (now) {
      found.push(difference({ ...now, field: null, what: 'added' }, null, now.fields, standingOf))
    }
  }
  return found
}

type At = Pick<Difference, 'kind' | 'key' | 'field' | 'what'>

const placeOf = (one: Pick<Difference, 'kind' | 'key' | 'field'>): string => `${nameOf(one)} ${one.field ?? ''}`

function difference(
  { kind, key, field, what }: At,
  template: Value,
  live: Value,
  standingOf: (at: At) => Standing & { label: string },
): Difference {
  return { kind, key, field, what, template, live, ...standingOf({ kind, key, field, what }) }
}

function standingsOf(plans: readonly Plan[]): (at: At) => Standing {
  const drift = new Set(plans.flatMap((one) => one.drift.map(placeOf)))
  const kept = new Map(plans.flatMap((one) => one.kept.map((each) => [placeOf(each), each.by] as const)))
  const planned = new Map(plans.flatMap((one) => one.items.map((each) => [nameOf(each), each.reason] as const)))
  return (at) => {
    const by = kept.get(placeOf(at))
    if (by !== undefined) return { standing: 'allowed', by }
    if (drift.has(placeOf(at))) return { standing: 'drift', by: null }
    const reason = planned.get(nameOf(at))
    if (reason !== undefined) return { standing: 'planned', by: reason }
    // What a plan does not speak of although it differs stands in a kind that a site may add to.
    return at.what === 'added'
      ? { standing: 'allowed', by: 'the template lets a site add its own' }
      : { standing: 'drift', by: null }
  }
}

/** The objects as they would be with the template's values in these places. */
export function healed(live: readonly LiveObject[], differences: readonly Difference[]): readonly LiveObject[] {
  const objects = new Map(live.map((one) => [nameOf(one), one]))
  for (const { kind, key, field, what, template } of differences) {
    const name = nameOf({ kind, key })
    const one = objects.get(name)
    if (what === 'added') objects.delete(name)
    else if (what === 'missing') objects.set(name, { kind, key, fields: membersOf(template) })
    else if (one && field !== null) objects.set(name, { ...one, fields: { ...one.fields, [field]: template } })
  }
  return [...objects.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}

function membersOf(value: Value): LiveObject['fields'] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as LiveObject['fields']) : {}
}

/** A difference as a line for people. */
export function lineOf({ kind, key, field, what, template, live, standing, by }: Difference): string {
  const leave = standing === 'drift' ? 'drift' : `${standing}${by === null ? '' : `: ${by}`}`
  if (what === 'missing') return `${kind} ${key} is missing (${leave})`
  if (what === 'added') return `${kind} ${key} was added (${leave})`
  return `${kind} ${key}, ${field}: ${canonical(live)} instead of ${canonical(template)} (${leave})`
}
