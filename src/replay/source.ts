// The whole file as columns of small numbers: half a million lines in a few dozen megabytes, every value still exact.
import { parseDecimal, powerOfTen } from '#kernel/decimal'
import { dayNumber } from './calendar.ts'
import { readRows, type SourceRow } from './read.ts'
import { ReplayRefusal } from './refusal.ts'

/** Prices are held as whole numbers of 1/1,000,000 of a pound: finer than any price in the file. */
export const PRICE_SCALE = 6

/**
 * The lines of one file. Rows are numbered from 0 here (source row 1 is index 0). Each column holds, for a row, the
 * index of its value in the dictionary of that column; `quantities` are pieces, `prices` are at PRICE_SCALE.
 */
export interface SourceTable {
  readonly rows: number
  readonly invoice: Uint32Array
  readonly code: Uint32Array
  readonly description: Uint32Array
  readonly quantity: Uint32Array
  readonly moment: Uint32Array
  readonly price: Uint32Array
  readonly customer: Uint32Array
  readonly country: Uint32Array
  readonly invoices: readonly string[]
  readonly codes: readonly string[]
  readonly descriptions: readonly string[]
  readonly quantities: readonly bigint[]
  readonly moments: readonly string[]
  readonly prices: readonly bigint[]
  readonly customers: readonly string[]
  readonly countries: readonly string[]
  /** The rows of an invoice, ascending, wherever they stand in the file. */
  readonly rowsOf: (invoice: number) => Uint32Array
}

/** Reads and checks a whole file. Refuses like `readRows`, and like `buildSource`. */
export async function loadSource(file: string): Promise<SourceTable> {
  return buildSource(readRows(file))
}

/**
 * Gathers rows into a table. Refuses with REPLAY_ROW_INVALID (a quantity that is not whole, a price that is not a
 * decimal, a time that does not exist, a missing invoice number, code or country), REPLAY_NOT_IN_TIME_ORDER or
 * REPLAY_FILE_EMPTY.
 */
export async function buildSource(rows: AsyncIterable<SourceRow> | Iterable<SourceRow>): Promise<SourceTable> {
  const columns = {
    invoice: new Column(),
    code: new Column(),
    description: new Column(),
    quantity: new Column(),
    moment: new Column(),
    price: new Column(),
    customer: new Column(),
    country: new Column(),
  }
  const quantities: bigint[] = []
  const prices: bigint[] = []
  let count = 0
  let latest = ''
  for await (const row of rows) {
    checkTexts(row)
    if (row.moment < latest) {
      throw new ReplayRefusal(
        'REPLAY_NOT_IN_TIME_ORDER',
        `Row ${row.row} is of ${row.moment}, before the row above it (${latest}). Sort the file by InvoiceDate.`,
        { row: row.row },
      )
    }
    if (columns.moment.add(row.moment)) {
      checkMoment(row)
    }
    latest = row.moment
    if (columns.quantity.add(row.quantity)) {
      quantities.push(wholeQuantity(row))
    }
    if (columns.price.add(row.unitPrice)) {
      prices.push(priceUnits(row))
    }
    columns.invoice.add(row.invoice)
    columns.code.add(row.code)
    columns.description.add(row.description)
    columns.customer.add(row.customer)
    columns.country.add(row.country)
    count += 1
  }
  if (count === 0) {
    throw new ReplayRefusal('REPLAY_FILE_EMPTY', 'The file has no lines below its header. Give a file with lines.')
  }
  return {
    rows: count,
    invoice: columns.invoice.values(),
    code: columns.code.values(),
    description: columns.description.values(),
    quantity: columns.quantity.values(),
    moment: columns.moment.values(),
    price: columns.price.values(),
    customer: columns.customer.values(),
    country: columns.country.values(),
    invoices: columns.invoice.texts,
    codes: columns.code.texts,
    descriptions: columns.description.texts,
    quantities,
    moments: columns.moment.texts,
    prices,
    customers: columns.customer.texts,
    countries: columns.country.texts,
    rowsOf: groupRows(columns.invoice.values(), columns.invoice.texts.length),
  }
}

