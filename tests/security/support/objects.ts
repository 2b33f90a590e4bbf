// One object of every document in every company, whatever the document is: made from what the catalogue says of its table.
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { DocumentSpec } from '#kernel/document'
import { newId } from '#kernel/ids'

/** An object that exists: its id, and its number or code. */
export type Planted = { id: string; number: string }

type ColumnRow = { name: string; type: string; needed: boolean }

const VALUES: Readonly<Record<string, () => unknown>> = {
  uuid: () => newId(),
  integer: () => 1,
  bigint: () => 1,
  numeric: () => 1,
  boolean: () => false,
  date: () => '2026-03-02',
  jsonb: () => '{}',
  'timestamp with time zone': () => '2026-03-02T00:00:00Z',
  bytea: () => Buffer.alloc(32),
  daterange: () => '[2026-01-01,2027-01-01)',
  tstzrange: () => '[2026-01-01,2027-01-01)',
  'time without time zone': () => '12:00',
  text: () => `X${randomBytes(6).toString('hex')}`,
}

/**
 * Inserts a row without asking what it refers to: foreign keys are off in this session, and a check that the made-up
 * row breaks is dropped (the database is a scratch copy). A table that cannot be written gives one of its rows.
 */
export async function plant(admin: pg.Client, doc: DocumentSpec, companyId: number): Promise<Planted | undefined> {
  const columns = await columnsOf(admin, doc.table)
  const scoped = columns.some((column) => column.name === 'company_id')
  const row = new Map<string, unknown>()
  for (const column of columns) if (column.needed) row.set(column.name, (VALUES[column.type] ?? (() => '{}'))())
  for (const [key, field] of Object.entries(doc.fields)) {
    const column = field.column ?? key
    if (field.choices?.[0] !== undefined && row.has(column)) row.set(column, field.choices[0])
  }
  // A number that is given late, as at issue, is given here too: people ask by it.
  if (columns.some((column) => column.name === doc.numbered && column.type === 'text') && !row.has(doc.numbered)) row.set(doc.numbered, `X${randomBytes(6).toString('hex')}`)
  row.set('id', newId())
  row.set('state', doc.states[0] ?? 'active')
  if (scoped) row.set('company_id', companyId)
  const isTable = await admin.query(
    `select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname || '.' || c.relname = $1 and c.relkind in ('r', 'p')`,
    [doc.table],
  )
  if (isTable.rowCount === 1) await insert(admin, doc.table, row)
  const found = await admin.query<Planted>(
    `select id, ${doc.numbered}::text as number from ${doc.table} where ($1::uuid is null or id = $1) ${scoped ? `and company_id = ${companyId}` : ''} limit 1`,
    [isTable.rowCount === 1 ? row.get('id') : null],
  )
  return found.rows[0]
}

/** Inserts, dropping each check that is in the way. */
export async function insert(admin: pg.Client, table: string, row: ReadonlyMap<string, unknown>): Promise<void> {
  const names = [...row.keys()].map((column) => `"${column}"`).join(', ')
  const places = [...row.keys()].map((_, at) => `$${at + 1}`).join(', ')
  await admin.query(`set session_replication_role = replica`)
  for (let tried = 0; ; tried++) {
    try {
      await admin.query(`insert into ${table} (${names}) values (${places})`, [...row.values()])
      break
    } catch (error) {
      const broken =
        error instanceof Error &&
        'constraint' in error &&
        'code' in error &&
        ['23514', '23P01'].includes(String(error.code))
          ? String(error.constraint)
          : undefined
      if (!broken || tried > 20) throw error
      await admin.query(`alter table ${table} drop constraint "${broken}"`)
    }
  }
  await admin.query(`set session_replication_role = origin`)
}

async function columnsOf(admin: pg.Client, table: string): Promise<readonly ColumnRow[]> {
  const found = await admin.query<ColumnRow>(
    `select a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull and not a.atthasdef as needed
       from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''`,
    [table],
  )
  return found.rows
}
