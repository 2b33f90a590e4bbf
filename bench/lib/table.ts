// Prints figures for people as aligned tables, and rounds them only there: the JSON keeps what was measured.

export type Cell = string | number | boolean | null
export type Row = Record<string, Cell>

/**
 * Rows as text with a heading: one column for each key, in the order of first appearance; numbers to the right with at
 * most three significant decimals, an absent or null value as a dash.
 */
export function formatTable(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const texts = rows.map((row) => columns.map((column) => formatCell(row[column] ?? null)))
  const widths = columns.map((column, at) => Math.max(column.length, ...texts.map((text) => text[at]?.length ?? 0)))
  const isNumeric = columns.map((column) => rows.some((row) => typeof row[column] === 'number'))

  const formatLine = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (isNumeric[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  return [formatLine(columns), formatLine(widths.map((width) => '-'.repeat(width))), ...texts.map(formatLine)].join(
    '\n',
  )
}

/** A number as people read it here: 1,647 for thousands, 38.2 for tens, 0.812 below ten. */
export function formatNumber(value: number): string {
  const size = Math.abs(value)
  const decimals = Number.isInteger(value) || size >= 1000 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return new Intl.NumberFormat('en-US', options).format(value)
}

function formatCell(value: Cell): string {
  if (value === null) {
    return '-'
  }
  return typeof value === 'number' ? formatNumber(value) : String(value)
}
