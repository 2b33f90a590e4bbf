// Lists as files: CSV of any length through a file on disk, XLSX up to a size that fits in memory; no cell runs as a formula.
import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Tx } from '#kernel/db'
import type { DocumentSpec, FieldKind } from '#kernel/document'
import { type Column, type ExportRow, writeCsv, writeXlsx } from '#kernel/exchange'
import { type Plan, type Row, readPage } from './reading.ts'
import { refuse } from './refusals.ts'

export type FileKind = 'csv' | 'xlsx'

export const FILE_TYPE: Readonly<Record<FileKind, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

// All rows are read in one snapshot before the first byte goes out, so that a slow reader holds no connection. A CSV
// waits on disk meanwhile; a workbook is made in memory, which bounds it to some tens of megabytes.
const MOST: Readonly<Record<FileKind, number>> = { csv: 1_000_000, xlsx: 20_000 }
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

/** Every row of a plan, page after page, never more than a page in memory. Ends with EXPORT_TOO_LARGE where there are too many. */
export async function* rowsOf(tx: Tx, doc: DocumentSpec, plan: Plan, kind: FileKind): AsyncGenerator<Row> {
  let from = plan.from
  let count = 0
  do {
    const page = await readPage(tx, doc, plan, PAGE, from)
    count += page.items.length
    if (count > MOST[kind]) refuse('EXPORT_TOO_LARGE', { most: MOST[kind] })
    yield* page.items
    from = page.last
  } while (from)
}

/** Refuses EXPORT_TOO_LARGE when an answer is too long for a file. */
export function checkLength(rows: readonly Row[], kind: FileKind): void {
  if (rows.length > MOST[kind]) refuse('EXPORT_TOO_LARGE', { most: MOST[kind] })
}

const NUMERIC: ReadonlySet<FieldKind> = new Set(['integer', 'quantity', 'money', 'price', 'percent'])

/** A file's columns as the writers of files know them. */
const written = (columns: readonly FileColumn[]): readonly Column[] =>
  columns.map(({ name, kind }) => ({
    name,
    kind: NUMERIC.has(kind) ? 'number' : kind === 'date' ? 'date' : 'text',
  }))

/** A value as the text of a cell: instants in ISO 8601, structures as JSON, nothing as nothing. */
export function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

async function* cells(
  columns: readonly FileColumn[],
  rows: AsyncIterable<Row> | Iterable<Row>,
): AsyncGenerator<ExportRow> {
  for await (const row of rows) yield Object.fromEntries(columns.map(({ name }) => [name, cellText(row[name])]))
}

/**
 * The file, ready to be sent: all rows have been read when it returns. A CSV has been written to a file that has no name
 * any more and vanishes with the stream.
 */
export async function fileOf(
  kind: FileKind,
  columns: readonly FileColumn[],
  rows: AsyncIterable<Row> | Iterable<Row>,
): Promise<Readable | Buffer> {
  if (kind === 'xlsx') return await writeXlsx(written(columns), cells(columns, rows))
  const path = join(tmpdir(), `tradewright-${randomUUID()}.csv`)
  try {
    await pipeline(
      writeCsv(written(columns), cells(columns, rows)),
      createWriteStream(path, { mode: 0o600, flags: 'wx' }),
    )
    return await opened(path)
  } finally {
    await rm(path, { force: true })
  }
}

/** The stream once it holds the file, so that the name can be taken away. */
const opened = (path: string): Promise<ReadStream> =>
  new Promise((resolve, reject) => {
    const stream = createReadStream(path)
    stream.once('open', () => resolve(stream))
    stream.once('error', reject)
  })
