// A document is described once; tables, routes, lists, permissions and rollout read the description. It says what is,
// never what happens.

export type FieldKind = 'text' | 'code' | 'integer' | 'quantity' | 'money' | 'price' | 'percent' | 'date' | 'instant' | 'boolean' | 'choice' | 'ref' | 'json'

/**
 * One field. `column` defaults to the field's name; `see` names the permission that a reader of it needs. `members` are
 * those of a JSON object that go out; what else it holds stays inside. A percent is a number of hundredths, 19, unless it is
 * a `fraction`, 0.19.
 */
export type Field = {
  readonly kind: FieldKind
  readonly label?: string
  readonly column?: string
  readonly of?: string
  readonly choices?: readonly string[]
  readonly optional?: true
  readonly see?: string
  readonly members?: readonly string[]
  readonly fraction?: true
}

type Extra = { label?: string; column?: string; optional?: true; see?: string }
const field = (kind: FieldKind, extra: Extra & Pick<Field, 'of' | 'choices' | 'members' | 'fraction'> = {}): Field => ({ kind, ...extra })

/** Field makers: `f.ref('party.customer')`, `f.money({ optional: true })`. */
export const f = {
  text: (extra?: Extra) => field('text', extra),
  code: (extra?: Extra) => field('code', extra),
  integer: (extra?: Extra) => field('integer', extra),
  quantity: (extra?: Extra) => field('quantity', extra),
  money: (extra?: Extra) => field('money', extra),
  price: (extra?: Extra) => field('price', extra),
  percent: (extra?: Extra & Pick<Field, 'fraction'>) => field('percent', extra),
  date: (extra?: Extra) => field('date', extra),
  instant: (extra?: Extra) => field('instant', extra),
  boolean: (extra?: Extra) => field('boolean', extra),
  json: (extra?: Extra & Pick<Field, 'members'>) => field('json', extra),
  choice: (choices: readonly string[], extra?: Extra) => field('choice', { ...extra, choices }),
  ref: (of: string, extra?: Extra) => field('ref', { ...extra, of }),
}

/**
 * A verb: from which states it may be used (null: it creates), to which it leads (several: the body decides),
 * which permission it needs, whether a reason must be given, which approval it waits for.
 */
export type VerbSpec<S extends string = string> = {
  readonly from: readonly S[] | null
  readonly to: S | readonly S[]
  readonly may?: string
  readonly reason?: 'required'
  readonly approval?: string
  readonly label?: string
}

export type Verb = VerbSpec & { readonly document: DocumentSpec; readonly verb: string; readonly may: string }

export type Role = 'transaction' | 'master' | 'configuration'

export type DocumentSpec = {
  readonly name: string
  readonly label: string
  readonly role: Role
  /** The table, `schema.table`, and the column that holds the document's number or code. */
  readonly table: string
  readonly numbered: string
  /** The format of cheap numbers, such as 'SO-{year}-{seq:6}'. */
  readonly number?: string
  /** Shared documents have no company_id and are seen by every company. */
  readonly shared: boolean
  readonly fields: Readonly<Record<string, Field>>
  readonly lines?: { readonly table: string; readonly parent: string; readonly fields: Readonly<Record<string, Field>> }
  readonly states: readonly string[]
  /** States of another document that is kept in the same table and listed with this one. */
  readonly alsoShows?: readonly string[]
  readonly editableIn: readonly string[]
  /** Columns by which rights are narrowed: the document's warehouse, and its amount. */
  readonly narrow: { readonly warehouse?: string; readonly amount?: string }
  readonly list: { readonly columns: readonly string[]; readonly search: readonly string[]; readonly sort: string }
  readonly verbs: Readonly<Record<string, VerbSpec>>
}

type Given<S extends string, V> = Omit<DocumentSpec, 'name' | 'states' | 'verbs' | 'shared' | 'editableIn' | 'narrow'> & {
  readonly states: readonly S[]
  readonly verbs: V
  readonly shared?: boolean
  readonly editableIn?: readonly S[]
  readonly narrow?: DocumentSpec['narrow']
}

/** A described document: its spec, with each verb bound to it (`order.verbs.confirm`). */
export type Document<V extends string = string> = Omit<DocumentSpec, 'verbs'> & { readonly verbs: Readonly<Record<V, Verb>> }

/**
 * Describes a document. The permission of a verb is `<document>.<verb>` unless `may` says otherwise.
 * Throws when a verb leads to a state that is not listed, or a state can never be reached.
 */
export function document<const S extends string, const V extends Record<string, VerbSpec<S>>>(
  name: string,
  given: Given<S, V>,
): Document<keyof V & string> {
  const { verbs, ...rest } = given
  const spec: DocumentSpec = { shared: false, editableIn: [], narrow: {}, ...rest, name, verbs }
  const reached = new Set<string>()
  for (const [verb, v] of Object.entries(verbs)) {
    for (const to of typeof v.to === 'string' ? [v.to] : v.to) reached.add(to)
    for (const state of [...(v.from ?? []), ...reached]) {
      if (!spec.states.includes(state)) throw new Error(`${name}.${verb} names the state ${state}, which ${name} does not have`)
    }
  }
  const lost = spec.states.filter((state) => !reached.has(state))
  if (lost.length > 0 && Object.keys(verbs).length > 0) throw new Error(`${name} can never be ${lost.join(', ')}`)
  const bound: Record<string, Verb> = Object.fromEntries(
    Object.entries(verbs).map(([verb, v]) => [verb, { may: `${name}.${verb}`, ...v, document: spec, verb }]),
  )
  // The entries are the verbs' own keys, which the type of fromEntries forgets.
  return { ...spec, verbs: bound as Record<keyof V & string, Verb> }
}

/** The states a verb can leave a document in. */
export const outcomes = (verb: VerbSpec): readonly string[] => (typeof verb.to === 'string' ? [verb.to] : verb.to)
