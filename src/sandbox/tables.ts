// Every table of a database with the columns that hold text of any kind, read and rewritten row by row, in pages.
import type pg from 'pg'

export type Table = {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: string }[]
}

/** What is text, or has text in it, and is written by somebody: what follows from other columns follows from their masks. */
const TABLES = `select n.nspname || '.' || c.relname as name,
    coalesce(jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
      filter (where a.attgenerated = '' and format_type(a.atttypid, a.atttypmod) ~ '^(text|jsonb|json|character|citext)'), '[]') as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') group by 1 order by 1`

/** Every table that holds rows; of a partitioned one its parts. */
export async function tablesOf(owner: pg.Client): Promise<readonly Table[]> {
  return (await owner.query<Table>(TABLES)).rows
}

const PAGE = 5_000

/** Reads rows of a statement in pages, within the transaction that is open. */
export async function inPages(
  owner: pg.Client,
  statement: string,
  work: (rows: readonly (readonly (string | null)[])[]) => Promise<void>,
): Promise<void> {
  await owner.query(`declare pages no scroll cursor for ${statement}`)
  for (;;) {
    const { rows } = await owner.query<(string | null)[]>({ text: `fetch ${PAGE} from pages`, rowMode: 'array' })
    if (rows.length === 0) break
    await work(rows)
  }
  await owner.query('close pages')
}

/** A name as SQL has it: 'party.party' is "party"."party". */
export const quoted = (name: string): string =>
  name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.')

/** Rewrites the text of a table: `change` is given the value of a column and says what shall stand there. */
export async function rewrite(
  owner: pg.Client,
  { name, columns }: Table,
  change: (column: string, value: string) => string,
): Promise<void> {
  if (columns.length === 0) return
  const read = columns.map((one) => `${quoted(one.name)}::text`).join(', ')
  await inPages(owner, `select ctid::text, ${read} from only ${quoted(name)}`, async (rows) => {
    const changed = rows.flatMap(([place = null, ...values]) => {
      const after = values.map((value, at) => (value === null ? null : change(columns[at]?.name ?? '', value)))
      return after.some((value, at) => value !== values[at]) ? [[place, ...after]] : []
    })
    if (changed.length === 0) return
    const lists = [...columns, null].map((_, at) => changed.map((row) => row[at] ?? null))
    const given = columns.map((_, at) => `c${at}`).join(', ')
    const types = ['tid[]', ...columns.map(() => 'text[]')].map((type, at) => `$${at + 1}::${type}`).join(', ')
    const set = columns.map((one, at) => `${quoted(one.name)} = g.c${at}::${one.type}`).join(', ')
    await owner.query(
      `update only ${quoted(name)} t set ${set} from unnest(${types}) as g (place, ${given}) where t.ctid = g.place`,
      lists,
    )
  })
}
