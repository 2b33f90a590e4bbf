// The quality score of an object, exact and by nothing but its counts, so that anybody finds the same.
import { decimalText } from '#kernel/decimal'

/** How often a column is filled, of all rows. */
export type ColumnCount = { readonly column: string; readonly filled: number; readonly empty: number }

/** Cells of a column of numbers: how many there are, how many are none, and how many stand far out. */
export type NumberCount = {
  readonly column: string
  readonly cells: number
  readonly unreadable: number
  readonly outliers: number
}

/** Cells of a column of codes: those that the template has, those that an approved mapping translates, and the rest; and codes that are spelled in several ways. */
export type CodeCount = {
  readonly column: string
  readonly kind: string
  readonly cells: number
  readonly known: number
  readonly mapped: number
  readonly unknown: number
  readonly spellings: number
  /** Codes that nobody knows, the first fifty; codes are no data of persons. */
  readonly examples: readonly string[]
}

/** What a profile counts. `broken` are rows that could not be read; they are no part of the rows. */
export type Figures = {
  readonly rows: number
  readonly broken: number
  readonly duplicates: number
  readonly required: readonly string[]
  readonly columns: readonly ColumnCount[]
  readonly numbers: readonly NumberCount[]
  readonly codes: readonly CodeCount[]
}

/** A part of the score: of so many looked at, so many were right; `percent` to two places, null when nothing was looked at. */
export type Part = {
  readonly part: 'completeness' | 'uniqueness' | 'validity' | 'conformity'
  readonly right: number
  readonly of: number
  readonly percent: string | null
}

export type Score = { readonly score: string; readonly parts: readonly Part[] }

const sum = <One>(all: readonly One[], of: (one: One) => number): number =>
  all.reduce((total, one) => total + of(one), 0)

/** 100 × right / of, half up to two places. */
const percentOf = (right: bigint, of: bigint): bigint => (right * 20_000n + of) / (of * 2n)

const part = (name: Part['part'], right: number, of: number): Part => ({
  part: name,
  right,
  of,
  percent: of === 0 ? null : decimalText({ units: percentOf(BigInt(right), BigInt(of)), scale: 2 }),
})

/**
 * Completeness: filled cells of the required columns. Uniqueness: rows that are no second one. Validity: numbers that can be
 * read and do not stand far out. Conformity: codes that the template or a mapping knows. The score is the mean of the parts
 * of which anything was looked at, each weighing the same, from their exact fractions, half up to two places.
 */
export function scoreOf(figures: Figures): Score {
  const required = figures.columns.filter((one) => figures.required.includes(one.column))
  const cells = sum(figures.numbers, (one) => one.cells)
  const codes = sum(figures.codes, (one) => one.cells)
  const parts = [
    // A required column that is not in the file at all is empty in every row.
    part(
      'completeness',
      sum(required, (one) => one.filled),
      figures.required.length * figures.rows,
    ),
    part('uniqueness', figures.rows - figures.duplicates, figures.rows),
    part('validity', cells - sum(figures.numbers, (one) => one.unreadable + one.outliers), cells),
    part(
      'conformity',
      sum(figures.codes, (one) => one.known + one.mapped),
      codes,
    ),
  ]
  const counted = parts.filter((one) => one.of > 0)
  // Σ right/of brought to one denominator, so that nothing is rounded twice.
  const denominator = counted.reduce((all, one) => all * BigInt(one.of), 1n)
  const numerator = counted.reduce((all, one) => all + (denominator / BigInt(one.of)) * BigInt(one.right), 0n)
  const whole = denominator * BigInt(counted.length || 1)
  return { score: decimalText({ units: percentOf(numerator, whole), scale: 2 }), parts }
}
