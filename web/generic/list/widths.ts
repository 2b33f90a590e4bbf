// How a list shares its width: numbers, days and states take what they need and no more; names and references get the rest first.
import type { DocumentText, HeadField } from '../../client/descriptions.ts'
import { nameOf } from '../../client/names.ts'
import type { One } from '../../client/questions.ts'
import * as format from '../../i18n/format.ts'
import { choiceWord, stateWord, t } from '../../i18n/index.ts'
import type { Column } from '../../parts/data-grid.tsx'
import { sum, times } from '../../parts/exact.ts'
import { isLoose, looseRefs } from '../../parts/loose-ref.tsx'
import { AROUND } from '../columns.tsx'

/** Both paddings of a cell, on a telephone less; a badge has a sign and its own padding; a heading may carry an arrow. */
const PADDING = 20
const PADDING_NARROW = 12
const BADGE = 30
const ARROW = 18
/** Nobody reads a name that is longer in a list; a name of two lines is still read in the least. */
const NAME_MOST = 330
const NAME_LEAST = 132
const CODE_MOST = 210
const HEADING_MOST = 150
/** Widths move in steps, so that the next page of rows does not shake them. */
const STEP = 8

let canvas: CanvasRenderingContext2D | null | undefined

/** The width of a text in pixels as the page writes it. */
function widthOf(text: string, style = '400'): number {
  canvas ??= document.createElement('canvas').getContext('2d')
  if (!canvas) return text.length * 7
  const { fontSize, fontFamily } = getComputedStyle(document.body)
  canvas.font = `${style} ${fontSize} ${fontFamily}`
  return canvas.measureText(text).width
}

/** A reference to one of several kinds, as it is told: by its number and its name. */
function looseText(field: string, value: string): string {
  const names = looseRefs(field, value).map(([of, id]) => nameOf(of, id))
  const name = names.find((one) => one !== undefined && one !== null)
  return name ? `${name.number} ${name.title ?? ''}` : ''
}

/** What stands in a cell, as text; undefined for what only its own part can tell. */
function textIn(field: HeadField, value: unknown, row: One): string | undefined {
  if (value === null || value === undefined || value === '') return ''
  const text = String(value)
  switch (field.kind) {
    case 'money':
      return format.money(text, typeof row.currency === 'string' ? row.currency : null)
    case 'price':
      return format.price(text)
    case 'quantity':
      return format.quantity(text)
    case 'percent':
      return format.percent(field.fraction ? times(text, '100') : text)
    case 'integer':
      return format.integer(text)
    case 'date':
      return format.day(text)
    case 'instant':
      return format.ago(text)
    case 'boolean':
      return t(value === true ? 'common.yes' : 'common.no')
    case 'choice':
      return field.name === 'state' ? stateWord(text) : choiceWord(text)
    case 'ref': {
      const name = nameOf(field.of ?? '', text)
      return name?.title ?? name?.number ?? '–'
    }
    case 'json':
      return undefined
    default:
      return isLoose(field.name, text) ? looseText(field.name, text) : format.isDay(text) ? format.day(text) : text
  }
}

/** The texts of a column, and what they come to where that stands beneath them. */
function textsOf(doc: DocumentText, field: HeadField, column: Column<One>, rows: readonly One[]): readonly string[] {
  const texts = rows.map((row) => textIn(field, row[field.name], row))
  if (texts.some((text) => text === undefined)) return []
  const [first] = rows
  const total =
    column.foot === undefined || !first
      ? []
      : [textIn(field, sum(rows.map((row) => String(row[field.name] ?? '0'))), first) ?? '']
  const unnumbered = field.name === doc.numbered && texts.includes('') ? [t('list.no-number')] : []
  return [...texts.map((text) => text ?? ''), ...total, ...unnumbered]
}

/** The longest by letters are the widest by pixels, or nearly. */
const longest = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].sort((a, b) => b.length - a.length).slice(0, 6)

const stepped = (pixels: number): number => Math.ceil(pixels / STEP) * STEP

/** Whether a column is read as words. Documents without a name go by their number, which is not broken up. */
const isName = (doc: DocumentText, field: HeadField, rows: readonly One[]): boolean =>
  field.kind === 'ref'
    ? rows.some((row) => Boolean(nameOf(field.of ?? '', String(row[field.name] ?? ''))?.title))
    : field.kind === 'text' && field.name !== doc.numbered

/**
 * The columns with what these rows need: `least` is what must be there, `width` what is wanted with the whole heading.
 * Names and references may do with less, and then run over two lines.
 */
export function measured(
  doc: DocumentText,
  columns: readonly Column<One>[],
  rows: readonly One[],
  narrow: boolean,
): readonly Column<One>[] {
  const padding = narrow ? PADDING_NARROW : PADDING
  return columns.map((column) => {
    const field = doc.fields.find((one) => one.name === column.key)
    const texts = field ? textsOf(doc, field, column, rows) : []
    if (!field || texts.length === 0) return column
    const style = column.foot === undefined && field.name !== 'state' ? '400' : '500'
    const around = field.name === 'state' ? padding + BADGE : padding
    const pixels = Math.max(...longest(texts).map((text) => widthOf(text, style)), 24) + around
    const heading = Math.min(widthOf(column.label, '500') + padding + (column.sortable ? ARROW : 0), HEADING_MOST)
    const name = isName(doc, field, rows)
    const need = stepped(Math.min(pixels, name ? NAME_MOST : CODE_MOST))
    return {
      ...column,
      width: Math.max(need, stepped(heading)),
      least: name ? Math.min(need, NAME_LEAST) : need,
      wraps: name,
    }
  })
}

/** Shares what the least of all columns leaves: the title first, then other names, then headings; the rest grows. */
export function shared(doc: DocumentText, columns: readonly Column<One>[], room: number): readonly Column<One>[] {
  const leastOf = ({ least, width }: Column<One>) => Math.min(width, least ?? width)
  let left = room - AROUND - columns.reduce((all, column) => all + leastOf(column), 0)
  const rank = (column: Column<One>) => (column.key === doc.title ? 0 : column.wraps ? 1 : 2)
  const given = new Map<string, number>()
  for (const column of [...columns].sort((a, b) => rank(a) - rank(b))) {
    const more = Math.max(0, Math.min(left, column.width - leastOf(column)))
    given.set(column.key, leastOf(column) + more)
    left -= more
  }
  return columns.map((column) => {
    const width = given.get(column.key) ?? column.width
    return { ...column, width, least: width }
  })
}