/** The quantity of a row, in pieces; negative when goods come back or are written off. */
export function quantityOf(table: SourceTable, row: number): bigint {
  return table.quantities[at(table.quantity, row)] ?? missing('quantity', row)
}

/** The unit price of a row at PRICE_SCALE. */
export function priceOf(table: SourceTable, row: number): bigint {
  return table.prices[at(table.price, row)] ?? missing('price', row)
}

/** The value of a typed column at an index that the caller knows to be inside it. */
export function at(column: Uint32Array | Uint8Array, index: number): number {
  return column[index] ?? missing('column', index)
}

/** The text of a list at an index that the caller knows to be inside it. */
export function textAt(texts: readonly string[], index: number): string {
  return texts[index] ?? missing('text', index)
}

/** An interning column: remembers each distinct text once and a number per row. */
class Column {
  readonly texts: string[] = []
  private readonly indexOf = new Map<string, number>()
  private readonly indexes: number[] = []

  /** Appends a row's text; says whether the text is a new one. */
  add(text: string): boolean {
    const known = this.indexOf.get(text)
    if (known !== undefined) {
      this.indexes.push(known)
      return false
    }
    this.indexOf.set(text, this.texts.length)
    this.indexes.push(this.texts.length)
    this.texts.push(text)
    return true
  }

  values(): Uint32Array {
    return Uint32Array.from(this.indexes)
  }
}

function groupRows(invoice: Uint32Array, invoices: number): (invoice: number) => Uint32Array {
  const starts = new Uint32Array(invoices + 1)
  for (const index of invoice) {
    starts[index + 1] = at(starts, index + 1) + 1
  }
  for (let index = 0; index < invoices; index += 1) {
    starts[index + 1] = at(starts, index + 1) + at(starts, index)
  }
  const next = starts.slice()
  const grouped = new Uint32Array(invoice.length)
  for (const [row, index] of invoice.entries()) {
    const place = at(next, index)
    grouped[place] = row
    next[index] = place + 1
  }
  return (index) => grouped.subarray(at(starts, index), at(starts, index + 1))
}

const MOMENT_SHAPE = /^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/
// Nine digits a line leave room for the sums of any file in 64 bits.
const WHOLE_SHAPE = /^-?\d{1,9}$/

function checkTexts(row: SourceRow): void {
  if (row.invoice === '' || row.code === '' || row.country === '') {
    throw invalid(row, 'has no invoice number, stock code or country')
  }
}

function checkMoment(row: SourceRow): void {
  if (!MOMENT_SHAPE.test(row.moment) || dayNumber(row.moment.slice(0, 10)) === null) {
    throw invalid(row, `has the time "${row.moment.slice(0, 40)}", which is not a YYYY-MM-DD HH:MM:SS`)
  }
}

function wholeQuantity(row: SourceRow): bigint {
  if (!WHOLE_SHAPE.test(row.quantity)) {
    throw invalid(
      row,
      `has the quantity "${row.quantity.slice(0, 40)}", which is not a whole number of at most 9 digits`,
    )
  }
  return BigInt(row.quantity)
}

function priceUnits(row: SourceRow): bigint {
  if (!/^-?\d{1,12}(\.\d{1,6})?$/.test(row.unitPrice)) {
    throw invalid(row, `has the unit price "${row.unitPrice.slice(0, 40)}", which is not a price of at most 6 places`)
  }
  const { units, scale } = parseDecimal(row.unitPrice)
  return units * powerOfTen(PRICE_SCALE - scale)
}

function invalid(row: SourceRow, what: string): ReplayRefusal {
  return new ReplayRefusal('REPLAY_ROW_INVALID', `Row ${row.row} ${what}. Correct that row and replay again.`, {
    row: row.row,
    invoice: row.invoice,
  })
}

function missing(what: string, index: number): never {
  throw new RangeError(`no ${what} at ${index}`)
}
