// Rows of a file become inputs of a creating verb: cells by the verb's own schema, lines below their document.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { TObject, TSchema } from '@sinclair/typebox'
import type { Command } from '#kernel/command'
import { type OldEncoding, type Rejection, readCsv, readXlsx, type SourceRecord } from '#kernel/exchange'
import { InputInvalid } from '#kernel/http/problem'
import { type Validator, validator } from '#kernel/http/validate'
import { refusals } from '#kernel/refusal'
import type { BootProgress } from '../boot.ts'
import { fileProblem } from './write-file.ts'

const refuse = refusals({
  IMPORT_FILE: { text: '{file} cannot be read: {problem}. Name a CSV or XLSX file.', kind: 'invalid' },
  IMPORT_COLUMNS: {
    text: 'The file has columns that {document} does not know: {unknown}. It knows: {known}. Rename them, or leave them out with --ignore.',
    kind: 'invalid',
  },
})

/** One document to create: its id follows from the file, so that a second run knows it again. */
export type Candidate = { id: string; lines: readonly number[]; input: Record<string, unknown> }

/**
 * What a file holds. `rejected` are rows that do not fit the verb's schema; `samples` are cells by whose letters one sees
 * whether a file in an old encoding was read as it was written.
 */
export type ReadFile = {
  rowsIn: number
  candidates: readonly Candidate[]
  rejected: readonly Rejection[]
  samples?: readonly string[]
}

type Options = {
  seed: string
  ignored: readonly string[]
  encoding?: OldEncoding | undefined
  progress: (news: BootProgress) => void
}

const SAMPLES_MOST = 5
const BEYOND_ASCII = /[\u0080-\uffff]/

/** Reads a whole file. Refuses with IMPORT_FILE, IMPORT_COLUMNS and what the readers of files refuse with. */
export async function readDocuments(file: string, command: Command, options: Options): Promise<ReadFile> {
  const hash = await hashOf(file)
  const shape = shapeOf(command.input)
  const { encoding } = options
  const reader = file.toLowerCase().endsWith('.xlsx')
    ? readXlsx(file)
    : readCsv(file, encoding === undefined ? {} : { encoding })
  const samples = new Set<string>()
  const groups: Group[] = []
  const rejected: Rejection[] = []
  let rowsIn = 0
  for await (const record of reader) {
    if (rowsIn === 0) checkColumns(record, command, shape, options.ignored)
    rowsIn++
    if (encoding && samples.size < SAMPLES_MOST)
      for (const cell of Object.values(record.values)) if (BEYOND_ASCII.test(cell)) samples.add(cell)
    if (rowsIn % 10_000 === 0) options.progress({ step: 'read', text: `${rowsIn} rows read` })
    place(record, shape, options.ignored, groups, rejected)
  }
  const candidates: Candidate[] = []
  for (const [at, group] of groups.entries()) {
    const problems = group.problems.length > 0 ? group.problems : misfits(group, shape)
    if (problems.length === 0)
      candidates.push({
        id: idOf(group) ?? idFrom(`${hash} ${options.seed} ${at}`, at),
        lines: group.lines,
        input: group.input,
      })
    else rejected.push(...wholeDocument(group, problems))
  }
  const told = encoding ? { samples: [...samples].slice(0, SAMPLES_MOST) } : {}
  return { rowsIn, candidates, rejected: rejected.sort((a, b) => a.line - b.line), ...told }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(file)) hash.update(piece)
  } catch (error) {
    refuse('IMPORT_FILE', { file, problem: fileProblem(error) ?? String(error) })
  }
  return hash.digest('hex')
}

/** How a verb's input is spelled in columns: `lines` is the list of objects that its lines are, if it has one. */
type Shape = {
  head: Readonly<Record<string, TSchema>>
  lines: { name: string; of: Readonly<Record<string, TSchema>> } | undefined
  check: Validator
}

function shapeOf(input: TObject): Shape {
  const listed = Object.entries(input.properties).find(
    ([, schema]) => schema.type === 'array' && schema.items?.type === 'object',
  )
  const head = Object.fromEntries(Object.entries(input.properties).filter(([name]) => name !== listed?.[0]))
  return {
    head,
    lines: listed ? { name: listed[0], of: listed[1].items.properties } : undefined,
    check: validator(input),
  }
}

const columnsOf = ({ head, lines }: Shape): readonly string[] => [
  ...Object.keys(head),
  ...Object.keys(lines?.of ?? {}).map((one) => `${lines?.name}.${one}`),
]

