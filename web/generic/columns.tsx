// Columns out of descriptions: how wide a field is, whether it stands right, and how it is drawn.
import type { DocumentText, FieldText, HeadField } from '../client/descriptions.ts'
import { isOfLine, nameOf } from '../client/names.ts'
import type { Row } from '../client/questions.ts'
import { fieldWord } from '../i18n/index.ts'
import type { Column } from '../parts/data-grid.tsx'
import { compare, isZero } from '../parts/exact.ts'
import { isNumeric, Value } from '../parts/values.tsx'

// Widths in pixels by kind, from looking at real values at the comfortable size.
const WIDTH: Readonly<Record<FieldText['kind'], number>> = {
  text: 150,
  code: 138,
  integer: 84,
  quantity: 84,
  money: 122,
  price: 92,
  percent: 86,
  date: 116,
  instant: 164,
  boolean: 84,
  choice: 122,
  ref: 180,
  json: 170,
}

// How narrow a column of a kind may become where room is short, so that the last one is still in sight.
const LEAST: Readonly<Partial<Record<FieldText['kind'], number>>> = {
  text: 110,
  code: 118,
  integer: 64,
  quantity: 72,
  money: 94,
  price: 80,
  percent: 70,
  date: 108,
  instant: 104,
  boolean: 64,
  choice: 104,
  ref: 112,
  json: 120,
}

// A state is a badge, which is not cut, in German neither.
const STATE = { width: 144, least: 132 }
// A code with a name behind it; the code is read whole.
const LOOSE = { width: 180, least: 160 }
// The name of a seat in governance, in words.
const SEAT = { width: 200, least: 120 }

// A letter of a heading in pixels, and what a heading may ask for at the most.
const LETTER = 6.5
const MOST_FOR_HEADING = 150

// Short codes that people know by heart need less.
const NARROW: Readonly<Record<string, number>> = {
  currency: 84,
  unit: 72,
  line: 60,
  version: 76,
  country: 84,
  class: 76,
  baseUnit: 92,
}

function widthsOf(field: FieldText, told: boolean): { width: number; least?: number } {
  const narrow = NARROW[field.name]
  if (narrow) return { width: narrow }
  if (field.name === 'state') return STATE
  if (field.name === 'seat') return SEAT
  if (field.name === 'subject' || field.name === 'object') return LOOSE
  const usual = told && field.kind === 'ref' ? WIDTH.code : WIDTH[field.kind]
  // Where there is room, a heading is read whole.
  const heading = fieldWord(field.name, field.label, field.kind).length * LETTER + 24
  return {
    width: Math.max(usual, Math.min(heading, MOST_FOR_HEADING)),
    least: LEAST[field.kind] ?? WIDTH[field.kind],
  }
}

/**
 * The columns of described fields, for any rows that hold them by name. `titled` is the field that takes the room that
 * is left. Where a description stands beside a reference, as in lines, the reference is told by its number.
 */
export function columnsOf(fields: readonly (FieldText | HeadField)[], titled?: string | null): readonly Column<Row>[] {
  const told = fields.some((field) => field.name === 'description')
  const titledHere = fields.some((field) => field.name === titled)
  const growing = (field: FieldText) =>
    told
      ? field.name === 'description'
      : titledHere
        ? field.name === titled
        : field.kind === 'ref' || field.kind === 'text'
  return fields.map((field) => ({
    key: field.name,
    label: fieldWord(field.name, field.label, field.kind),
    numeric: isNumeric(field.kind),
    ...widthsOf(field, told),
    grows: growing(field),
    sortable: 'sortable' in field && field.sortable,
    render: (row) => <Value field={field} value={row[field.name]} row={row} refs={told ? 'number' : 'name'} />,
  }))
}

// What people look for in a line, from left to right; whatever else a line has comes after.
const FIRST = [
  'line',
  'item',
  'account',
  'party',
  'description',
  'sold',
  'quantity',
  'unit',
  'price',
  'debit',
  'credit',
  'net',
  'value',
]
const rankOf = (name: string): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)

/** Whether lines say how many of their unit were sold: the quantity in base units is then no more than a further word. */
const areSold = (lines: readonly Row[]): boolean => lines.length > 0 && lines.every((line) => !isEmpty(line.sold))

