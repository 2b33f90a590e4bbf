// Reading documents: one statement for a page, one for a head with its lines; scope, warehouses and hidden fields always apply.
import { type Context, grantsFor, warehousesOf } from '#kernel/context'
import { join, name, type Sql, sql, type Tx } from '#kernel/db'
import type { DocumentSpec } from '#kernel/document'
import { refuse as refuseKernel } from '#kernel/refusal'
import type { Catalogue, Column } from './catalogue.ts'
import { conditionsOf, searchFor } from './filters.ts'
import { after, type Order, orderBy, type Position, readCursor, sortable, writeCursor } from './paging.ts'
import { refuse } from './refusals.ts'
import { linePartsOf, type Part, partsOf, visible } from './visible.ts'

export type Row = Record<string, unknown>

/** What a checked list query comes to. */
export type Plan = {
  readonly parts: readonly Part[]
  readonly where: readonly Sql[]
  /** Whether the asker filters or searches. */
  readonly composed: boolean
  readonly order: Order
  readonly from: Position | undefined
}

const ALIAS = /^[A-Za-z][A-Za-z0-9_]*$/

/** Columns under the names that go out. Names come from descriptions only. */
function selection(parts: readonly Part[]): Sql {
  return join(
    parts.map((part) => {
      if (!ALIAS.test(part.name)) throw new Error(`${part.name} cannot be the name of a field`)
      return sql`${shown(part)} as ${{ text: [`"${part.name}"`], values: [] }}`
    }),
    ', ',
  )
}

/** A column as it goes out. */
function shown({ name: outside, column, field }: Part): Sql {
  // A number is a text outside, also where a rank or a day takes its place.
  if (outside === 'number') return sql`t.${name(column)}::text`
  if (!field.members) return sql`t.${name(column)}`
  return sql`(select coalesce(jsonb_object_agg(m.key, m.value), '{}') from jsonb_each(t.${name(column)}) m where m.key = any(${field.members}::text[]))`
}

/** The permission that reading a document needs. */
export const readPermission = (doc: DocumentSpec): string => `${doc.name}.read`

/** What the context may see of a document at all: its company, and its warehouses where his grants are narrowed. */
export function within(doc: DocumentSpec, context: Context): readonly Sql[] {
  const warehouses = doc.narrow.warehouse
    ? warehousesOf(grantsFor(context.principal, readPermission(doc), context.companyId))
    : null
  const column = doc.narrow.warehouse
  return [
    ...(doc.shared ? [] : [sql`t.company_id = ${context.companyId}`]),
    ...(warehouses && column ? [sql`(t.${name(column)} is null or t.${name(column)} = any(${warehouses}))`] : []),
  ]
}

/** Turns a checked query into a plan. Refuses fields that the asker may not see, and orders that no index serves. */
export function planOf(
  doc: DocumentSpec,
  catalogue: Catalogue,
  context: Context,
  query: Readonly<Record<string, unknown>>,
): Plan {
  const columns = catalogue.get(doc.table) ?? new Map<string, Column>()
  const parts = visible(partsOf(doc), context)
  const order = orderOf(doc, columns, parts, typeof query.sort === 'string' ? query.sort : doc.list.sort)
  const scope = within(doc, context)
  const where = [...scope, ...conditionsOf(query, parts)]
  if (typeof query.q === 'string') {
    const searched = parts.filter(
      (part) => doc.list.search.includes(part.name) || doc.list.search.includes(part.column),
    )
    if (searched.length === 0) refuse('SEARCH_IMPOSSIBLE')
    where.push(
      searchFor(
        query.q,
        searched.map((part) => ({
          ...part,
          trigram: columns.get(part.column)?.trigram ?? false,
          keyed: columns.has(`${part.column}_key`),
          numbered: part.column === doc.numbered,
        })),
      ),
    )
  }
  const from = typeof query.cursor === 'string' ? readCursor(order, query.cursor) : undefined
  return { parts, where, composed: where.length > scope.length, order, from }
}

/**
 * What people filter and search by is planned for its values, not once for all of them: "SO-" is a million orders, found
 * by walking the list in its order, and "SO-2026-004711" is one, found by its number.
 */
