// Exports are harmless to open and complete to read back: text cannot run as a formula, and numbers stay numbers.

import { pipeline, Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import writeXlsxFile, { type Row } from 'write-excel-file/node'
import { parseDate } from '#kernel/dates'
import { normaliseDecimal, parseDecimal } from '#kernel/decimal'
import { guardText } from '#kernel/exchange/guard'
import { refusals } from '#kernel/refusal'

/** A column of an export. 'number' holds decimal text, 'date' a business date; 'text' (default) is guarded. */
export type Column = { readonly name: string; readonly kind?: 'text' | 'number' | 'date' }

/** A cell to be written; null is written as an empty cell, and an empty cell is read back as ''. */
export type CellText = string | null

/** One row by column name. */
export type ExportRow = Readonly<Record<string, CellText>>

/** The rows of an export, made as they are needed. */
type Rows = Iterable<ExportRow> | AsyncIterable<ExportRow>

/**
 * Writes CSV as a stream of bytes (UTF-8 with a byte order mark, which Excel needs; CRLF; RFC 4180 quotes), as fast as
 * it is read and without holding more than a few rows. A value that does not fit its column's kind ends the stream with
 * the refusal DECIMAL_INVALID or DATE_INVALID.
 */
export function writeCsv(columns: readonly Column[], rows: Rows, delimiter: ',' | ';' | '\t' = ','): Readable {
  const stringifier = stringify({
    bom: true,
    delimiter,
    record_delimiter: '\r\n',
    // Beyond what the format demands: every separator and outer blank, so that no other program splits or trims a cell.
    quoted_match: /[\r\n,;\t]|^\s|\s$/,
  })
  // The callback is only there because a pipeline wants one: an error reaches the caller through the stream.
  return pipeline(Readable.from(lines(columns, rows)), stringifier, () => {})
}

/**
 * Writes one sheet of an XLSX workbook. The whole of it is in memory meanwhile, so it takes at most 100,000 rows:
 * refuses with XLSX_TOO_MANY_ROWS, DECIMAL_INVALID, DATE_INVALID. A number of more than 15 digits is written as text,
 * because a spreadsheet would drop the digits beyond.
 */
export async function writeXlsx(columns: readonly Column[], rows: Rows, sheet = 'Sheet1'): Promise<Buffer> {
  const data: Row[] = [columns.map(({ name }) => xlsxText(name))]
  for await (const row of rows) {
    if (data.length > XLSX_ROWS_MAX) {
      refuse('XLSX_TOO_MANY_ROWS', { most: XLSX_ROWS_MAX })
    }
    data.push(columns.map((column) => xlsxCell(column, row[column.name] ?? null)))
  }
  return await writeXlsxFile(data, { sheet, dateFormat: 'yyyy-mm-dd' }).toBuffer()
}

const refuse = refusals({
  XLSX_TOO_MANY_ROWS: {
    text: 'A workbook is written with at most {most} rows. Narrow the selection, or export it as CSV.',
    kind: 'invalid',
  },
})

const XLSX_ROWS_MAX = 100_000
const SPREADSHEET_DIGITS = 15
// Spreadsheets count a 29 February 1900 that never was; dates before this day would shift.
const FIRST_SAFE_DATE = '1900-03-01'

async function* lines(columns: readonly Column[], rows: Rows): AsyncGenerator<string[]> {
  yield columns.map(({ name }) => guardText(name))
  for await (const row of rows) {
    yield columns.map((column) => csvCell(column, row[column.name] ?? null))
  }
}

function csvCell({ kind = 'text' }: Column, value: CellText): string {
  if (value === null || value === '') {
    return ''
  }
  switch (kind) {
    case 'number':
      parseDecimal(value)
      return value
    case 'date':
      return parseDate(value)
    case 'text':
      return guardText(value)
  }
}

function xlsxCell({ kind = 'text' }: Column, value: CellText): Row[number] {
  if (value === null || value === '') {
    return null
  }
  switch (kind) {
    case 'number':
      return fitsSpreadsheet(value) ? Number(value) : xlsxText(value)
    case 'date':
      return parseDate(value) < FIRST_SAFE_DATE
        ? xlsxText(value)
        : { type: Date, value: new Date(`${value}T00:00:00Z`) }
    case 'text':
      return xlsxText(value)
  }
}

/** Whether a cell keeps the number: it holds a binary fraction, from which 15 digits come back as they were. */
function fitsSpreadsheet(value: string): boolean {
  const digits = normaliseDecimal(value).replace(/[-.]/g, '').replace(/^0+/, '')
  return digits.length <= SPREADSHEET_DIGITS
}

/**
 * Guarded text with the characters that XML cannot hold written as _xHHHH_ (ECMA-376, part 1, ST_Xstring), and text that
 * looks like such an escape escaped itself; readers of XLSX undo both.
 */
function xlsxText(text: string): { type: StringConstructor; value: string } {
  const escaped = guardText(text)
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[\p{Cc}\p{Cs}\p{Cn}\ufffd]/gu, (found) => (found === '\t' || found === '\n' ? found : codes(found)))
  // The writer looks texts up in a plain object, where the likes of 'valueOf' and '__proto__' are found without having
  // been put there, and the workbook would be broken. With its first letter escaped, such a text is like any other.
  const value = escaped in {} ? codes(escaped.slice(0, 1)) + escaped.slice(1) : escaped
  return { type: String, value }
}

function codes(found: string): string {
  return found
    .split('')
    .map((unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .join('')
}
