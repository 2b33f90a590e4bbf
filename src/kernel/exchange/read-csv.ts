// CSV is read as a stream: strict about quotes, exact about lines, and never larger in memory than a few rows.

import { pipeline, Readable } from 'node:stream'
import { CsvError, type Parser, parse } from 'csv-parse'
import { type ReadOptions, recordsOf, type SourceRecord, type SourceRow } from '#kernel/exchange/record'
import { lineBreaks, type OldEncoding, type Source, textOf } from '#kernel/exchange/source'
import { refusals } from '#kernel/refusal'

/**
 * `delimiter`: by default found from the first row, which must then use only one of comma, semicolon and tab.
 * `encoding`: what somebody said that the file is written in; otherwise UTF-8, or UTF-16 with its mark.
 */
export type CsvOptions = ReadOptions & {
  readonly delimiter?: ',' | ';' | '\t'
  readonly encoding?: OldEncoding
}

/**
 * Reads CSV (RFC 4180; line ends may be LF, CRLF, CR or mixed) from a file or stream, row by row, each with the line it
 * begins on. Faults of a row are in its `problems`; faults of the file end the reading with a refusal: FILE_EMPTY,
 * FILE_HEADER_INVALID, FILE_ENCODING, FILE_NUL, CSV_QUOTES, CSV_ROW_TOO_LONG, CSV_DELIMITER_UNCLEAR.
 */
export function readCsv(source: Source, options: CsvOptions = {}): AsyncGenerator<SourceRecord> {
  return recordsOf(rowsOf(source, options), options)
}

const refuse = refusals({
  CSV_QUOTES: {
    text: 'The row that begins on line {line} has a quote out of place. Put the cell in quotes and double those inside.',
    kind: 'invalid',
  },
  CSV_ROW_TOO_LONG: {
    text: 'The row that begins on line {line} does not end. Look for a quote that is opened and not closed.',
    kind: 'invalid',
  },
  CSV_DELIMITER_UNCLEAR: {
    text: 'The first row uses more than one separator (comma, semicolon, tab). Say which of them separates the columns.',
    kind: 'invalid',
  },
})

const DELIMITERS = [',', ';', '\t'] as const
const FIRST_ROW_MAX = 65_536
// Characters. A row beyond this is a quote that was never closed; it bounds what one bad file can hold in memory.
const ROW_MAX = 4_000_000

async function* rowsOf(source: Source, { delimiter, encoding }: CsvOptions): AsyncGenerator<SourceRow> {
  const { first, rest } = await firstRow(textOf(source, encoding))
  const counter: Counter = { next: 1, parsed: [] }
  const parser = parserFor(delimiter ?? findDelimiter(first), counter)
  // The callback is only there because a pipeline wants one: an error reaches the loop below through the parser.
  pipeline(Readable.from(joined(first, rest)), parser, () => {})
  try {
    for await (const cells of parser) {
      yield { line: counter.parsed.shift() ?? counter.next, cells }
    }
  } catch (error) {
    if (error instanceof CsvError) {
      refuse(error.code === 'CSV_MAX_RECORD_SIZE' ? 'CSV_ROW_TOO_LONG' : 'CSV_QUOTES', { line: counter.next })
    }
    throw error
  }
}

/** The line on which the next row to be parsed begins, and those of the rows parsed and not yet taken. */
type Counter = { next: number; parsed: number[] }

/**
 * The parser's own line count is not used, because it counts a CRLF inside quotes twice. A row has as many lines as it
 * has line breaks in its cells, plus one; a count taken while parsing also tells where a row failed.
 */
function parserFor(delimiter: string, counter: Counter): Parser {
  return parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: ROW_MAX,
    on_record: (cells) => {
      counter.parsed.push(counter.next)
      counter.next += 1
      for (const cell of cells) {
        counter.next += lineBreaks(cell)
      }
      return cells
    },
  })
}

/** Reads ahead to the end of the first row, so that its separators can be counted. */
async function firstRow(text: AsyncGenerator<string>): Promise<{ first: string; rest: AsyncGenerator<string> }> {
  let first = ''
  while (first.length < FIRST_ROW_MAX) {
    const next = await text.next()
    if (next.done) {
      break
    }
    first += next.value
    if (/[\r\n]/.test(unquoted(first).trimStart())) {
      break
    }
  }
  return { first, rest: text }
}

async function* joined(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first
  yield* rest
}

function findDelimiter(text: string): string {
  const row =
    unquoted(text)
      .trimStart()
      .split(/[\r\n]/, 1)[0] ?? ''
  const used = DELIMITERS.filter((delimiter) => row.includes(delimiter))
  if (used.length > 1) {
    refuse('CSV_DELIMITER_UNCLEAR')
  }
  return used[0] ?? ','
}

/** The text without what stands in quotes. */
function unquoted(text: string): string {
  return text.replace(/"(?:[^"]|"")*(?:"|$)/g, '')
}
