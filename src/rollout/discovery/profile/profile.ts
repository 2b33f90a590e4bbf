// Profiling a file of source data: it is read once, row by row, and only counts and codes come out of it.
import { createHash } from 'node:crypto'
import { type NumberFormat, parseLocaleNumber, type SourceRecord } from '#kernel/exchange'
import { Refusal } from '#kernel/refusal'
import type { SourceObject } from '../../governance/policy.ts'
import { refuse } from '../refusals.ts'
import { sourceObject } from './object.ts'
import { outliersOf } from './outliers.ts'
import type { CodeCount, ColumnCount, Figures, NumberCount } from './score.ts'

/** Codes of a kind that the template has, and those that approved mappings translate. */
export type KnownCodes = {
  readonly template: (kind: string) => ReadonlySet<string>
  readonly mapped: (kind: string) => ReadonlySet<string>
}

export type ProfileOptions = { readonly numbers?: NumberFormat; readonly codes: KnownCodes }

/** Cells that say nothing, though something stands in them. */
const NOTHING = /^(|-+|\.|n\/?a|null|none|#n\/a|\?+)$/i

/** A heading or a name without case, accents and signs, so that 'Müller & Co.' and 'MULLER CO' are one. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

const filled = (cell: string | undefined): cell is string => cell !== undefined && !NOTHING.test(cell.trim())

type Counting = {
  readonly columns: Map<string, { filled: number; empty: number }>
  readonly seen: Set<string>
  readonly numbers: Map<string, { values: string[]; unreadable: number }>
  readonly codes: Map<string, Map<string, number>>
  rows: number
  broken: number
  duplicates: number
}

/** Profiles the rows of an object. Refuses OBJECT_UNKNOWN, and PROFILE_EMPTY when no row can be read. */
export async function profileOf(
  object: string,
  rows: AsyncIterable<SourceRecord>,
  { numbers = { decimal: '.' }, codes }: ProfileOptions,
): Promise<Figures> {
  const rule = sourceObject(object)
  const counting: Counting = {
    ...{ columns: new Map(), seen: new Set(), rows: 0, broken: 0, duplicates: 0 },
    numbers: new Map(rule.numbers.map((one) => [one, { values: [], unreadable: 0 }])),
    codes: new Map(rule.codes.map((one) => [one.column, new Map()])),
  }
  for await (const row of rows) count(counting, rule, row, numbers)
  if (counting.rows === 0) refuse('PROFILE_EMPTY', { object })
  return {
    rows: counting.rows,
    broken: counting.broken,
    duplicates: counting.duplicates,
    required: rule.required,
    columns: [...counting.columns].map(([column, one]): ColumnCount => ({ column, ...one })),
    numbers: [...counting.numbers].flatMap(([column, one]) => numberCount(column, one)),
    codes: rule.codes.flatMap(({ column, kind }) => codeCount(column, kind, counting.codes.get(column), codes)),
  }
}

function count(counting: Counting, rule: SourceObject, { values, problems }: SourceRecord, format: NumberFormat): void {
  if (problems.length > 0) {
    counting.broken++
    return
  }
  counting.rows++
  const names = [...rule.required, ...rule.numbers, ...rule.key, ...rule.codes.map((one) => one.column)]
  const byPlain = new Map(names.map((one) => [plain(one), one]))
  const cells = new Map<string, string>()
  for (const [heading, cell] of Object.entries(values)) {
    const column = byPlain.get(plain(heading)) ?? heading
    cells.set(column, cell)
    const one = counting.columns.get(column) ?? { filled: 0, empty: 0 }
    if (filled(cell)) one.filled++
    else one.empty++
    counting.columns.set(column, one)
  }
  const key = rule.key.map((one) => plain(cells.get(one) ?? ''))
  // Rows of which nothing of the key is filled are incomplete, and not the same as each other. Only a hash of a key is kept, while reading.
  if (key.some(Boolean)) {
    const hash = createHash('sha256').update(key.join('\u0001')).digest('base64')
    if (counting.seen.has(hash)) counting.duplicates++
    counting.seen.add(hash)
  }
  for (const [column, one] of counting.numbers) {
    const cell = cells.get(column)
    if (filled(cell)) readNumber(one, cell.trim(), format)
  }
  for (const [column, found] of counting.codes) {
    const cell = cells.get(column)
    if (filled(cell)) found.set(cell.trim(), (found.get(cell.trim()) ?? 0) + 1)
  }
}

function readNumber(one: { values: string[]; unreadable: number }, cell: string, format: NumberFormat): void {
  try {
    one.values.push(parseLocaleNumber(cell, format))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    one.unreadable++
  }
}

const numberCount = (
  column: string,
  { values, unreadable }: { values: readonly string[]; unreadable: number },
): readonly NumberCount[] => {
  const cells = values.length + unreadable
  return cells === 0 ? [] : [{ column, cells, unreadable, outliers: outliersOf(values) }]
}

const EXAMPLES_MOST = 50

function codeCount(
  column: string,
  kind: string,
  found: ReadonlyMap<string, number> | undefined,
  codes: KnownCodes,
): readonly CodeCount[] {
  const all = [...(found ?? [])]
  if (all.length === 0) return []
  const [template, mapped] = [codes.template(kind), codes.mapped(kind)]
  const cells = (wanted: (code: string) => boolean) =>
    all.filter(([code]) => wanted(code)).reduce((sum, [, times]) => sum + times, 0)
  const unknown = all.map(([code]) => code).filter((code) => !template.has(code) && !mapped.has(code))
  const spellings = new Map<string, number>()
  for (const [code] of all) spellings.set(plain(code), (spellings.get(plain(code)) ?? 0) + 1)
  return [
    {
      ...{ column, kind, cells: cells(() => true), known: cells((code) => template.has(code)) },
      mapped: cells((code) => !template.has(code) && mapped.has(code)),
      unknown: cells((code) => !template.has(code) && !mapped.has(code)),
      spellings: [...spellings.values()].filter((times) => times > 1).length,
      examples: unknown.sort().slice(0, EXAMPLES_MOST),
    },
  ]
}
