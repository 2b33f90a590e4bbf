// A number in somebody's notation is read by the notation they name, or refused; it is never guessed.

import { normaliseDecimal } from '#kernel/decimal'
import { refusals } from '#kernel/refusal'

/** The notation of a file's numbers: its decimal sign, and the sign between groups of three if it has one. */
export type NumberFormat = { readonly decimal: '.' | ','; readonly group?: '.' | ',' | ' ' | "'" }

/**
 * Reads a number written in the named notation and gives the shortest decimal text: '1.234,56' with
 * { decimal: ',', group: '.' } is '1234.56'. Groups must have exactly three digits, all or none of them. A blank as
 * group sign also stands for the no-break blanks. Refuses with NUMBER_FORMAT_INVALID, DECIMAL_TOO_LONG.
 */
export function parseLocaleNumber(text: string, { decimal, group }: NumberFormat): string {
  if (group === decimal) {
    throw new RangeError('the decimal sign and the group sign of a number format must differ')
  }
  const [, sign = '', whole = '', fraction] = SHAPES[`${decimal}${group ?? ''}`]?.exec(text) ?? []
  if (whole === '') {
    return refuse('NUMBER_FORMAT_INVALID', { text: text.slice(0, 40), example: `1${group ?? ''}234${decimal}56` })
  }
  const digits = whole.replace(/[^0-9]/g, '')
  return normaliseDecimal(fraction === undefined ? sign + digits : `${sign}${digits}.${fraction}`)
}

const refuse = refusals({
  NUMBER_FORMAT_INVALID: {
    text: '"{text}" is not a number as this file writes them. Write it like {example}, or name the right notation.',
    kind: 'invalid',
  },
})

const SHAPES = Object.fromEntries(
  ['.', ','].flatMap((decimal) =>
    ['', '.', ',', ' ', "'"].map((group) => [decimal + group, shape(decimal, group)] as const),
  ),
)

function shape(decimal: string, group: string): RegExp {
  const blanks = '[ \\u00a0\\u202f]'
  const grouped = group === '' ? '' : `|[0-9]{1,3}(?:${group === ' ' ? blanks : `[${group}]`}[0-9]{3})+`
  return new RegExp(`^([+-]?)([0-9]+${grouped})(?:[${decimal}]([0-9]+))?$`)
}
