// Where an export or a report goes: CSV row by row to a file or stdout, XLSX to a file.
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { errorCode } from '#kernel/db'
import { type Column, type ExportRow, writeCsv, writeXlsx } from '#kernel/exchange'
import { refusals } from '#kernel/refusal'

const refuse = refusals({
  FILE_UNWRITABLE: {
    text: '{file} cannot be written: {problem}. Name a file in a folder that you may write to.',
    kind: 'invalid',
  },
})

export type Target = { readonly kind: 'csv' | 'xlsx'; readonly file: string | undefined }

/** The target that a file's name asks for; stdout gets CSV. */
export const targetOf = (file: string | undefined): Target => ({
  kind: file?.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv',
  file,
})

/**
 * Writes every row. A CSV is written as it is read, whatever its length; a workbook is made in memory and takes at most
 * 100,000 rows (XLSX_TOO_MANY_ROWS). Refuses FILE_UNWRITABLE.
 */
export async function writeRows(
  { kind, file }: Target,
  columns: readonly Column[],
  rows: AsyncIterable<ExportRow> | Iterable<ExportRow>,
): Promise<void> {
  try {
    if (file === undefined) await pipeline(writeCsv(columns, rows), process.stdout, { end: false })
    else if (kind === 'xlsx') await writeFile(file, await writeXlsx(columns, rows), { mode: 0o600 })
    else await pipeline(writeCsv(columns, rows), createWriteStream(file, { mode: 0o600 }))
  } catch (error) {
    const code = errorCode(error) ?? ''
    if (file === undefined && code === 'EPIPE') return
    if (file !== undefined && ['ENOENT', 'EACCES', 'EISDIR', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EPERM'].includes(code))
      refuse('FILE_UNWRITABLE', { file, problem: error instanceof Error ? error.message : code })
    throw error
  }
}
