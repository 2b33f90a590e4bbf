// What a list may be asked for: one query parameter per described field and operator, each with its shape.
import { type TObject, type TSchema, Type } from '@sinclair/typebox'
import { join, name, type Sql, sql } from '#kernel/db'
import type { DocumentSpec, FieldKind } from '#kernel/document'
import { DAY, ID } from '#kernel/schema'
import { refuse } from './refusals.ts'
import { type Part, partsOf } from './visible.ts'

export type Operator = 'eq' | 'in' | 'from' | 'to' | 'prefix'

const EXACT: readonly Operator[] = ['eq', 'in']
const RANGE: readonly Operator[] = ['eq', 'in', 'from', 'to']
const WORDS: readonly Operator[] = ['eq', 'in', 'prefix']

const OPERATORS: Readonly<Record<FieldKind, readonly Operator[]>> = {
  text: WORDS,
  code: WORDS,
  ref: EXACT,
  choice: EXACT,
  boolean: ['eq'],
  json: [],
  integer: RANGE,
  quantity: RANGE,
  money: RANGE,
  price: RANGE,
  percent: RANGE,
  date: RANGE,
  instant: RANGE,
}

/** By which operators a field of this kind can be filtered. */
export const operatorsOf = (kind: FieldKind): readonly Operator[] => OPERATORS[kind]

const DECIMAL = '-?\\d{1,18}(\\.\\d{1,6})?'
const FORM: Readonly<Partial<Record<FieldKind, string>>> = {
  ref: ID,
  boolean: 'true|false',
  integer: '-?\\d{1,9}',
  quantity: DECIMAL,
  money: DECIMAL,
  price: DECIMAL,
  percent: DECIMAL,
  date: DAY,
  instant: `(${DAY})T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?Z`,
}
const ANY = '[^\\u0000,]{1,200}'

/** Filters of one request beyond this many help nobody and cost a plan each. */
const FILTERS_MOST = 8

/** How a filter is written in a query string: `filter[total][from]`, and `filter[state]` for equality. */
export const filterKey = (part: string, operator: Operator): string =>
  operator === 'eq' ? `filter[${part}]` : `filter[${part}][${operator}]`

/** The query parameters of a document's list. */
export function listQuery(doc: DocumentSpec, kinds: readonly string[]): TObject {
  const filters: Record<string, TSchema> = {}
  for (const part of partsOf(doc)) {
    for (const operator of OPERATORS[part.field.kind]) {
      filters[filterKey(part.name, operator)] = Type.Optional(
        Type.String({
          ...formOf(part, operator),
          maxLength: 4_000,
          ...(part.field.of ? { 'x-entity': part.field.of } : {}),
        }),
      )
    }
  }
  return Type.Object(
    {
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      cursor: Type.Optional(Type.String({ maxLength: 1_000, description: 'The `next` of the page before.' })),
      sort: Type.Optional(
        Type.String({
          pattern: '^-?[A-Za-z][A-Za-z0-9_]{0,62}$',
          description: 'A field; with a minus for descending.',
        }),
      ),
      q: Type.Optional(Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000]*$' })),
      total: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
      format: Type.Optional(Type.Union(kinds.map((kind) => Type.Literal(kind)))),
      ...filters,
    },
    { additionalProperties: false },
  )
}

function formOf(part: Part, operator: Operator): { pattern: string } {
  const one = part.field.kind === 'choice' ? (part.field.choices ?? []).join('|') : (FORM[part.field.kind] ?? ANY)
  return {
    pattern:
      operator === 'in'
        ? `^(${one})(,(${one})){0,199}$`
        : operator === 'eq' && one === ANY
          ? '^[^\\u0000]{1,200}$'
          : `^(${one})$`,
  }
}

/** The conditions that a checked query asks for. Refuses FILTER_IMPOSSIBLE for a field that the asker may not see. */
export function conditionsOf(query: Readonly<Record<string, unknown>>, shown: readonly Part[]): readonly Sql[] {
  const conditions: Sql[] = []
  for (const [key, value] of Object.entries(query)) {
    const [, field, operator = 'eq'] = /^filter\[(\w+)\](?:\[(\w+)\])?$/.exec(key) ?? []
    if (field === undefined || typeof value !== 'string') continue
    const part = shown.find((one) => one.name === field)
    if (!part)
      return refuse('FILTER_IMPOSSIBLE', {
        field,
        possible: shown
          .filter((one) => OPERATORS[one.field.kind].length > 0)
          .map((one) => one.name)
          .join(', '),
      })
    conditions.push(condition(part, operator, value))
  }
  if (conditions.length > FILTERS_MOST)
    refuse('REQUEST_INVALID', { problem: `it has more than ${FILTERS_MOST} filters.` })
  return conditions
}

function condition(part: Part, operator: string, value: string): Sql {
  const column = sql`t.${name(part.column)}`
  switch (operator) {
    case 'in':
      return sql`${column} = any(${value.split(',')})`
    case 'from':
      return sql`${column} >= ${value}`
    case 'to':
      return sql`${column} <= ${value}`
    case 'prefix':
      return startsWith(column, value)
    default:
      return sql`${column} = ${value}`
  }
}

/** Begins with a text, exactly. The range lets an index be used even by a plan that does not know the text. */
const startsWith = (column: Sql, text: string): Sql =>
  sql`(${column} >= ${text} and ${column} < ${`${text}\u{10ffff}`} and starts_with(${column}, ${text}))`

/** How a part is searched: inside by parts of words, by a stored upper-case column of its own, by its number, or row by row. */
export type Searched = Part & { trigram: boolean; keyed: boolean; numbered: boolean }

/** A text as `like` takes it for itself, with the signs that it would take for others. */
export const escaped = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

/** Looks for a text in the searchable parts: inside where an index finds parts of words, at the beginning elsewhere. */
export function searchFor(text: string, parts: readonly Searched[]): Sql {
  const like = escaped(text)
  const each = parts.map((part) => {
    const column = sql`t.${name(part.column)}`
    if (part.trigram) return sql`${column} ilike ${`%${like}%`}`
    if (part.keyed) return startsWith(sql`t.${name(`${part.column}_key`)}`, text.toUpperCase())
    return part.numbered ? startsWith(column, text.toUpperCase()) : sql`${column} ilike ${`${like}%`}`
  })
  return sql`(${join(each, ' or ')})`
}
