// Pages by key: the next page begins after the last row seen, so that page 5,000 costs what page 1 costs.
import { name, type Sql, sql } from '#kernel/db'
import { refuse } from './refusals.ts'

/** The order of a list: a column and, for equal values, the id. */
export type Order = {
  readonly part: string
  readonly column: string
  readonly type: string
  readonly filled: boolean
  readonly descending: boolean
}

/** Where a page ended. */
export type Position = { readonly value: string | null; readonly id: string }

// The types a list can be sorted by; a cursor's text is read back as one of these.
const TYPES: Readonly<Record<string, string>> = {
  uuid: 'uuid',
  text: 'text',
  numeric: 'numeric',
  integer: 'integer',
  bigint: 'bigint',
  date: 'date',
  boolean: 'boolean',
  'timestamp with time zone': 'timestamptz',
}

/** Whether a list can be sorted by a column of this type. */
export const sortable = (type: string): boolean => type in TYPES

const typed = (value: string | null, type: string): Sql => {
  const known = TYPES[type] ?? 'text'
  return sql`${value}::${name(known)}`
}

/** The order by clause. */
export function orderBy({ column, descending }: Order): Sql {
  if (column === 'id') return descending ? sql`t.id desc` : sql`t.id`
  const by = sql`t.${name(column)}`
  return descending ? sql`${by} desc, t.id desc` : sql`${by}, t.id`
}

/** What comes after a position, in this order. Nulls are where PostgreSQL puts them: last going up, first going down. */
export function after({ column, type, filled, descending }: Order, { value, id }: Position): Sql {
  const at = sql`${id}::uuid`
  if (column === 'id') return descending ? sql`t.id < ${at}` : sql`t.id > ${at}`
  const by = sql`t.${name(column)}`
  const row = descending
    ? sql`(${by}, t.id) < (${typed(value, type)}, ${at})`
    : sql`(${by}, t.id) > (${typed(value, type)}, ${at})`
  if (filled) return row
  if (value === null)
    return descending
      ? sql`((${by} is null and t.id < ${at}) or ${by} is not null)`
      : sql`(${by} is null and t.id > ${at})`
  return descending ? row : sql`(${row} or ${by} is null)`
}

/** A position as text for the client, bound to the order in which it was made. */
export const writeCursor = (order: Order, position: Position): string =>
  Buffer.from(JSON.stringify([order.descending ? `-${order.part}` : order.part, position.value, position.id])).toString(
    'base64url',
  )

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Reads a cursor back. Refuses CURSOR_INVALID for what was not made by this order. */
export function readCursor(order: Order, text: string): Position {
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return refuse('CURSOR_INVALID')
  }
  if (!Array.isArray(parsed) || parsed.length !== 3) return refuse('CURSOR_INVALID')
  const [sort, value, id]: unknown[] = parsed
  const fits = sort === (order.descending ? `-${order.part}` : order.part) && typeof id === 'string' && ID.test(id)
  if (!fits || !(value === null || (typeof value === 'string' && !value.includes('\0'))))
    return refuse('CURSOR_INVALID')
  return { value, id }
}
