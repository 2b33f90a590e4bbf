// What governance can govern: the kinds of configuration, derived from the documents that say they are configuration, and
// the few that are no documents. The rollout reads, compares and writes them by these descriptions alone.
import type { DocumentSpec, Field } from './document.ts'
import type { Sql } from './sql.ts'

/**
 * How an object of a kind ends: a state that says so, or its row is deleted; `never` for what only changes its values.
 */
export type Ending =
  | { readonly by: 'state'; readonly column: string; readonly live: string; readonly ended: string }
  | { readonly by: 'delete' }
  | { readonly by: 'never' }

/** A list that hangs on an object and stands in a table of its own, such as the permissions of a role; values are text. */
export type Listed = { readonly table: string; readonly parent: string; readonly column: string }

/**
 * One kind of configuration. `key` are the fields that name an object within its scope; `fields` all that is governed,
 * the key included, with columns as a document's fields have them. `member` kinds are the members of one JSON column of
 * the company's row, `{ key: value }`, and have the fields `key` and `value`.
 */
export type ConfigurationKind = {
  readonly name: string
  readonly label: string
  readonly table: string
  readonly scope: 'enterprise' | 'company'
  /** The column that names the company in a company's table. */
  readonly companyColumn: string
  readonly key: readonly string[]
  readonly fields: Readonly<Record<string, Field>>
  readonly lists: Readonly<Record<string, Listed>>
  readonly ending: Ending
  /** Whether rows have an id, which references point to. */
  readonly hasId: boolean
  /** The JSON column whose members are the objects, where they are no rows. */
  readonly member?: string
  /** What a column holds that refers to nothing, where it may not be null, by field. */
  readonly none: Readonly<Record<string, string>>
  /** Where objects belong to one place of their company, such as a warehouse. */
  readonly place?: Place
}

/** `field`, one of the key, holds the code of the place that an object belongs to; `itself` when the objects are the places. */
export type Place = { readonly field: string; readonly itself: boolean }

type Given = Pick<ConfigurationKind, 'label' | 'table' | 'key' | 'fields'> & Partial<Omit<ConfigurationKind, 'name'>>

/** Describes a kind of configuration that is no document. */
export function configuration(name: string, given: Given): ConfigurationKind {
  const lacking = given.key.filter((field) => !(field in given.fields))
  // What could move to another place would move from one site's plan into another's.
  if (given.place && !given.key.includes(given.place.field))
    throw new Error(`${name} belongs to a place, so its key must name ${given.place.field}`)
  if (lacking.length > 0) throw new Error(`${name} names the key ${lacking.join(', ')}, which is none of its fields`)
  return {
    scope: 'company',
    companyColumn: 'company_id',
    lists: {},
    none: {},
    ending: { by: 'delete' },
    hasId: false,
    ...given,
    name,
  }
}

/**
 * What keeps an object as it is while live documents lean on it: `keys` is a relation of one column, `key`, with the
 * keys in use in the transaction's companies (parts of a composed key joined by a slash). `fields` may not change then,
 * and the object may not end. Declared by the module that uses, so that it looks down, as everything does.
 */
export type ConfigurationUse = {
  readonly kind: string
  readonly fields: readonly string[]
  /** Why, and what to do instead, in a clerk's words. */
  readonly because: string
  readonly keys: Sql<{ key: string }>
}

const ENDED = ['closed', 'retired', 'withdrawn']

/** A document that is configuration, as a kind; `key` when its number alone does not name it. */
export function kindOfDocument(one: DocumentSpec, key?: readonly string[]): ConfigurationKind {
  const numbered = Object.entries(one.fields).find(([name, field]) => (field.column ?? name) === one.numbered)?.[0]
  const ended = one.states.find((state) => ENDED.includes(state))
  const named = key ?? (numbered ? [numbered] : [])
  if (named.length === 0) throw new Error(`${one.name} has no field for its number`)
  return configuration(one.name, {
    label: one.label,
    table: one.table,
    scope: one.shared ? 'enterprise' : 'company',
    key: named,
    fields: one.fields,
    ending: ended ? { by: 'state', column: 'state', live: 'active', ended } : { by: 'never' },
    hasId: true,
    ...placeOfDocument(one, named),
  })
}

/** Rights are narrowed to a warehouse by the same column that says to which warehouse a document belongs. */
function placeOfDocument(one: DocumentSpec, key: readonly string[]): { place?: Place } {
  const column = one.narrow.warehouse
  const [first] = key
  if (column === undefined || first === undefined) return {}
  if (column === 'id') return { place: { field: first, itself: true } }
  const field = Object.keys(one.fields).find((at) => (one.fields[at]?.column ?? at) === column)
  return field === undefined ? {} : { place: { field, itself: false } }
}

type Governed = {
  readonly name: string
  readonly documents: readonly DocumentSpec[]
  readonly configuration: readonly ConfigurationKind[]
}

/** Every kind that the modules bring, by name: what they describe expressly goes before what follows from a document. */
export function kindsOf(modules: readonly Governed[]): ReadonlyMap<string, ConfigurationKind> {
  const described = modules.flatMap((one) => one.configuration)
  const names = new Set(described.map((one) => one.name))
  const derived = modules
    .flatMap((one) => one.documents)
    .filter((one) => one.role === 'configuration' && !names.has(one.name))
    .map((one) => kindOfDocument(one))
  return new Map([...described, ...derived].map((one) => [one.name, one]))
}
