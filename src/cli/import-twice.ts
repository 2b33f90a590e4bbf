// What a file says twice: a large file is loaded in parts, and parts do not see each other before they are kept.
import type { Command } from '#kernel/command'
import { sql, transaction } from '#kernel/db'
import type { Rejection } from '#kernel/exchange'
import type { Kernel } from '#kernel/kernel'
import { type Candidate, wholeDocument } from './import-read.ts'

type Asked = { kernel: Kernel; command: Command }

/** The candidates with each key once, and a rejection ROW_TWICE for each that repeats a key of one above it. */
export async function saidTwice(
  asked: Asked,
  candidates: readonly Candidate[],
): Promise<{ once: readonly Candidate[]; twice: readonly Rejection[] }> {
  const keys = await keysOf(asked)
  const seen = new Map<string, number>()
  const once: Candidate[] = []
  const twice: Rejection[] = []
  for (const one of candidates) {
    const line = one.lines[0] ?? 0
    const own = keys.map((key) => key.map((field) => one.input[field])).filter((values) => values.every(isText))
    const names = own.map((values, at) => `${at} ${JSON.stringify(values)}`)
    const repeated = names.findIndex((name) => seen.has(name))
    if (repeated < 0) {
      for (const name of names) seen.set(name, line)
      once.push(one)
      continue
    }
    const said = own[repeated]?.join(', ') ?? ''
    const message = `The row in line ${seen.get(names[repeated] ?? '')} has ${said} already. Take one of the two out.`
    twice.push(...wholeDocument(one, [{ line, code: 'ROW_TWICE', message }]))
  }
  return { once, twice }
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** The fields of each unique index of the document's table that the input fills whole, the company left out. */
async function keysOf({ kernel, command }: Asked): Promise<readonly (readonly string[])[]> {
  const { table, fields } = command.verb.document
  const rows = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.rows(sql<{ columns: string[] }>`
      select array_agg(a.attname::text order by k.place) as columns
        from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
        cross join lateral unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
       where n.nspname || '.' || c.relname = ${table} and i.indisunique and i.indexprs is null and i.indpred is null
         and a.attname <> 'company_id'
       group by i.indexrelid`),
  )
  const fieldOf = new Map(Object.entries(fields).map(([key, field]) => [field.column ?? key, key]))
  return rows
    .map((row) => row.columns.map((column) => fieldOf.get(column) ?? column))
    .filter((key) => key.every((field) => field in command.input.properties && field !== 'id'))
}
