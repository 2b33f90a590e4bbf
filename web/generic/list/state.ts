// What a list shows is its address: filters, search, order, columns, groups. A link is a list that somebody composed.
import type { DocumentText, HeadField, Operator } from '../../client/descriptions.ts'

export type Filter = { field: string; operator: Operator; value: string }
export type ListState = {
  filters: readonly Filter[]
  q: string
  /** A field; with a minus in front for descending. */
  sort: string
  columns: readonly string[]
  group: string
}

type Search = Readonly<Record<string, string | undefined>>

/** Words that are no fields. */
const OWN = new Set(['q', 'sort', 'columns', 'group', 'company', 'verb'])
const OPERATORS: readonly Operator[] = ['eq', 'in', 'from', 'to', 'prefix']

/** `state`, `total.from`: a field, and an operator when it is not equality. */
export const filterName = ({ field, operator }: Omit<Filter, 'value'>): string =>
  operator === 'eq' ? field : `${field}.${operator}`

/** Reads a list out of its address. What the description does not know is left out. */
export function readState(doc: DocumentText, search: Search): ListState {
  const filters = Object.entries(search).flatMap(([key, value]): Filter[] => {
    const [field = '', word = 'eq'] = key.split('.')
    const operator = OPERATORS.find((one) => one === word)
    const known = doc.fields.find((one) => one.name === field)
    if (OWN.has(key) || !value || !operator || !known?.operators.includes(operator)) return []
    return [{ field, operator, value }]
  })
  const columns = search.columns?.split(',').filter((name) => doc.fields.some((one) => one.name === name)) ?? []
  return {
    filters,
    q: search.q ?? '',
    // A group is whole only when its rows come one after the other.
    sort: search.sort ?? groupOf(doc, search) ?? doc.list.sort,
    columns: columns.length > 0 ? columns : usualColumns(doc),
    group: groupOf(doc, search) ?? '',
  }
}

const groupOf = (doc: DocumentText, search: Search): string | undefined =>
  doc.fields.find((field) => field.name === search.group && field.sortable)?.name

/** The columns that the description names, with the state where it tells something. */
export function usualColumns(doc: DocumentText): readonly string[] {
  const [first = doc.numbered, ...rest] = doc.list.columns
  return doc.states.length > 1 && !rest.includes('state') ? [first, 'state', ...rest] : [first, ...rest]
}

/** The address of a list; what is as usual stands not in it. */
export function writeState(doc: DocumentText, state: ListState): Record<string, string> {
  const usual = usualColumns(doc).join(',')
  return {
    ...Object.fromEntries(state.filters.map((one) => [filterName(one), one.value])),
    ...(state.q ? { q: state.q } : {}),
    ...(state.sort === (state.group || doc.list.sort) ? {} : { sort: state.sort }),
    ...(state.columns.join(',') === usual ? {} : { columns: state.columns.join(',') }),
    ...(state.group ? { group: state.group } : {}),
  }
}

/** The query parameters that the server's list takes. */
export function listParameters(state: ListState): Record<string, string> {
  return {
    ...Object.fromEntries(
      state.filters.map(({ field, operator, value }) => [
        operator === 'eq' ? `filter[${field}]` : `filter[${field}][${operator}]`,
        value,
      ]),
    ),
    ...(state.q ? { q: state.q } : {}),
    sort: state.sort,
  }
}

export const fieldOf = (doc: DocumentText, name: string): HeadField | undefined =>
  doc.fields.find((one) => one.name === name)

/** The same list with one filter put in place of those of its field and operator; an empty value takes it out. */
export function withFilter(state: ListState, filter: Filter): ListState {
  const others = state.filters.filter((one) => one.field !== filter.field || one.operator !== filter.operator)
  return { ...state, filters: filter.value === '' ? others : [...others, filter] }
}
