// Rows as a table on a terminal: numbers to the right, everything else to the left.

const NUMBER = /^-?\d+(\.\d+)?$/

/** The rows as aligned text under the names of their columns. Rows may differ; the first one names the columns. */
export function tableOf(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const cells = rows.map((row) => columns.map((column) => textOf(row[column])))
  const widths = columns.map((column, at) => Math.max(column.length, ...cells.map((row) => row[at]?.length ?? 0)))
  const right = columns.map((_, at) => cells.every((row) => row[at] === '' || NUMBER.test(row[at] ?? '')))
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (right[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n')
}

/** A value as text: dates as days, nothing as nothing, structures as JSON. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const MOST = 72

/**
 * A value of a template or a site in a line of a table: nothing as a dash, a list by its members, an object by the fields
 * that it has something in, both cut where they would be longer than a line; `--json` has them whole.
 */
export function configured(value: unknown): string {
  const text = inWords(value)
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text
}

function inWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-'
  if (Array.isArray(value)) return value.map(inWords).join(', ') || '-'
  if (typeof value !== 'object') return String(value)
  const filled = Object.entries(value).filter(([, one]) => one !== null && one !== '')
  return filled.map(([name, one]) => `${name} ${inWords(one)}`).join(', ') || '-'
}
