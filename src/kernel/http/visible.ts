// Which parts of a document somebody may see, by name: the description's fields less those that need more than he holds.
import { type Context, may } from '#kernel/context'
import type { DocumentSpec, Field } from '#kernel/document'

/** A part of a document: its name outside, its column inside, its field when it is described as one. */
export type Part = { readonly name: string; readonly column: string; readonly field: Field }

const OWN = (doc: DocumentSpec): readonly Part[] => [
  { name: 'id', column: 'id', field: { kind: 'ref', of: doc.name } },
  { name: 'number', column: doc.numbered, field: doc.fields.number ?? { kind: 'code' } },
  { name: 'state', column: 'state', field: { kind: 'choice', choices: [...doc.states, ...(doc.alsoShows ?? [])] } },
  { name: 'version', column: 'version', field: { kind: 'integer' } },
]

/** The parts of a document's head: id, number, state and version first, then its fields. */
export function partsOf(doc: DocumentSpec): readonly Part[] {
  const own = OWN(doc)
  return [...own, ...described(doc.fields).filter((part) => !own.some((one) => one.name === part.name))]
}

/** The parts of a line, or none. */
export const linePartsOf = (doc: DocumentSpec): readonly Part[] =>
  doc.lines
    ? [{ name: 'id', column: 'id', field: { kind: 'ref', of: `${doc.name}.line` } }, ...described(doc.lines.fields)]
    : []

const described = (fields: Readonly<Record<string, Field>>): Part[] =>
  Object.entries(fields).map(([name, field]) => ({ name, column: field.column ?? name, field }))

/** Those that the context may see. */
export const visible = (parts: readonly Part[], context: Context): readonly Part[] =>
  parts.filter((part) => part.field.see === undefined || may(context, part.field.see))

/** The names, and the columns, of what the context may not see, for places that hold free JSON. */
export function hiddenNames(doc: DocumentSpec, context: Context): ReadonlySet<string> {
  const all = [...partsOf(doc), ...linePartsOf(doc)]
  const shown = new Set(visible(all, context))
  return new Set(all.filter((part) => !shown.has(part)).flatMap((part) => [part.name, part.column]))
}

/** The members that may go out of JSON objects, by the name and the column of their field. */
export function listedMembers(doc: DocumentSpec): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    [...partsOf(doc), ...linePartsOf(doc)].flatMap(({ name, column, field }) => {
      const listed = new Set(field.members)
      return field.members ? [[name, listed] as const, [column, listed] as const] : []
    }),
  )
}

/** A copy of a JSON value in which objects under these names have no members but the listed ones, at any depth. */
export function withListed(value: unknown, names: ReadonlyMap<string, ReadonlySet<string>>, here?: string): unknown {
  if (names.size === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => withListed(one, names))
  const listed = here === undefined ? undefined : names.get(here)
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) =>
      listed?.has(key) === false ? [] : [[key, withListed(one, names, key)]],
    ),
  )
}

/** A copy of a JSON value without members of these names, at any depth. */
export function without(value: unknown, names: ReadonlySet<string>): unknown {
  if (names.size === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => without(one, names))
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (names.has(key) ? [] : [[key, without(one, names)]])),
  )
}
