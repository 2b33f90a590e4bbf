// Brings what a template says into the form in which live values are read: exact decimals without trailing zeros, lists in order, keys.
import type { ConfigurationKind } from '#kernel/configuration'
import { normaliseDecimal } from '#kernel/decimal'
import type { TemplateObject } from '../template/template-object.ts'
import { fieldOf, isExact, type Kinds } from './live.ts'
import type { Value } from './object.ts'

/** The objects with keys and normal values. Throws for a kind that the product does not have. */
export function normalised(kinds: Kinds, objects: readonly Omit<TemplateObject, 'key'>[]): readonly TemplateObject[] {
  return objects.map((one) => {
    const kind = kinds.get(one.kind)
    if (!kind) throw new Error(`the template has objects of the kind ${one.kind}, which the product does not have`)
    const fields = Object.fromEntries(Object.entries(one.fields).map(([at, value]) => [at, normal(kind, at, value)]))
    return { ...one, fields, key: keyOf(kind, fields) }
  })
}

/** The key of an object with normal values. */
export const keyOf = (kind: ConfigurationKind, fields: Readonly<Record<string, Value>>): string =>
  kind.key.map((at) => String(fields[at] ?? '')).join('/')

function normal(kind: ConfigurationKind, at: string, value: Value): Value {
  if (at in kind.lists) return Array.isArray(value) ? value.map(String).sort() : []
  const field = fieldOf(kind, at)
  if (isExact(field) && value !== null) return normaliseDecimal(String(value))
  return value
}