async function rowsOfList<R>(tx: Tx, { composed }: Plan, statement: Sql<R>): Promise<R[]> {
  if (!composed) return await tx.rows(statement)
  const planning = tx.run(sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`)
  const [rows] = await Promise.all([tx.rows(statement), planning])
  return rows
}

function orderOf(
  doc: DocumentSpec,
  columns: ReadonlyMap<string, Column>,
  parts: readonly Part[],
  asked: string,
): Order {
  const descending = asked.startsWith('-')
  const wanted = descending ? asked.slice(1) : asked
  const own = doc.list.sort.replace(/^-/, '')
  const possible = parts.filter(
    (part) => part.name === 'id' || part.name === own || part.column === own || columns.get(part.column)?.indexed,
  )
  const part = possible.find((one) => one.name === wanted || one.column === wanted)
  const column = part ? columns.get(part.column) : undefined
  if (!part || !column || !sortable(column.type))
    return refuse('SORT_IMPOSSIBLE', { field: wanted, possible: possible.map((one) => one.name).join(', ') })
  return { part: part.name, column: part.column, type: column.type, filled: column.filled, descending }
}

/** One page: at most `limit` rows, and the cursor of the next page when there is one. */
export async function readPage(
  tx: Tx,
  doc: DocumentSpec,
  plan: Plan,
  limit: number,
  from = plan.from,
): Promise<{ items: Row[]; next?: string; last?: Position }> {
  const { order } = plan
  const conditions = [sql`true`, ...plan.where, ...(from ? [after(order, from)] : [])]
  const rows = await rowsOfList(
    tx,
    plan,
    sql<Row & { sorted_by: string | null }>`select ${selection(plan.parts)}, t.${name(order.column)}::text as sorted_by
      from ${name(doc.table)} t where ${join(conditions, ' and ')} order by ${orderBy(order)} limit ${limit + 1}`,
  )
  const items = rows.slice(0, limit)
  const end = items.at(-1)
  const last = end && rows.length > limit ? { value: end.sorted_by, id: String(end.id) } : undefined
  for (const item of items) Reflect.deleteProperty(item, 'sorted_by')
  return last ? { items, next: writeCursor(order, last), last } : { items }
}

/** How many rows a counting looks at; a screen that says "more than 10,000" needs no exact number. */
export const COUNTED_MOST = 10_000

/** The number of rows, counted up to COUNTED_MOST. */
export async function countRows(
  tx: Tx,
  doc: DocumentSpec,
  plan: Plan,
): Promise<{ total: number; totalIsAtLeast?: true }> {
  const [row] = await rowsOfList(
    tx,
    plan,
    sql<{ total: number }>`select count(*)::int as total
      from (select from ${name(doc.table)} t where ${join([sql`true`, ...plan.where], ' and ')} limit ${COUNTED_MOST + 1}) counted`,
  )
  const total = row?.total ?? 0
  return total > COUNTED_MOST ? { total: COUNTED_MOST, totalIsAtLeast: true } : { total }
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The id of a document that the context may see, by id or number. Refuses NOT_FOUND, the same for unknown and not his. */
export async function findId(tx: Tx, doc: DocumentSpec, context: Context, key: string): Promise<string> {
  const by = ID.test(key) ? sql`t.id = ${key}::uuid` : sql`t.${name(doc.numbered)} = ${key}`
  const row = await tx.first(
    sql<{
      id: string
    }>`select t.id from ${name(doc.table)} t where ${join([by, ...within(doc, context)], ' and ')} limit 1`,
  )
  return row ? row.id : refuseKernel('NOT_FOUND', { document: doc.label.toLowerCase(), id: key })
}

/** One document with its lines. */
export async function readOne(
  tx: Tx,
  doc: DocumentSpec,
  catalogue: Catalogue,
  context: Context,
  key: string,
): Promise<Row> {
  const id = await findId(tx, doc, context, key)
  const head = tx.first(sql<Row>`select ${selection(visible(partsOf(doc), context))} from ${name(doc.table)} t
    where ${join([sql`t.id = ${id}::uuid`, ...within(doc, context)], ' and ')}`)
  if (!doc.lines) return (await head) ?? {}
  const columns = catalogue.get(doc.lines.table)
  const own = columns?.has('company_id') ? [sql`t.company_id = ${context.companyId}`] : []
  // Not every line has an id of its own: the units of an item are known by their unit.
  const shown = visible(linePartsOf(doc), context).filter((part) => columns?.has(part.column))
  const order = columns?.has('line')
    ? sql`t.line`
    : columns?.has('id')
      ? sql`t.id`
      : sql`t.${name(linePartsOf(doc)[1]?.column ?? doc.lines.parent)}`
  const lines = tx.rows(sql<Row>`select ${selection(shown)} from ${name(doc.lines.table)} t
    where ${join([...own, sql`t.${name(doc.lines.parent)} = ${id}::uuid`], ' and ')} order by ${order}`)
  const [found, itsLines] = await Promise.all([head, lines])
  return { ...found, lines: itsLines }
}
