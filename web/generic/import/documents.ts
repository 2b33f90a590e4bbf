// Rows of a file become documents: those that belong together make one, with a line for each row; every fault has its place.
import { fieldWord, t } from '../../i18n/index.ts'
import { plainInFile } from '../../parts/typed.ts'
import { valueFor } from '../verb/lines-input.tsx'
import { cleaned, type InputField } from '../verb/schema.ts'
import { hasLines, type Mapping, type Target } from './columns.ts'
import type { Table } from './csv.ts'

/** What makes rows one document: a column in which they share what stands there, or that all head columns are equal. */
export type Grouping = 'equal' | number

/** Something that does not fit: in which rows of the table, under which heading, and why. */
export type Fault = { rows: readonly number[]; heading?: string; message: string }

/** A document out of a file: what is sent, out of which rows, and for each list of lines the row of each of them. */
export type Planned = {
  body: Readonly<Record<string, unknown>>
  rows: readonly number[]
  lines: ReadonlyMap<string, readonly number[]>
  /** Known before anything is sent; a document that has any is not sent. */
  faults: readonly Fault[]
}

/** What a spreadsheet shows where it has no value, and what the server puts where a formula has none. */
const NO_VALUE = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FORMULA|DATE)$/

type Given = { table: Table; fields: readonly InputField[]; targets: readonly Target[]; mapping: Mapping }

const cellOf = ({ table, mapping }: Given, row: number, key: string): string =>
  (table.rows[row]?.[mapping[key] ?? -1] ?? '').trim()

/** The heading of the column that fills a place. */
export const headingOf = (table: Table, mapping: Mapping, key: string): string | undefined =>
  table.headings[mapping[key] ?? -1]

/** The word of a place, 'Address · City'; of lines only 'Quantity' where the document has one kind of them. */
export function targetWord({ words, of }: Target, targets: readonly Target[]): string {
  const kinds = new Set(targets.flatMap((one) => (one.of === 'line' ? [one.words[0]] : [])))
  const shown = of === 'line' && kinds.size === 1 ? words.slice(-1) : words
  return shown.map((word) => fieldWord(word)).join(' · ')
}

/** The rows of the table in groups, in the order in which each begins. */
function grouped(given: Given, grouping: Grouping): readonly (readonly number[])[] {
  const { table, targets, mapping } = given
  const all = table.rows.map((_, row) => row)
  if (!hasLines(targets, mapping)) return all.map((row) => [row])
  const heads = targets.filter(({ key, of }) => of === 'head' && mapping[key] !== undefined)
  const shared = (row: number): string => (grouping === 'equal' ? '' : (table.rows[row]?.[grouping] ?? '').trim())
  const groups = new Map<string, number[]>()
  let above = ''
  for (const row of all) {
    const head = heads.map(({ key }) => cellOf(given, row, key))
    const key = grouping === 'equal' ? JSON.stringify(head) : shared(row)
    const bare = shared(row) === '' && head.every((one) => one === '')
    // A row with lines only goes on with the document above, as our own exports write it. A row that says something of
    // its head and not where it belongs is thrown together with no other.
    above = bare && above !== '' ? above : key === '' ? `row ${row}` : `key ${key}`
    groups.set(above, [...(groups.get(above) ?? []), row])
  }
  return [...groups.values()]
}

/** A place whose rows say different things, or whose cell shows an error. */
function faultsAt(given: Given, target: Target, rows: readonly number[]): readonly Fault[] {
  const { table, mapping } = given
  const heading = headingOf(table, mapping, target.key) ?? ''
  const wrong = rows.filter((row) => NO_VALUE.test(cellOf(given, row, target.key)))
  const faults: Fault[] = wrong.map((row) => ({
    rows: [row],
    heading,
    message: t('import.no-value', { text: cellOf(given, row, target.key) }),
  }))
  if (target.of === 'line') return faults
  const filled = rows.filter((row) => cellOf(given, row, target.key) !== '')
  const [first] = filled
  const other = filled.find(
    (row) => first !== undefined && cellOf(given, row, target.key) !== cellOf(given, first, target.key),
  )
  if (first === undefined || other === undefined) return faults
  const values = { one: cellOf(given, first, target.key), other: cellOf(given, other, target.key) }
  return [...faults, { rows: [first, other], heading, message: t('import.differs', values) }]
}

