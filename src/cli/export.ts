// `tradewright export`: every document of a kind, in one snapshot, as CSV that a spreadsheet can open without running it.
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { name, sql, type Tx, transaction } from '#kernel/db'
import type { DocumentSpec, FieldKind } from '#kernel/document'
import { type Column, type ExportRow, writeCsv } from '#kernel/exchange'
import { documentNamed } from './documents.ts'
import { type Common, clock, common, companyOf, refuse, withDatabase } from './options.ts'
import { EXIT } from './output.ts'
import { textOf } from './table.ts'

const PAGE = 5_000
const NUMBERS: ReadonlySet<FieldKind> = new Set(['integer', 'quantity', 'money', 'price', 'percent'])

/** Adds `export`. */
export function exportCommand(program: Command): void {
  common(
    program
      .command('export <document> [file]')
      .description('write every document of a kind as CSV, to a file or stdout')
      .requiredOption('--company <code>', 'of which company'),
    [
      'tradewright export party.customer customers.csv --company NORTH',
      'tradewright export catalog.item --company NORTH | head',
    ],
  ).action(run)
}

async function run(wanted: string, file: string | undefined, given: Common & { company: string }): Promise<void> {
  const doc = documentNamed(wanted)
  if (given.json && file === undefined)
    refuse('OPTION_INVALID', {
      option: '--json',
      value: 'without a file',
      problem: 'both answers would go to stdout. Name a file.',
    })
  await withDatabase(given, async ({ kernel }, output) => {
    const company = await companyOf(kernel, given.company)
    const started = clock()
    let rows = 0
    await transaction(
      kernel.pool,
      { companies: [company.id] },
      async (tx) => {
        const counted = (async function* () {
          for await (const row of rowsOf(tx, doc, company.id)) {
            rows++
            if (rows % PAGE === 0) output.progress({ step: 'export', text: `${rows} rows` })
            yield row
          }
        })()
        const csv = writeCsv(columnsOf(doc), counted)
        if (file) await pipeline(csv, createWriteStream(file, { mode: 0o600 }))
        else await pipeline(csv, process.stdout, { end: false })
      },
      { snapshot: true, retries: 0 },
    )
    if (file)
      output.result(
        { ok: true, document: doc.name, company: company.code, file, rows, asOf: started.toISOString() },
        `Wrote ${rows} rows to ${file}.`,
      )
    return EXIT.ok
  })
}

type Part = { column: string; from: string; kind: FieldKind }

/** The number, the fields as described, and the state. */
function partsOf(doc: DocumentSpec): readonly Part[] {
  const fields = Object.entries(doc.fields).map(([column, field]) => ({
    column,
    from: field.column ?? column,
    kind: field.kind,
  }))
  const number: Part[] = fields.some((one) => one.from === doc.numbered)
    ? []
    : [{ column: doc.numbered, from: doc.numbered, kind: 'text' }]
  const state: Part[] =
    doc.states.length === 0 || fields.some((one) => one.column === 'state')
      ? []
      : [{ column: 'state', from: 'state', kind: 'text' }]
  return [...number, ...fields, ...state]
}

const columnsOf = (doc: DocumentSpec): readonly Column[] =>
  partsOf(doc).map(({ column, kind }) => ({
    name: column,
    kind: NUMBERS.has(kind) ? ('number' as const) : kind === 'date' ? ('date' as const) : ('text' as const),
  }))

async function* rowsOf(tx: Tx, doc: DocumentSpec, companyId: number): AsyncGenerator<ExportRow> {
  const parts = partsOf(doc)
  const scope = doc.shared ? sql`true` : sql`t.company_id = ${companyId}`
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await tx.rows(
      sql<
        Record<string, unknown>
      >`select t.* from ${name(doc.table)} t where ${scope} and t.id > ${last}::uuid order by t.id limit ${PAGE}`,
    )
    for (const row of page) yield Object.fromEntries(parts.map(({ column, from }) => [column, textOf(row[from])]))
    const end = page.at(-1)
    if (!end || page.length < PAGE) return
    last = String(end.id)
  }
}
