// Reads an online-retail file row by row, from .csv or .csv.xz, and never holds more than a few rows of text.
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import xz from 'xz-decompress'
import { ReplayRefusal } from './refusal.ts'

/** The columns a file must have, in this order, under these names. */
export const COLUMNS = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const

/**
 * One line of the source as it is written there. `row` counts from 1, the header not counted. `quantity` is in pieces,
 * `unitPrice` in pounds sterling without tax, `moment` is 'YYYY-MM-DD HH:MM:SS' wall-clock time of the warehouse.
 */
export interface SourceRow {
  row: number
  invoice: string
  code: string
  description: string
  quantity: string
  moment: string
  unitPrice: string
  customer: string
  country: string
}

/**
 * Yields the rows of a file in file order. A name that ends in .xz is decompressed on the way (one xz stream; a file of
 * several streams joined together is read to the end of the first). Refuses with REPLAY_FILE_NOT_FOUND,
 * REPLAY_FILE_DAMAGED (broken compression or quoting) or REPLAY_HEADER_UNKNOWN.
 */
export async function* readRows(file: string): AsyncGenerator<SourceRow> {
  const parser = parse({ bom: true, skip_empty_lines: true })
  // The failure of any stage reaches the loop below, because the pipeline destroys the parser with it.
  const reading = pipeline(bytesOf(file), parser).catch(() => undefined)
  let row = 0
  try {
    for await (const fields of parser) {
      if (row === 0) {
        checkHeader(file, fields)
      } else {
        yield toRow(row, fields)
      }
      row += 1
    }
  } catch (error) {
    throw asRefusal(file, row, error)
  } finally {
    parser.destroy()
    await reading
  }
}

function bytesOf(file: string): Readable {
  const bytes = createReadStream(file)
  if (!file.endsWith('.xz')) {
    return bytes
  }
  // Node's stream types and the web's describe the same object in two declarations; the cast joins them.
  const compressed = Readable.toWeb(bytes) as ConstructorParameters<typeof xz.XzReadableStream>[0]
  return Readable.fromWeb(new xz.XzReadableStream(compressed) as Parameters<typeof Readable.fromWeb>[0])
}

function checkHeader(file: string, fields: readonly string[]): void {
  if (fields.length !== COLUMNS.length || COLUMNS.some((name, index) => fields[index] !== name)) {
    throw new ReplayRefusal(
      'REPLAY_HEADER_UNKNOWN',
      `${file} does not begin with the columns ${COLUMNS.join(', ')}. Give the online-retail file, or rename them.`,
      { found: fields.join(', ').slice(0, 200) },
    )
  }
}

function toRow(row: number, fields: readonly string[]): SourceRow {
  const [invoice = '', code = '', description = '', quantity = '', moment = '', unitPrice = '', customer = ''] = fields
  return { row, invoice, code, description, quantity, moment, unitPrice, customer, country: fields[7] ?? '' }
}

function asRefusal(file: string, row: number, error: unknown): unknown {
  if (error instanceof ReplayRefusal || !(error instanceof Error)) {
    return error
  }
  if ('code' in error && error.code === 'ENOENT') {
    return new ReplayRefusal('REPLAY_FILE_NOT_FOUND', `${file} is not there. Check the path of the file to replay.`, {
      file,
    })
  }
  if (error instanceof CsvError || error.message.includes('get_next_output') || error.message.includes('xz')) {
    return new ReplayRefusal(
      'REPLAY_FILE_DAMAGED',
      `${file} cannot be read after row ${Math.max(0, row - 1)}: ${error.message}. Fetch the file again and retry.`,
      { file, row },
    )
  }
  return error
}
