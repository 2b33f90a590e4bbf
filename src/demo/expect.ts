// An answer of the product as the loader expects it; anything else is a fault of the loader, and stops it.
import type { Static, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'

/** The value, known to have the shape. */
export function expectShape<S extends TSchema>(schema: S, value: unknown): Static<S> {
  if (Value.Check(schema, value)) return value
  throw new Error(`the demo expected another answer: ${Value.Errors(schema, value).First()?.message ?? 'none'}`)
}