/** What stands where a lot would, for goods without lots. */
const NOTHING = '00000000-0000-0000-0000-000000000000'
const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || value === NOTHING

/**
 * The fields of lines that tell something: not those that are empty, or the same choice, in every line. What was sold, in
 * the unit of the price, takes the place of the base quantity, which goes behind, and out where it is the same. Only where
 * every line says it: a document has one or the other.
 */
export function toldBy(fields: readonly FieldText[], lines: readonly Row[]): readonly FieldText[] {
  const sold = areSold(lines)
  const same = lines.every((line) => compare(String(line.sold ?? '0'), String(line.quantity ?? '0')) === 0)
  const tells = (field: FieldText): boolean => {
    if (field.name === 'sold' && !sold) return false
    if (field.name === 'quantity' && sold && same) return false
    const values = new Set(lines.map((line) => line[field.name]))
    if ([...values].every(isEmpty) || field.name === 'id' || field.kind === 'json' || isOfLine(field.of)) return false
    // How much of a line came to what: nothing anywhere is not worth a column.
    if (
      field.kind === 'quantity' &&
      field.name !== 'quantity' &&
      lines.every((line) => isZero(String(line[field.name])))
    )
      return false
    return field.kind !== 'choice' || lines.length < 2 || values.size > 1
  }
  const placeOf = (name: string): number => (sold && name === 'quantity' ? FIRST.length : rankOf(name))
  return fields.filter(tells).sort((a, b) => placeOf(a.name) - placeOf(b.name))
}

/** Nothing to be read in a field of a row: no value, no members, or a reference whose name the reader may not see. */
const saysNothing = (field: FieldText, value: unknown): boolean =>
  isEmpty(value) ||
  (field.kind === 'ref' && typeof value === 'string' && nameOf(field.of ?? '', value) === null) ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0)

/** The few columns of a list that a telephone has room for: which one, what it is about, and its state or its money. */
export function narrowed<C extends Column<Row>>(doc: DocumentText, columns: readonly C[]): readonly C[] {
  const kindOf = (column: C) => doc.fields.find((field) => field.name === column.key)?.kind
  const first = columns.find((column) => column.key === doc.numbered)
  const about =
    columns.find((column) => column.key === doc.title) ??
    columns.find((column) => column !== first && column.wraps) ??
    columns.find((column) => column !== first && (kindOf(column) === 'ref' || kindOf(column) === 'text'))
  const last =
    columns.find((column) => column.key === 'state') ??
    columns.find((column) => kindOf(column) === 'money') ??
    columns.findLast((column) => column !== first && column !== about)
  const kept = columns.filter((column) => column === first || column === about || column === last)
  const leastOf = (column: C): number => {
    if (column === about) return 78
    // The last digits of a number are those that tell it from the others, and a state is not cut either.
    if (column === first || column.key === 'state') return column.least ?? column.width
    return Math.min(column.least ?? column.width, 120)
  }
  return kept.map((column) => ({ ...column, least: leastOf(column), grows: column === about }))
}

/** What the edges of a grid, its ticks and a scroll bar take, in pixels. */
export const AROUND = 68

/**
 * The usual columns of a list that fit into a room of so many pixels. A description names its columns by importance, so
 * the last goes first; which one, its name and its state stay.
 */
export function fitting<C extends Column<Row>>(doc: DocumentText, columns: readonly C[], room: number): readonly C[] {
  const staying = new Set([doc.numbered, doc.title, 'state'])
  const least = ({ width, least: own }: C) => Math.min(width, own ?? width)
  let shown = columns
  while (shown.reduce((sum, column) => sum + least(column), AROUND) > room) {
    const out = shown.findLast((column) => !staying.has(column.key))
    if (!out) break
    shown = shown.filter((column) => column !== out)
  }
  return shown
}

/** The usual columns of a list that tell something in these rows; the currency only where no money shows it. */
export function toldInList(
  doc: DocumentText,
  fields: readonly HeadField[],
  rows: readonly Row[],
): readonly HeadField[] {
  const shown = fields.some((field) => field.kind === 'money')
  return fields.filter(
    (field) =>
      field.name === doc.numbered ||
      (!rows.every((row) => saysNothing(field, row[field.name])) && !(field.name === 'currency' && shown)),
  )
}
