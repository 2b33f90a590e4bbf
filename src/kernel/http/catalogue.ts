// What the database knows about the described tables: types, which columns are never empty, which are indexed.
import { type Sql, sql, transaction } from '#kernel/db'
import type { DocumentSpec } from '#kernel/document'
import type { Kernel } from '#kernel/kernel'
import type { ModuleSpec } from '#kernel/module'

/** A column: its SQL type, whether it is never null, whether an index begins with it (after the company), or finds parts of it. */
export type Column = {
  readonly name: string
  readonly type: string
  readonly filled: boolean
  readonly indexed: boolean
  readonly trigram: boolean
}
export type Catalogue = ReadonlyMap<string, ReadonlyMap<string, Column>>

/** Reads the tables of all documents. Throws when a description names a table or column that is not there. */
export async function readCatalogue(kernel: Kernel, modules: readonly ModuleSpec[]): Promise<Catalogue> {
  const documents = modules.flatMap((module) => module.documents)
  const tables = [...new Set(documents.flatMap((doc) => (doc.lines ? [doc.table, doc.lines.table] : [doc.table])))]
  const rows = await transaction(kernel.pool, { companies: [] }, (tx) => tx.rows(columnsOf(tables)))
  const catalogue = new Map<string, Map<string, Column>>(tables.map((table) => [table, new Map()]))
  for (const { table, ...column } of rows) catalogue.get(table)?.set(column.name, column)
  for (const doc of documents) checkDescription(doc, catalogue)
  return catalogue
}

// Named by oid from the start: whatever the statistics of the catalogue say, nothing but these tables is looked through.
const columnsOf = (tables: readonly string[]): Sql<Column & { table: string }> => sql`
  with described as materialized (select t as name, to_regclass(t)::oid as oid from unnest(${tables}::text[]) t),
  indexes as materialized (select i.indrelid, i.indkey[0] as one, i.indkey[1] as two, l.attname = 'company_id' as owned
    from described d join pg_index i on i.indrelid = d.oid and i.indpred is null join pg_class k on k.oid = i.indexrelid
    join pg_am m on m.oid = k.relam and m.amname = 'btree' left join pg_attribute l on l.attrelid = d.oid and l.attnum = i.indkey[0])
  select d.name as table, a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull as filled,
    (a.attrelid, a.attnum) in (select indrelid, one from indexes
      union all select indrelid, two from indexes where owned and two is not null) as indexed,
    (a.attrelid, a.attnum) in (select i.indrelid, unnest(i.indkey::int2[]) from described d join pg_index i on i.indrelid = d.oid
      where exists (select from pg_opclass o where o.oid = any(i.indclass::oid[]) and o.opcname = 'gin_trgm_ops')) as trigram
  from described d join pg_attribute a on a.attrelid = d.oid and a.attnum > 0 and not a.attisdropped`

function checkDescription(doc: DocumentSpec, catalogue: Catalogue): void {
  const own = [
    'id',
    'state',
    'version',
    doc.numbered,
    ...Object.entries(doc.fields).map(([key, field]) => field.column ?? key),
  ]
  const narrowed = [doc.narrow.warehouse, doc.narrow.amount].filter((column): column is string => column !== undefined)
  const lines = doc.lines
    ? [doc.lines.parent, ...Object.entries(doc.lines.fields).map(([key, field]) => field.column ?? key)]
    : []
  const wanted = [
    ...[...own, ...narrowed].map((column) => ({ table: doc.table, column })),
    ...lines.map((column) => ({ table: doc.lines?.table ?? '', column })),
  ]
  const lacking = wanted.filter(({ table, column }) => !catalogue.get(table)?.has(column))
  if (lacking.length > 0) {
    throw new Error(
      `${doc.name} describes ${lacking.map(({ table, column }) => `${table}.${column}`).join(', ')}, which the database does not have`,
    )
  }
}
