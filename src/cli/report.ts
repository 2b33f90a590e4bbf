// `tradewright report`: any question of any module, asked for one company and answered as a table, CSV or JSON.
import type { Command } from 'commander'
import type { Column } from '#kernel/exchange'
import { cellText } from '#kernel/http/export'
import { InputInvalid } from '#kernel/http/problem'
import { queryReader, validator } from '#kernel/http/validate'
import type { Query } from '#kernel/query'
import { refusals } from '#kernel/refusal'
import { modules } from '../modules/index.ts'
import { type Common, clock, common, companyOf, contextAt, refuse as refuseOption, withDatabase } from './options.ts'
import { EXIT } from './output.ts'
import { tableOf } from './table.ts'
import { targetOf, writeRows } from './write-file.ts'

const refuse = refusals({
  REPORT_UNKNOWN: { text: 'There is no report {name}. There are: {known}.', kind: 'unknown' },
  REPORT_PARAMETERS: { text: 'The report {name} does not take that: {problem} It takes: {known}.', kind: 'invalid' },
})

// The names that people use for the questions they ask most.
const SHORT: Readonly<Record<string, string>> = {
  'trial-balance': 'ledger.trial-balance',
  'aged-receivables': 'receivables.aged',
  stock: 'inventory.stock',
  'order-lines': 'sales.order-lines',
}

// What "as of" is called where a question asks for a day.
const AS_OF = ['asOf', 'on', 'day', 'date', 'until']

type Given = Common & { company: string; asOf?: string; csv?: boolean; file?: string; with: readonly string[] }

/** Adds `report`. */
export function report(program: Command): void {
  const list = questions().map(({ name, title }) => `  ${name.padEnd(34)} ${title}`)
  const command = program
    .command('report <name>')
    .description('trial-balance, aged-receivables, stock, order-lines, or any other question')
    .requiredOption('--company <code>', 'of which company')
    .option('--as-of <day>', 'as it stood at the end of a day, YYYY-MM-DD')
    .option(
      '--with <name=value>',
      'a further parameter; may be repeated',
      (one: string, all: readonly string[]) => [...all, one],
      [],
    )
    .option('--csv', 'as CSV on stdout')
    .option('--file <file>', 'into a .csv or .xlsx file')
  common(command, [
    'tradewright report trial-balance --company NORTH --as-of 2026-03-31',
    'tradewright report order-lines --company NORTH --csv > lines.csv',
    'tradewright report aged-receivables --company NORTH --file aged.xlsx',
    ...(list.length > 0 ? ['', 'Questions:', ...list] : []),
  ]).action(ask)
}

const questions = (): readonly Query[] =>
  modules.flatMap((one) => one.queries).sort((a, b) => (a.name < b.name ? -1 : 1))

async function ask(short: string, given: Given): Promise<void> {
  const query = find(short)
  const parameters = withMost(query, parametersOf(query, given))
  if (given.csv && (given.json || given.file !== undefined))
    refuseOption('OPTION_INVALID', {
      option: '--csv',
      value: given.json ? 'together with --json' : 'together with --file',
      problem: 'choose one of them.',
    })
  await withDatabase(given, async ({ kernel }, output) => {
    const company = await companyOf(kernel, given.company)
    const rows = await query.ask<Record<string, unknown>>(kernel, contextAt(company, clock()), parameters)
    const cut = rows.length === parameters.limit
    if (cut)
      process.stderr.write(`There are more than ${rows.length} rows; these are the first. Narrow it by --with.\n`)
    if (given.csv || given.file !== undefined)
      await writeRows(targetOf(given.file), columnsOf(query, rows), cellsOf(rows))
    const about = { ok: true, report: query.name, company: company.code, parameters, ...(cut ? { cut } : {}) }
    if (given.file !== undefined)
      output.result({ ...about, file: given.file, rows: rows.length }, `Wrote ${rows.length} rows to ${given.file}.`)
    else if (!given.csv) output.result({ ...about, rows }, rows.length === 0 ? 'No rows.' : tableOf(rows))
    return EXIT.ok
  })
}

function find(short: string): Query {
  const name = SHORT[short] ?? short
  const known = questions()
  const aliases = Object.entries(SHORT)
    .filter(([, full]) => known.some((one) => one.name === full))
    .map(([alias]) => alias)
  return (
    known.find((one) => one.name === name) ??
    refuse('REPORT_UNKNOWN', {
      name: short,
      known: [...aliases, ...known.map((one) => one.name)].join(', ') || 'none yet',
    })
  )
}

/** The parameters as the question's own schema wants them. */
function parametersOf(query: Query, given: Given): Record<string, unknown> {
  const names = Object.keys(query.parameters.properties)
  const known = names.join(', ') || 'nothing'
  const texts: Record<string, string> = {}
  for (const one of given.with) {
    const at = one.indexOf('=')
    if (at < 1) refuse('REPORT_PARAMETERS', { name: query.name, problem: `"${one}" is not NAME=VALUE.`, known })
    texts[one.slice(0, at)] = one.slice(at + 1)
  }
  if (given.asOf !== undefined) {
    const name = AS_OF.find((one) => names.includes(one))
    if (!name)
      return refuse('REPORT_PARAMETERS', { name: query.name, problem: 'it knows no day to look back from.', known })
    texts[name] = given.asOf
  }
  const parameters = queryReader(query.parameters)(texts)
  try {
    validator(query.parameters)(parameters)
  } catch (error) {
    if (!(error instanceof InputInvalid)) throw error
    const problem = error.misfits.map((one) => `${one.pointer.slice(1) || 'the input'} ${one.detail}`).join(' ')
    refuse('REPORT_PARAMETERS', { name: query.name, problem, known })
  }
  return parameters
}

/** A report is whole: where a question takes a limit, it is asked for as much as it ever gives. */
function withMost(query: Query, parameters: Record<string, unknown>): Record<string, unknown> {
  const most: unknown = query.parameters.properties.limit?.maximum
  return typeof most === 'number' ? { limit: most, ...parameters } : parameters
}

type Row = Readonly<Record<string, unknown>>

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'quantity', 'money', 'price', 'percent'])

/** The columns as the question declares them; an empty report has its columns too. */
const columnsOf = (query: Query, rows: readonly Row[]): readonly Column[] => {
  const [first] = rows
  return Object.entries(query.columns ?? {})
    .filter(([name]) => first === undefined || name in first)
    .map(([name, { kind }]) => ({ name, kind: NUMBERS.has(kind) ? 'number' : kind === 'date' ? 'date' : 'text' }))
}

const cellsOf = (rows: readonly Row[]) =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellText(value)])))
