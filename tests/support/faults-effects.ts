// What a request left behind: every row of every table that speaks of its customer, item or documents, with ids taken out.
import type pg from 'pg'
import type { Case } from './faults-world.ts'

type Row = { readonly table: string; readonly text: string; readonly id: string }

/** Everything that is kept per company, read at one moment: the rows by every id and key that they speak of. */
export type Dump = ReadonlyMap<string, readonly Row[]>

// Masters, and who may do what: no verb under test touches them. Receipts neither; one has brought in the goods of all.
const LEFT_OUT = ['access', 'catalog', 'company', 'party', 'pricing', 'tax', 'information_schema', 'pg_catalog']
// Different in every run, and proved by the invariants: positions, transactions, hashes.
const WORD = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|fault-[\w-]+/g
const DROPPED = ['txid', 'position', 'leaf', 'input_hash', 'items_hash', 'content_hash']

/** Reads all tables of the modules that run a business, and the kernel's. */
export async function dump(admin: pg.Client): Promise<Dump> {
  const tables = await admin.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and n.nspname <> all($1) and n.nspname not like 'pg_%' and c.relname not like 'receipt%'
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id') order by 1`,
    [LEFT_OUT],
  )
  const rows = new Map<string, Row[]>()
  for (const { name } of tables.rows) {
    const found = await admin.query<{ text: string; id: string | null }>(
      `select (r.row - $1::text[])::text as text, r.row ->> 'id' as id from (select to_jsonb(t) as row from ${name} t) r`,
      [DROPPED],
    )
    for (const { text, id } of found.rows) {
      const row = { table: name, text, id: id ?? '' }
      for (const word of new Set(text.match(WORD) ?? [])) {
        const others = rows.get(word)
        if (others) others.push(row)
        else rows.set(word, [row])
      }
    }
  }
  return rows
}

/** The rows of one request, sorted, with ids named and everything that differs by itself taken out. */
export function effectOf(rows: Dump, one: Case): readonly string[] {
  const mine = new Set<Row>()
  const looked = new Set<string>()
  const look = [...Object.values(one.ids), one.key]
  for (let word = look.pop(); word !== undefined; word = look.pop()) {
    if (looked.has(word)) continue
    looked.add(word)
    for (const row of rows.get(word) ?? []) {
      mine.add(row)
      if (row.id !== '') look.push(row.id)
    }
  }
  return [...mine].map((row) => `${row.table} ${plain(row.text, one)}`).sort()
}

/** A text without what differs between two runs of the same request. */
export function plain(text: string, one: Case): string {
  let result = text.replaceAll(one.key, '<key>')
  for (const [name, id] of Object.entries(one.ids)) result = result.replaceAll(id, `<${name}>`)
  return result
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)/g, '<time>')
    .replace(/[0-9a-f]{64}/g, '<hash>')
    .replace(/\b([A-Z]{2,4})-(\d{4})-\d+\b/g, '$1-$2-<n>')
    .replace(/\b[A-Z]+-\d+\b/g, '<code>')
}

/** What of an effect differs from the effect it should be: rows too many with +, missing with -. */
export function differences(expected: readonly string[], found: readonly string[]): readonly string[] {
  const left = [...expected]
  const more: string[] = []
  for (const row of found) {
    const at = left.indexOf(row)
    if (at >= 0) left.splice(at, 1)
    else more.push(`+ ${row}`)
  }
  return [...more, ...left.map((row) => `- ${row}`)]
}
