// Lists as files: CSV and XLSX whose cells no spreadsheet mistakes for a formula.
import { stringify } from 'csv-stringify/sync'
import writeExcel from 'write-excel-file/node'
import type { Tx } from '#kernel/db'
import type { DocumentSpec, FieldKind } from '#kernel/document'
import { type Plan, type Row, readPage } from './reading.ts'
import { refuse } from './refusals.ts'

export type FileKind = 'csv' | 'xlsx'

export const FILE_TYPE: Readonly<Record<FileKind, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

// All rows are read in one snapshot before the first byte goes out, so that a slow reader holds no connection; these
// bounds keep that within some tens of megabytes.
const MOST: Readonly<Record<FileKind, number>> = { csv: 100_000, xlsx: 20_000 }
const PAGE = 5_000

/** A column of a file: its name and what kind of value it holds. */
export type FileColumn = { readonly name: string; readonly kind: FieldKind }

/** Which file a request asks for, by `format` or by its Accept header; undefined for JSON. */
export function wantedFile(format: unknown, accept: string | undefined): FileKind | undefined {
  if (format === 'csv' || format === 'xlsx') return format
  if (format === 'json' || !accept) return undefined
  if (accept.startsWith('text/csv')) return 'csv'
  return accept.startsWith(FILE_TYPE.xlsx) ? 'xlsx' : undefined
}

/** Every row of a plan, page after page. Refuses EXPORT_TOO_LARGE. */
export async function readAll(tx: Tx, doc: DocumentSpec, plan: Plan, kind: FileKind): Promise<Row[]> {
  const rows: Row[] = []
  let from = plan.from
  do {
    const page = await readPage(tx, doc, plan, PAGE, from)
    rows.push(...page.items)
    if (rows.length > MOST[kind]) refuse('EXPORT_TOO_LARGE', { most: MOST[kind] })
    from = page.last
  } while (from)
  return rows
}

/** Refuses EXPORT_TOO_LARGE when an answer is too long for a file. */
export function checkLength(rows: readonly Row[], kind: FileKind): void {
  if (rows.length > MOST[kind]) refuse('EXPORT_TOO_LARGE', { most: MOST[kind] })
}

/** The bytes of the file. */
export function writeFile(kind: FileKind, columns: readonly FileColumn[], rows: readonly Row[]): Promise<Buffer> {
  return kind === 'csv' ? Promise.resolve(Buffer.from(csv(columns, rows), 'utf8')) : xlsx(columns, rows)
}

const NUMERIC: ReadonlySet<FieldKind> = new Set(['integer', 'quantity', 'money', 'price', 'percent'])
const NUMBER = /^-?\d+(\.\d+)?$/

function text(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** RFC 4180. A text that a spreadsheet would run gets an apostrophe in front; a number stays a number, -5 too. */
function csv(columns: readonly FileColumn[], rows: readonly Row[]): string {
  const cell = (column: FileColumn, value: unknown): string => {
    const plain = text(value)
    const safe = NUMERIC.has(column.kind) && NUMBER.test(plain)
    return !safe && /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain
  }
  const lines = rows.map((row) => columns.map((column) => cell(column, row[column.name])))
  return stringify([columns.map((column) => column.name), ...lines], { record_delimiter: '\r\n' })
}

/** Texts are typed as texts, so nothing runs. Numbers of more than 15 digits stay texts, because a spreadsheet would round them. */
async function xlsx(columns: readonly FileColumn[], rows: readonly Row[]): Promise<Buffer> {
  const cell = (column: FileColumn, value: unknown) => {
    const plain = text(value)
    if (plain === '') return null
    const exact = NUMERIC.has(column.kind) && NUMBER.test(plain) && plain.replace(/[-.]/g, '').length <= 15
    return exact ? { type: Number, value: Number(plain) } : { type: String, value: plain.slice(0, 32_767) }
  }
  const head = columns.map((column) => ({ type: String, value: column.name, fontWeight: 'bold' as const }))
  return await writeExcel([
    head,
    ...rows.map((row) => columns.map((column) => cell(column, row[column.name]))),
  ]).toBuffer()
}
