// Reads a CSV file as people have them: comma, semicolon or tab, quotes, a heading, any line ends (RFC 4180).

/** What a file holds: its headings, its rows, and at which row or line of the file each of them stands. */
export type Table = {
  headings: readonly string[]
  rows: readonly (readonly string[])[]
  places: readonly number[]
}

/** A row as it stands in a file, with its number there. */
export type Placed = { place: number; cells: readonly string[] }

/** The sign that separates most in the heading. */
function separatorOf(text: string): string {
  const heading = text.split(/\r?\n/, 1)[0] ?? ''
  const count = (sign: string) => heading.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

/** The first row that holds something as headings, the others that do as rows; undefined where nothing stands. */
export function tableOf(placed: readonly Placed[]): Table | undefined {
  const [first, ...rest] = placed.filter(({ cells }) => cells.some((one) => one.trim() !== ''))
  return first
    ? {
        // A column without a name goes by its number.
        headings: first.cells.map((one, at) => one.trim() || String(at + 1)),
        rows: rest.map(({ cells }) => cells),
        places: rest.map(({ place }) => place),
      }
    : undefined
}

// What our own exports put before a text that a spreadsheet would run.
const GUARDED = /^'+[=+\-@\t\r\n＝＋－＠]/

/** The rows of a CSV text, each with the line at which it begins. */
export function readCsv(text: string): readonly Placed[] {
  const plain = text.replace(/^\ufeff/, '')
  const separator = separatorOf(plain)
  const rows: { place: number; cells: string[] }[] = [{ place: 1, cells: [] }]
  let line = 1
  let cell = ''
  let quoted = false
  const endCell = () => {
    rows.at(-1)?.cells.push(GUARDED.test(cell) ? cell.slice(1) : cell)
    cell = ''
  }
  for (let at = 0; at < plain.length; at++) {
    const sign = plain.charAt(at)
    if (sign === '\n') line++
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (plain.charAt(at + 1) === '"') {
        cell += '"'
        at++
      } else quoted = false
    } else if (sign === '"' && cell === '') quoted = true
    else if (sign === separator) endCell()
    else if (sign === '\n') {
      endCell()
      rows.push({ place: line, cells: [] })
    } else if (sign !== '\r') cell += sign
  }
  endCell()
  return rows
}

/** Rows under headings as a CSV file; a text that a spreadsheet would run gets an apostrophe in front. */
export function writeCsv({ headings, rows }: Pick<Table, 'headings' | 'rows'>): string {
  const cell = (text: string) => {
    const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text
    return /[",;\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return [headings, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')
}
