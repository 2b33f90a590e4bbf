// Rows become records by the names in the first row, and a receipt says what became of every one of them (I-19).

import { unguardText } from '#kernel/exchange/guard'
import { refusals } from '#kernel/refusal'

/** Why one row was not taken; `line` is its first line in a text file, or its row in a sheet, from 1. */
export type Rejection = {
  readonly line: number
  readonly column?: string
  readonly code: string
  readonly message: string
}

/** A row under the names of the first row. With problems it must be rejected: its values are then not to be used. */
export type SourceRecord = {
  readonly line: number
  readonly values: Readonly<Record<string, string>>
  readonly problems: readonly Rejection[]
}

/** The outcome of a load: every row that came in was loaded or is named among the rejected. */
export type Receipt = { readonly rowsIn: number; readonly loaded: number; readonly rejected: readonly Rejection[] }

/**
 * `cellMax`: characters a cell may have (default 100,000); a longer one is a problem of its row. `guard`: 'undo'
 * (default) takes away the apostrophe that our export puts before text that looks like a formula, 'keep' leaves it.
 */
export type ReadOptions = { readonly cellMax?: number; readonly guard?: 'undo' | 'keep' }

/** Makes the receipt of a load, and stops loudly when it does not account for every row. */
export function receiptOf(receipt: Receipt): Receipt {
  assertReceipt(receipt)
  return receipt
}

/** I-19: rows in = loaded + rejected. A row with several rejections counts once. Throws when a row is lost or made. */
export function assertReceipt({ rowsIn, loaded, rejected }: Receipt): void {
  const lines = new Set(rejected.map(({ line }) => line)).size
  if (rowsIn !== loaded + lines) {
    throw new Error(`the receipt does not add up: ${rowsIn} rows came in, ${loaded} loaded, ${lines} rejected`)
  }
}

/** A row as it stands in the file. */
export type SourceRow = { readonly line: number; readonly cells: readonly string[] }

/**
 * Turns rows into records. The first row holds the names, trimmed; rows without any text are no records. Refuses with
 * FILE_EMPTY, FILE_HEADER_INVALID.
 */
export async function* recordsOf(rows: AsyncIterable<SourceRow>, options: ReadOptions): AsyncGenerator<SourceRecord> {
  let names: readonly string[] | undefined
  for await (const row of rows) {
    if (row.cells.every((cell) => cell === '')) {
      continue
    }
    if (names) {
      yield recordOf(row, names, options)
    } else {
      names = namesOf(row, options)
    }
  }
  if (!names) {
    refuse('FILE_EMPTY')
  }
}

const refuse = refusals({
  FILE_EMPTY: {
    text: 'The file holds no rows. Name the columns in its first row and put one record into each row after it.',
    kind: 'invalid',
  },
  FILE_HEADER_INVALID: {
    text: 'The first row must name every column once: {problem}. Correct the names in line {line}.',
    kind: 'invalid',
  },
})

const CELL_MAX = 100_000

function namesOf({ line, cells }: SourceRow, { guard = 'undo' }: ReadOptions): string[] {
  const names = cells.map((cell) => (guard === 'undo' ? unguardText(cell) : cell).trim())
  const empty = names.indexOf('')
  if (empty >= 0) {
    refuse('FILE_HEADER_INVALID', { line, problem: `column ${empty + 1} has no name` })
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    refuse('FILE_HEADER_INVALID', { line, problem: `"${twice.slice(0, 40)}" stands there twice` })
  }
  return names
}

function recordOf(row: SourceRow, names: readonly string[], options: ReadOptions): SourceRecord {
  const { line, cells } = row
  const { cellMax = CELL_MAX, guard = 'undo' } = options
  // No prototype: a column may be called "constructor", and one that is missing must read as undefined.
  const values: Record<string, string> = Object.create(null)
  const problems: Rejection[] = []
  if (cells.length !== names.length) {
    const message = `The row has ${cells.length} cells and the first row ${names.length}. Check its separators and quotes.`
    problems.push({ line, code: 'COLUMN_COUNT_WRONG', message })
  }
  names.forEach((column, index) => {
    const cell = cells[index] ?? ''
    if (cell.length > cellMax) {
      const message = `The cell has ${cell.length} characters; ${cellMax} are the most. Shorten it.`
      problems.push({ line, column, code: 'CELL_TOO_LONG', message })
    } else {
      values[column] = guard === 'undo' ? unguardText(cell) : cell
    }
  })
  return { line, values, problems }
}