/** Rows that have something beyond the last heading: a separator or a quote is wrong, and nobody knows what is what. */
const overfull = ({ table }: Given, rows: readonly number[]): readonly Fault[] =>
  rows
    .filter((row) => (table.rows[row] ?? []).slice(table.headings.length).some((cell) => cell.trim() !== ''))
    .map((row) => ({ rows: [row], message: t('import.overfull') }))

/** What a place is given by a row. */
const valueAt = (given: Given, { key, input }: Target, row: number): unknown =>
  valueFor(input, cellOf(given, row, key), plainInFile)

/** The values of the head: each from the first row that has one. */
function headOf(given: Given, mapped: readonly Target[], rows: readonly number[]): Record<string, unknown> {
  const head: Record<string, unknown> = {}
  for (const target of mapped.filter(({ of }) => of === 'head')) {
    const [outer = '', inner] = target.words
    const from = rows.find((row) => cellOf(given, row, target.key) !== '')
    if (from === undefined) continue
    const value = valueAt(given, target, from)
    const group = head[outer]
    head[outer] = inner === undefined ? value : { ...(typeof group === 'object' ? group : {}), [inner]: value }
  }
  return head
}

/** The values of one list of lines, and the row of each. A row that has nothing for it adds none. */
function linesOf(given: Given, field: InputField, targets: readonly Target[], rows: readonly number[]) {
  const { input } = field
  const found = rows.map((row) => {
    if (input.kind !== 'rows') return { row, value: targets[0] ? valueAt(given, targets[0], row) : '' }
    const values = targets.map((target) => [target.words[1] ?? '', valueAt(given, target, row)])
    return { row, value: cleaned(input.fields, Object.fromEntries(values)) }
  })
  const said = new Set<unknown>()
  return found.filter(({ row, value }) => {
    if (input.kind === 'rows') return targets.some(({ key }) => cellOf(given, row, key) !== '')
    // A list of values has each of them once.
    if (value === '' || said.has(value)) return false
    said.add(value)
    return true
  })
}

/**
 * The documents of a file. Rows without anything in the column that holds rows together are faults of their own, and so
 * is a document whose rows say different things about its head.
 */
export function documentsOf(given: Given, grouping: Grouping): readonly Planned[] {
  const { table, fields, targets, mapping } = given
  const mapped = targets.filter(({ key }) => mapping[key] !== undefined)
  const lined = hasLines(targets, mapping)
  return grouped(given, grouping).map((rows): Planned => {
    const faults = [...overfull(given, rows), ...mapped.flatMap((target) => faultsAt(given, target, rows))]
    const alone = lined && grouping !== 'equal' && (table.rows[rows[0] ?? -1]?.[grouping] ?? '').trim() === ''
    const heading = grouping === 'equal' ? undefined : table.headings[grouping]
    const homeless: Fault[] = alone ? [{ rows, heading: heading ?? '', message: t('import.homeless') }] : []
    const values = headOf(given, mapped, rows)
    const lines = new Map<string, readonly number[]>()
    for (const field of fields) {
      const own = mapped.filter(({ words, of }) => of === 'line' && words[0] === field.name)
      if (own.length === 0) continue
      const found = linesOf(given, field, own, rows)
      values[field.name] = found.map(({ value }) => value)
      lines.set(
        field.name,
        found.map(({ row }) => row),
      )
    }
    return { body: cleaned(fields, values), rows, lines, faults: [...homeless, ...faults] }
  })
}