function checkColumns(record: SourceRecord, command: Command, shape: Shape, ignored: readonly string[]): void {
  const known = columnsOf(shape)
  const unknown = Object.keys(record.values).filter((one) => !known.includes(one) && !ignored.includes(one))
  if (unknown.length > 0)
    refuse('IMPORT_COLUMNS', {
      document: command.verb.document.label.toLowerCase(),
      unknown: unknown.join(', '),
      known: known.join(', '),
    })
}

type Group = {
  lines: number[]
  input: Record<string, unknown>
  problems: Rejection[]
  columns: Map<string, { line: number; column: string }>
}

function place(
  record: SourceRecord,
  shape: Shape,
  ignored: readonly string[],
  groups: Group[],
  rejected: Rejection[],
): void {
  const entries = Object.entries(record.values).filter(([column, cell]) => cell !== '' && !ignored.includes(column))
  const prefix = shape.lines ? `${shape.lines.name}.` : undefined
  const ofLine = entries.filter(([column]) => prefix !== undefined && column.startsWith(prefix))
  const further = ofLine.length > 0 && ofLine.length === entries.length
  let group = groups.at(-1)
  if (further && !group) {
    rejected.push({
      line: record.line,
      code: 'LINE_WITHOUT_DOCUMENT',
      message: 'This row is a further line and no document stands above it.',
    })
    return
  }
  if (!further || !group) {
    group = { lines: [], input: {}, problems: [], columns: new Map() }
    groups.push(group)
    for (const [column, cell] of entries) {
      const schema = shape.head[column]
      if (!schema) continue
      group.input[column] = cellAs(cell, schema)
      group.columns.set(`/${column}`, { line: record.line, column })
    }
  }
  group.lines.push(record.line)
  group.problems.push(...record.problems)
  if (prefix && shape.lines && ofLine.length > 0) placeLine(record.line, ofLine, prefix, shape.lines, group)
}

function placeLine(
  line: number,
  cells: readonly (readonly [string, string])[],
  prefix: string,
  { name, of }: NonNullable<Shape['lines']>,
  group: Group,
): void {
  const list = Array.isArray(group.input[name]) ? group.input[name] : []
  group.input[name] = list
  const one: Record<string, unknown> = {}
  for (const [column, cell] of cells) {
    const field = column.slice(prefix.length)
    const schema = of[field]
    if (!schema) continue
    one[field] = cellAs(cell, schema)
    group.columns.set(`/${name}/${list.length}/${field}`, { line, column })
  }
  group.columns.set(`/${name}/${list.length}`, { line, column: name })
  list.push(one)
}

/** A cell as the schema wants it. What does not fit stays text, and the check refuses it with its place. */
function cellAs(cell: string, schema: TSchema): unknown {
  if (schema.type === 'integer' || schema.type === 'number') return /^-?\d{1,15}$/.test(cell) ? Number(cell) : cell
  if (schema.type === 'boolean') return cell === 'true' ? true : cell === 'false' ? false : cell
  if (schema.type === 'array' && schema.items?.type === 'string' && !cell.startsWith('['))
    return cell.split(',').map((one) => one.trim())
  if (schema.type !== 'array' && schema.type !== 'object') return cell
  try {
    return JSON.parse(cell)
  } catch {
    return cell
  }
}

function misfits(group: Group, shape: Shape): readonly Rejection[] {
  try {
    shape.check(group.input)
    return []
  } catch (error) {
    if (!(error instanceof InputInvalid)) throw error
    return error.misfits.map(({ pointer, detail }) => {
      const place = group.columns.get(pointer) ?? {
        line: group.lines[0] ?? 0,
        column: pointer.slice(1).replaceAll('/', '.'),
      }
      return { ...place, code: 'INPUT_INVALID', message: `${place.column || 'the row'} ${detail}` }
    })
  }
}

/** A document is loaded whole or not at all: its other rows are rejected with the one that does not fit. */
export function wholeDocument(of: { lines: readonly number[] }, problems: readonly Rejection[]): readonly Rejection[] {
  const named = new Set(problems.map((one) => one.line))
  const others = of.lines.filter((line) => !named.has(line))
  const message = 'Another row of the same document was rejected.'
  return [...problems, ...others.map((line) => ({ line, code: 'DOCUMENT_REJECTED', message }))]
}

/** The id that the file itself gives, as one written by an export does. */
const idOf = (group: Group): string | undefined => (typeof group.input.id === 'string' ? group.input.id : undefined)

// An id of version 7 whose time is a day long past, counted on by the place in the file: rows stay together in indexes.
const EPOCH = Date.parse('2020-01-01T00:00:00Z')

function idFrom(text: string, at: number): string {
  const hash = createHash('sha256').update(text).digest('hex')
  const time = (EPOCH + at).toString(16).padStart(12, '0')
  const variant = ['8', '9', 'a', 'b'][Number.parseInt(hash.charAt(3), 16) % 4]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(8, 20)}`
}
