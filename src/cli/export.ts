// `tradewright export`: every document of a kind, in one snapshot, as CSV or XLSX that a spreadsheet can open without running it.
import type { Command } from 'commander'
import { transaction } from '#kernel/db'
import type { ExportRow } from '#kernel/exchange'
import { documentNamed } from './documents.ts'
import { columnsOf, exportRows } from './export-rows.ts'
import { type Common, clock, common, companyOf, refuse, withDatabase } from './options.ts'
import { EXIT, type Output } from './output.ts'
import { targetOf, writeRows } from './write-file.ts'

type Given = Common & { company: string; lines?: boolean; ids?: boolean }

const NEWS_EVERY = 20_000

/** Adds `export`. */
export function exportCommand(program: Command): void {
  common(
    program
      .command('export <document> [file]')
      .description('write every document of a kind to a .csv or .xlsx file, or as CSV to stdout')
      .requiredOption('--company <code>', 'of which company')
      .option('--lines', 'with the lines of each document below it')
      .option('--ids', 'references as ids instead of codes and numbers'),
    [
      'tradewright export party.customer customers.csv --company NORTH',
      'tradewright export sales.order orders.xlsx --company NORTH --lines',
      'tradewright export catalog.item --company NORTH | head',
    ],
  ).action(run)
}

async function run(wanted: string, file: string | undefined, given: Given): Promise<void> {
  const doc = documentNamed(wanted)
  const shape = { lines: given.lines === true, ids: given.ids === true }
  if (shape.lines && !doc.lines)
    refuse('OPTION_INVALID', { option: '--lines', value: doc.name, problem: 'this document has no lines.' })
  if (given.json && file === undefined)
    refuse('OPTION_INVALID', {
      option: '--json',
      value: 'without a file',
      problem: 'both answers would go to stdout. Name a file.',
    })
  await withDatabase(given, async ({ kernel }, output) => {
    const company = await companyOf(kernel, given.company)
    const asOf = clock().toISOString()
    const count = { rows: 0 }
    await transaction(
      kernel.pool,
      { companies: [company.id] },
      (tx) =>
        writeRows(
          targetOf(file),
          columnsOf(doc, shape),
          counted(exportRows(tx, doc, company.id, shape), count, output),
        ),
      { snapshot: true, retries: 0 },
    )
    if (file)
      output.result(
        { ok: true, document: doc.name, company: company.code, file, rows: count.rows, asOf },
        `Wrote ${count.rows} rows to ${file}.`,
      )
    return EXIT.ok
  })
}

async function* counted(
  rows: AsyncIterable<ExportRow>,
  count: { rows: number },
  output: Output,
): AsyncGenerator<ExportRow> {
  for await (const row of rows) {
    count.rows++
    if (count.rows % NEWS_EVERY === 0) output.progress({ step: 'export', text: `${count.rows} rows` })
    yield row
  }
}
