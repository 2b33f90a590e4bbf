// Figures and tables as Markdown, the way the replay report shows them.
import { signOfDecimal } from '#kernel/decimal'

/** A heading of the second level with its parts, blank lines between. */
export function section(title: string, parts: readonly string[]): string {
  return [`## ${title}`, ...parts].join('\n\n')
}

/** A Markdown table; a heading that begins with '>' is of figures and stands to the right. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const titles = heads.map((head) => head.replace(/^>/, ''))
  const rule = heads.map((head) => (head.startsWith('>') ? '---:' : '---'))
  return [titles, rule, ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

/** How a table says whether two figures are equal. */
export function yes(equal: boolean): string {
  return equal ? 'yes' : '**no**'
}

/** A count with thousands separated. */
export function count(number: number): string {
  return grouped(String(number))
}

/** '-1234567.5' as '-1,234,567.5'. */
export function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.')
  const separated = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? separated : `${separated}.${fraction}`
}

/** Grouped as `grouped` does, with at least two decimals and as many more as the value has. */
export function money(text: string): string {
  const [whole = '', fraction = ''] = text.split('.')
  return grouped(`${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`)
}

/** A difference as money with its sign; '0.00' when there is none. */
export function signed(text: string): string {
  const sign = signOfDecimal(text)
  if (sign === 0) {
    return '0.00'
  }
  return sign > 0 ? `+${money(text)}` : money(text)
}
