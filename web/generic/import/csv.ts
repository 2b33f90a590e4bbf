// Reads a CSV file as people have them: comma, semicolon or tab, quotes, a heading, any line ends (RFC 4180).

export type Table = { headings: readonly string[]; rows: readonly (readonly string[])[] }

/** The sign that separates most in the heading. */
function separatorOf(text: string): string {
  const heading = text.split(/\r?\n/, 1)[0] ?? ''
  const count = (sign: string) => heading.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

/** The rows of a CSV text; empty lines are left out. */
export function readCsv(text: string): Table {
  const plain = text.replace(/^\ufeff/, '')
  const separator = separatorOf(plain)
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  const endCell = () => {
    rows.at(-1)?.push(cell)
    cell = ''
  }
  for (let at = 0; at < plain.length; at++) {
    const sign = plain.charAt(at)
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
      rows.push([])
    } else if (sign !== '\r') cell += sign
  }
  endCell()
  const [headings = [], ...rest] = rows.filter((row) => row.some((one) => one.trim() !== ''))
  return { headings: headings.map((one) => one.trim()), rows: rest }
}

/** A table as a CSV file; a text that a spreadsheet would run gets an apostrophe in front. */
export function writeCsv({ headings, rows }: Table): string {
  const cell = (text: string) => {
    const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text
    return /[",;\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return [headings, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')
}
