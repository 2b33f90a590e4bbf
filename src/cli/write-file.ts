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
  FILE_KIND: {
    text: '{file} would be no file that this writes. Give it a name that ends in .csv or .xlsx.',
    kind: 'invalid',
  },
})

/** What the system says about files, in words. */
const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'you have no right to it',
  EPERM: 'you have no right to it',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
}

/** Why a file cannot be read or written, for people; undefined for what is no trouble with a file. */
export const fileProblem = (error: unknown): string | undefined => PROBLEMS[errorCode(error) ?? '']

export type Target = { readonly kind: 'csv' | 'xlsx'; readonly file: string | undefined }

/** The target that a file's name asks for; stdout gets CSV. Refuses FILE_KIND for any other ending. */
export function targetOf(file: string | undefined): Target {
  const kind = file === undefined ? 'csv' : /\.(csv|xlsx)$/i.exec(file)?.[1]?.toLowerCase()
  return kind === 'csv' || kind === 'xlsx' ? { kind, file } : refuse('FILE_KIND', { file })
}

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
    const problem = fileProblem(error)
    if (file !== undefined && problem !== undefined) refuse('FILE_UNWRITABLE', { file, problem })
    throw error
  }
}
