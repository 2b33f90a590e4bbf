// The configuration of a site as a plan would leave it, and what that changes: pure.
import { byName, type LiveObject, nameOf } from '../configuration/object.ts'
import type { Item } from '../plan/plan-types.ts'
import { type Difference, differencesOf } from '../uat/differences.ts'

/** The objects after the steps of a plan; what it defers and what has drifted stands as it is. */
export function afterPlan(live: readonly LiveObject[], items: readonly Item[]): readonly LiveObject[] {
  const objects = new Map(byName(live))
  for (const { kind, key, change, object } of items) {
    const name = nameOf({ kind, key })
    if (change === 'end') objects.delete(name)
    else if (change === 'create') objects.set(name, object)
    else if (change === 'update')
      objects.set(name, { kind, key, fields: { ...objects.get(name)?.fields, ...object.fields } })
  }
  return [...objects.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}

/** What the steps change, as differences whose `template` is the value before: taken back, it stands again. */
export function changesBetween(
  before: readonly LiveObject[],
  after: readonly LiveObject[],
  release: string,
  labelOf: (kind: string) => string,
): readonly Difference[] {
  const former = before.map((one) => ({ ...one, control: 'default' as const, owner: '', reason: '' }))
  return differencesOf(former, after, [], labelOf).map((one) => ({
    ...one,
    standing: 'planned',
    by: `release ${release}`,
  }))
}
