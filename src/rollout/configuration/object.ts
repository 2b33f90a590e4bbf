// An object of configuration as the rollout sees it: a kind, a key within its scope, and exact values by field name.

/** Values as JSON; decimals are text without trailing zeros, references are the code of what they refer to. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [member: string]: Value }

/** What stands at a site: `key` joins the parts of a composed key by slashes. */
export type LiveObject = {
  readonly kind: string
  readonly key: string
  readonly fields: Readonly<Record<string, Value>>
}

/** `kind` and `key` as one text, under which an object is found. */
export const nameOf = (one: { readonly kind: string; readonly key: string }): string => `${one.kind} ${one.key}`

/** JSON with the members of every object in the order of their names: equal values give equal text, on any machine. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const members = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`
}

/** Whether two values are the same; a missing one is null. */
export const same = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other)

/** The objects by name. Throws when two have one name, which would let one of them hide the other. */
export function byName<T extends { readonly kind: string; readonly key: string }>(
  objects: readonly T[],
): ReadonlyMap<string, T> {
  const found = new Map(objects.map((one) => [nameOf(one), one]))
  if (found.size < objects.length) {
    const seen = new Set<string>()
    const twice = objects.find((one) => seen.size === seen.add(nameOf(one)).size)
    throw new Error(`${twice ? nameOf(twice) : 'an object'} stands twice`)
  }
  return found
}
