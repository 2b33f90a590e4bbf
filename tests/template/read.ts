// Reads the template's YAML and CSV files, and fails loudly where a file has another shape than the reader expects.
import { readFileSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import { parse as parseYaml } from 'yaml'

const folder = new URL('../../template/', import.meta.url)
const text = (file: string): string => readFileSync(new URL(file, folder), 'utf8')

export type Row = Readonly<Record<string, string>>
export type Block = Readonly<Record<string, unknown>>

/** The rows of a CSV file, every cell as text; a row of another width than the header is an error of the parser. */
export const rows = (file: string): readonly Row[] => parseCsv(text(file), { columns: true, skip_empty_lines: true })
export const yaml = (file: string): Block => block(parseYaml(text(file)))

export const isBlock = (value: unknown): value is Block =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export function block(value: unknown): Block {
  if (!isBlock(value)) throw new Error(`expected an object, found ${JSON.stringify(value)}`)
  return value
}
export const blocks = (value: unknown): readonly Block[] => (Array.isArray(value) ? value.map(block) : [])
export const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
export const days = (value: unknown): readonly number[] => texts(value).map(Number)
export const cell = (row: Row | undefined, column: string): string => {
  const value = row?.[column]
  if (value === undefined) throw new Error(`no column ${column}`)
  return value
}
export const column = (list: readonly Row[], name: string): Set<string> => new Set(list.map((row) => cell(row, name)))
export const repeated = (list: readonly string[]): readonly string[] =>
  list.filter((one, at) => list.indexOf(one) !== at)
export const missing = (used: Iterable<string>, known: ReadonlySet<string>): readonly string[] =>
  [...used].filter((one) => !known.has(one))
/** A decimal text as an integer of 1/10,000, so that prices are compared without floats. */
export const tenThousandths = (value: string): bigint => {
  const [whole = '0', part = ''] = value.replace('-', '').split('.')
  if (part.length > 4) throw new Error(`${value} has more than four decimals`)
  return BigInt(whole + part.padEnd(4, '0')) * (value.startsWith('-') ? -1n : 1n)
}
