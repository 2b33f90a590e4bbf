// XLSX is read under limits, as text: what a cell shows as a number comes as an exact decimal, a date as YYYY-MM-DD.

import { InvalidInputError, InvalidSpreadsheetError, readSheet, SheetNotFoundError } from 'read-excel-file/node'
import { decimalText, divideRounded, isDecimal, powerOfTen } from '#kernel/decimal'
import { type ReadOptions, recordsOf, type SourceRecord, type SourceRow } from '#kernel/exchange/record'
import { bytesOf, type Source } from '#kernel/exchange/source'
import { unzip, type ZipEntry, zipStored } from '#kernel/exchange/zip'
import { refusals } from '#kernel/refusal'

/** `sheet`: the name of the sheet; by default the first one. */
export type XlsxOptions = ReadOptions & { readonly sheet?: string }

/**
 * Reads a sheet row by row, each with its row number. The whole sheet is in memory meanwhile, so the file is refused
 * when more than 50 MB come out of it or the sheet spans more than 5 million cells. Numbers come with the 15 digits
 * that a spreadsheet keeps, truth as 'true' or 'false'. Refuses with XLSX_INVALID, XLSX_TOO_LARGE, XLSX_SHEET_UNKNOWN,
 * FILE_EMPTY, FILE_HEADER_INVALID.
 */
export function readXlsx(source: Source, options: XlsxOptions = {}): AsyncGenerator<SourceRecord> {
  return recordsOf(rowsOf(source, options), options)
}

const refuse = refusals({
  XLSX_INVALID: {
    text: 'The file is not a readable XLSX workbook. Save it as "Excel workbook (.xlsx)" without a password.',
    kind: 'invalid',
  },
  XLSX_TOO_LARGE: {
    text: 'The workbook is too large to be read safely. Save the sheet as CSV and load that, or split it.',
    kind: 'invalid',
  },
  XLSX_SHEET_UNKNOWN: { text: 'The workbook has no sheet "{sheet}". Name one of its sheets.', kind: 'invalid' },
})

const BYTES_MAX = 50 * 1024 * 1024
const CELLS_MAX = 5_000_000
const SHEET_FILE = /^xl\/worksheets\/[^/]+\.xml$/i
const SPREADSHEET_DIGITS = 15
const NUMBER_SHAPE = /^(-?)([0-9]{1,40})(?:\.([0-9]{1,60}))?(?:[eE]([+-]?[0-9]{1,3}))?$/

async function* rowsOf(source: Source, { sheet }: XlsxOptions): AsyncGenerator<SourceRow> {
  const entries = safeEntries(await collected(source))
  const rows = await sheetOf(zipStored(entries), sheet)
  for (const [index, row] of rows.entries()) {
    yield { line: index + 1, cells: row.map(cellText) }
  }
}

async function collected(source: Source): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytesOf(source)) {
    size += piece.length
    if (size > BYTES_MAX) {
      refuse('XLSX_TOO_LARGE')
    }
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/**
 * The XML files of the workbook, checked. The reader then gets a new archive of exactly these, so that it cannot see
 * anything that was not checked, whatever the two directories of a crafted archive say.
 */
function safeEntries(archive: Buffer): ZipEntry[] {
  const wanted = (name: string) => name.endsWith('.xml') || name.endsWith('.xml.rels')
  const entries = unzip(archive, { bytesMax: BYTES_MAX, wanted })
  if (entries === 'too-large') {
    return refuse('XLSX_TOO_LARGE')
  }
  if (entries === 'damaged' || new Set(entries.map(({ name }) => name)).size !== entries.length) {
    return refuse('XLSX_INVALID')
  }
  return entries.map(({ name, data }) => {
    if (data.includes('<!DOCTYPE') || data.includes('<!ENTITY')) {
      refuse('XLSX_INVALID')
    }
    return { name, data: SHEET_FILE.test(name) ? safeSheet(data) : data }
  })
}

function safeSheet(data: Buffer): Buffer {
  const xml = data.toString('utf8')
  checkSpan(xml)
  // The reader takes an error such as #N/A for an empty cell. As text it stays visible, and the row is refused for it.
  const shown = xml.replace(/(<(?:[\w.-]+:)?c\s[^<>]*?\bt\s*=\s*)(["'])e\2/g, '$1$2str$2')
  return shown === xml ? data : Buffer.from(shown)
}

/** Refuses a sheet whose cell addresses span too much: the reader fills every gap, and one far cell is a large gap. */
function checkSpan(xml: string): void {
  let rows = 0
  let columns = 0
  for (const [, attributes = ''] of xml.matchAll(/<(?:[\w.-]+:)?(?:row|c)(?=[\s/>])([^<>]*)/g)) {
    const quotes = attributes.split('"').length + attributes.split("'").length
    const address = /(?:^|\s)r\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1]
    const [, letters = '', digits = '1'] = /^([A-Z]{0,3})([0-9]{1,7})$/.exec(address ?? '1') ?? []
    if (quotes % 2 === 1 || (address !== undefined && letters + digits !== address)) {
      refuse('XLSX_INVALID')
    }
    rows = Math.max(rows, Number(digits))
    columns = Math.max(columns, columnNumber(letters))
  }
  if (rows * columns > CELLS_MAX) {
    refuse('XLSX_TOO_LARGE')
  }
}

function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters) {
    number = number * 26 + letter.charCodeAt(0) - 64
  }
  return number
}

async function sheetOf(workbook: Buffer, sheet: string | undefined): Promise<unknown[][]> {
  try {
    return await readSheet<string>(workbook, sheet ?? 1, { trim: false, parseNumber: shownNumber })
  } catch (error) {
    if (error instanceof SheetNotFoundError) {
      return refuse('XLSX_SHEET_UNKNOWN', { sheet: sheet ?? '1' })
    }
    if (error instanceof InvalidInputError || error instanceof InvalidSpreadsheetError) {
      return refuse('XLSX_INVALID')
    }
    throw error
  }
}

function cellText(cell: unknown): string {
  if (cell instanceof Date) {
    const text = cell.toISOString()
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19)
  }
  return cell === null || cell === undefined ? '' : String(cell)
}

/**
 * The number of a cell as it shows: a workbook writes binary fractions such as '33.600000000000001' or '1E-3', but keeps
 * and shows only 15 digits. What does not fit a decimal stays as it is written, and is refused where it is used.
 */
function shownNumber(text: string): string {
  const [, sign, whole = '', fraction = '', exponent = '0'] = NUMBER_SHAPE.exec(text) ?? []
  if (sign === undefined) {
    return text
  }
  let units = BigInt(whole + fraction)
  let scale = fraction.length - Number(exponent)
  const surplus = units.toString().length - SPREADSHEET_DIGITS
  if (surplus > 0) {
    units = divideRounded(units, powerOfTen(surplus), 'half-even')
    scale -= surplus
  }
  if (scale < 0) {
    units *= powerOfTen(-scale)
    scale = 0
  }
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n
    scale -= 1
  }
  const shown = decimalText({ units: sign === '-' ? -units : units, scale })
  return isDecimal(shown) ? shown : text
}
