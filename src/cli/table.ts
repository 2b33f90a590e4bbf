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
