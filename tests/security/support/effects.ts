// What a request changed, whatever it said: a fingerprint of every table.
import type pg from 'pg'

// Number blocks are taken outside the transaction and may have gaps; a session is touched by being used.
const IGNORED = ['kernel.number_series', 'access.session', 'tradewright.migration']

/** Every base table (partitions counted with their parent), and whether it has a company. */
export async function tablesOf(admin: pg.Client): Promise<readonly { table: string; scoped: boolean }[]> {
  const found = await admin.query<{ table: string; scoped: boolean }>(`
    select n.nspname || '.' || c.relname as table, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped) as scoped
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_' order by 1`)
  return found.rows.filter((row) => !IGNORED.includes(row.table))
}

/** The fingerprint of all rows, or of one company's rows; two are equal when nothing was inserted, changed or deleted. */
export async function fingerprint(admin: pg.Client, companyId?: number): Promise<string> {
  const tables = (await tablesOf(admin)).filter((one) => companyId === undefined || one.scoped)
  const parts = tables.map(
    ({ table }) =>
      `select '${table}' as t, count(*) as n, coalesce(sum(hashtextextended(r::text, 0)), 0)::text as h from ${table} r ${companyId === undefined ? '' : `where company_id = ${companyId}`}`,
  )
  const found = await admin.query<{ all: string }>(
    `select string_agg(t || ':' || n || ':' || h, ' ' order by t) as all from (${parts.join(' union all ')}) x`,
  )
  return found.rows[0]?.all ?? ''
}

/** The tables in which two fingerprints differ. */
export function difference(before: string, after: string): readonly string[] {
  const kept = new Set(before.split(' '))
  return after
    .split(' ')
    .filter((part) => !kept.has(part))
    .map((part) => part.split(':', 1)[0] ?? '')
}
