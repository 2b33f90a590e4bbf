// A file that somebody chose, as a table: CSV is read here, a workbook by the server under its limits.
import { post } from '../../client/http.ts'
import { Problem } from '../../client/problem.ts'
import { t } from '../../i18n/index.ts'
import { type Placed, readCsv, type Table, tableOf } from './csv.ts'
import { type Doubtful, type OldEncoding, textFrom } from './text.ts'

/** `sheets` are those of a workbook to choose from; a text file has none. `encoding` is what a person said that it is. */
export type Chosen = {
  file: File
  table: Table
  sheets: readonly string[]
  sheet?: string
  encoding?: OldEncoding
}

/** The largest file; what is larger is for the command line, which reads it piece by piece. */
const MOST_BYTES = 12_000_000

/** Refuses a file in the words of the screen, without a request. */
export const broken = (detail: string): Problem =>
  new Problem({ type: '', title: '', instance: '', status: 0, code: 'FILE_UNREADABLE', retry: 'after-change', detail })

/** The bytes of a file as base64, which is how JSON carries them. */
const base64 = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',', 2)[1] ?? '')
    reader.onerror = () => reject(broken(t('import.unreadable')))
    reader.readAsDataURL(file)
  })

const whole = (placed: readonly Placed[]): Table => {
  const table = tableOf(placed)
  if (!table || table.rows.length === 0) throw broken(t('import.nothing'))
  return table
}

/**
 * Reads a file, of a workbook the first sheet or the one named. A text that is no UTF-8 comes back as a doubt, until
 * somebody says what it is. Throws the Problem that says what to do about a file that cannot be read.
 */
export async function readFile(
  file: File,
  how: { sheet?: string; encoding?: OldEncoding } = {},
): Promise<Chosen | Doubtful> {
  const { sheet, encoding } = how
  if (file.size > MOST_BYTES) throw broken(t('import.too-large'))
  if (!/\.xls[xm]?$/i.test(file.name)) {
    const text = textFrom(await file.arrayBuffer(), encoding)
    if (text === undefined) throw broken(t('import.unreadable'))
    if (typeof text !== 'string') return text
    return { file, table: whole(readCsv(text)), sheets: [], ...(encoding ? { encoding } : {}) }
  }
  const found = await post('/api/sheet', { file: await base64(file), ...(sheet ? { sheet } : {}) })
  const table = whole(found.rows.map(({ line, cells }) => ({ place: line, cells })))
  return { file, table, sheets: found.sheets, sheet: found.sheet }
}
