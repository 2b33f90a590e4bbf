// The drift of a site as its inbox shows it: values of one object together, objects of one kind after each other.
import type { components } from '../../generated/api.ts'

export type Drift = components['schemas']['rollout.drift.row']

export type DriftedObject = { readonly kind: string; readonly key: string; readonly rows: readonly Drift[] }

/** The objects in the order in which they come, which is that of kind and key. */
export function byObject(rows: readonly Drift[]): readonly DriftedObject[] {
  const found = new Map<string, Drift[]>()
  for (const row of rows) {
    const name = `${row.kind} ${row.key}`
    found.set(name, [...(found.get(name) ?? []), row])
  }
  return [...found.values()].map((own) => ({ kind: own[0]?.kind ?? '', key: own[0]?.key ?? '', rows: own }))
}
