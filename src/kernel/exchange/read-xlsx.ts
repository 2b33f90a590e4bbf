// XLSX is read under limits, as text: what a cell shows as a number comes as an exact decimal, a date as YYYY-MM-DD.

import { InvalidInputError, InvalidSpreadsheetError, readSheet, SheetNotFoundError } from 'read-excel-file/node'
import { decimalText, divideRounded, isDecimal, powerOfTen } from '#kernel/decimal'
import { unguardText } from '#kernel/exchange/guard'
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

/** The visible sheets of a workbook by name, and one of them: its rows that hold something, each with its row number. */
export type Workbook = {
  readonly sheets: readonly string[]
  readonly sheet: string
  readonly rows: readonly SourceRow[]
}

/**
 * One sheet of a workbook as it stands, for a person who then says which column is what; by default the first that is
 * visible. `cellsMax` and `bytesMax` lower the limits of `readXlsx`, whose cells and refusals these are.
 */
export async function readWorkbook(
  source: Source,
  { sheet, ...limits }: { readonly sheet?: string } & Partial<Limits> = {},
): Promise<Workbook> {
  const entries = safeEntries(await collected(source), { ...LIMITS, ...limits })
  const sheets = sheetNames(entries)
  const wanted = sheet ?? sheets[0] ?? refuse('XLSX_INVALID')
  const rows = (await sheetOf(zipStored(entries), wanted)).map((row, index) => ({
    line: index + 1,
    cells: row.map((cell) => unguardText(cellText(cell))),
  }))
  return { sheets, sheet: wanted, rows: rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')) }
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

/** Bytes that may come out of a workbook, and cells that one of its sheets may span. */
type Limits = { readonly bytesMax: number; readonly cellsMax: number }

const LIMITS: Limits = { bytesMax: 50 * 1024 * 1024, cellsMax: 5_000_000 }
const SHEET_FILE = /^xl\/worksheets\/[^/]+\.xml$/i
const SPREADSHEET_DIGITS = 15
const NUMBER_SHAPE = /^(-?)([0-9]{1,40})(?:\.([0-9]{1,60}))?(?:[eE]([+-]?[0-9]{1,3}))?$/

async function* rowsOf(source: Source, { sheet }: XlsxOptions): AsyncGenerator<SourceRow> {
  const entries = safeEntries(await collected(source), LIMITS)
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
    if (size > LIMITS.bytesMax) {
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
function safeEntries(archive: Buffer, { bytesMax, cellsMax }: Limits): ZipEntry[] {
  const wanted = (name: string) => name.endsWith('.xml') || name.endsWith('.xml.rels')
  const entries = unzip(archive, { bytesMax, wanted })
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
    return { name, data: SHEET_FILE.test(name) ? safeSheet(data, cellsMax) : data }
  })
}

// A formula whose result was never stored: a cell that ends right after it.
const UNSOLVED = /<((?:[\w.-]+:)?)c(\s[^<>]*[^<>/])>\s*<\1f(?:\s[^<>]*)?(?:\/>|>[^<]*<\/\1f>)\s*<\/\1c>/g

function safeSheet(data: Buffer, cellsMax: number): Buffer {
  const xml = data.toString('utf8')
  checkSpan(xml, cellsMax)
  // The reader takes an error such as #N/A for an empty cell. As text it stays visible, and the row is refused for it;
  // so it does with a formula that no spreadsheet has worked out yet.
  const shown = xml
    .replace(/(<(?:[\w.-]+:)?c\s[^<>]*?\bt\s*=\s*)(["'])e\2/g, '$1$2str$2')
    .replace(UNSOLVED, (_, prefix: string, attributes: string) => {
      const [address = ''] = /\sr\s*=\s*(["'])[^"']*\1/.exec(attributes) ?? []
      return `<${prefix}c${address} t="str"><${prefix}v>#FORMULA</${prefix}v></${prefix}c>`
    })
  return shown === xml ? data : Buffer.from(shown)
}

/** Refuses a sheet whose cell addresses span too much: the reader fills every gap, and one far cell is a large gap. */
function checkSpan(xml: string, cellsMax: number): void {
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
  if (rows * columns > cellsMax) {
    refuse('XLSX_TOO_LARGE')
  }
}

/** The names of the visible sheets, in their order; XML's own signs are undone, as the reader undoes them. */
function sheetNames(entries: readonly ZipEntry[]): string[] {
  const book = entries.find(({ name }) => name === 'xl/workbook.xml')?.data.toString('utf8') ?? ''
  return [...book.matchAll(/<(?:[\w.-]+:)?sheet(\s[^<>]*)>/g)].flatMap(([, attributes = '']) => {
    const named = /\sname\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes)
    const hidden = /\sstate\s*=\s*["'](?:hidden|veryHidden)["']/.test(attributes)
    return named && !hidden ? [plainText(named[1] ?? named[2] ?? '')] : []
  })
}

const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const plainText = (xml: string): string =>
  xml.replace(/&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));/g, (whole, sign, decimal, hex) => {
    if (sign) return SIGNS[sign] ?? whole
    const code = Number.parseInt(decimal ?? hex, decimal ? 10 : 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

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
    // A number that is formatted as a day, and is none.
    if (Number.isNaN(cell.valueOf())) {
      return '#DATE'
    }
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
