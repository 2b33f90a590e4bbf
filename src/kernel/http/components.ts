// Named schemas of the API description: each stands once among the components, under a stable name, and is referred to.

/** A JSON Schema (draft 2020-12) as OpenAPI 3.1 takes it. One with an `$id` becomes a component of that name. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** Gives a schema the name under which clients know it: `sales.order`, `sales.order.confirm.answer`. */
export const named = (name: string, schema: JsonSchema): JsonSchema => ({ $id: name, ...schema })

export type Components = {
  /** A copy of the schema in which every named schema is replaced by a reference to its component. */
  place(schema: JsonSchema): JsonSchema
  /** The components placed so far, by name, in alphabetical order. */
  all(): Record<string, JsonSchema>
}

const NAME = /^[A-Za-z0-9._-]+$/

/** Collects components. Throws when one name is given to two different schemas. */
export function components(): Components {
  const bodies = new Map<string, JsonSchema>()
  const sources = new Map<string, string>()

  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy)
    if (typeof value !== 'object' || value === null) return value
    const { $id, ...rest } = value as JsonSchema
    return typeof $id === 'string' ? reference($id, rest) : copyMembers(rest)
  }
  const copyMembers = (members: JsonSchema): JsonSchema =>
    Object.fromEntries(Object.entries(members).map(([key, one]) => [key, copy(one)]))
  const reference = (name: string, schema: JsonSchema): JsonSchema => {
    if (!NAME.test(name)) throw new Error(`${name} cannot be the name of a component`)
    const source = JSON.stringify(schema)
    const earlier = sources.get(name)
    if (earlier !== undefined && earlier !== source) throw new Error(`two different schemas are called ${name}`)
    if (earlier === undefined) {
      sources.set(name, source)
      bodies.set(name, copyMembers(schema))
    }
    return { $ref: `#/components/schemas/${name}` }
  }

  return {
    place: (schema) => copy(schema) as JsonSchema,
    all: () => Object.fromEntries([...bodies].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}
