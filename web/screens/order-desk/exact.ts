// Exact arithmetic on the decimal texts that the server sends, for what is typed and not yet saved; no floats.
import { locale } from '../../i18n/index.ts'

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/
/** Places that are kept: quantities and prices have at most six. */
const PLACES = 6

/** A decimal text in millionths; 0 for what is no number. */
export function units(text: string | null | undefined): bigint {
  const part = DECIMAL.exec(text ?? '')
  if (!part) return 0n
  const [, sign, whole = '0', fraction = ''] = part
  const value = BigInt(whole + fraction.slice(0, PLACES).padEnd(PLACES, '0'))
  return sign === '-' ? -value : value
}

/** Millionths as decimal text, without zeros that say nothing, with at least `least` places. */
export function textOf(value: bigint, least = 0): string {
  const digits = (value < 0n ? -value : value).toString().padStart(PLACES + 1, '0')
  const fraction = digits.slice(-PLACES).replace(/0+$/, '').padEnd(least, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${fraction === '' ? '' : `.${fraction}`}`
}

/** The sum of decimal texts, with at least two places. */
export const total = (texts: readonly (string | null | undefined)[]): string =>
  textOf(
    texts.reduce((sum, text) => sum + units(text), 0n),
    2,
  )

/** How much of `whole` a part is, in percent between 0 and 100, for the length of a bar. */
export function share(part: bigint, whole: bigint): number {
  if (whole <= 0n) return part > 0n ? 100 : 0
  const percent = Number((part * 1000n) / whole) / 10
  return Math.max(0, Math.min(100, percent))
}

/** Whether the reader's language writes a comma where the point of a number is. */
const commaIsPoint = (): boolean => new Intl.NumberFormat(locale()).format(1.5).includes(',')

/**
 * A number as people type and paste it, as the server takes it: '1.234,5' and '1,234.5' are '1234.5'. A single sign before
 * exactly three digits divides thousands where the language writes it so: '1,000' in English, '1.000' in German.
 */
export function plain(typed: string): string {
  const bare = typed.replaceAll(/[\s'’]/g, '')
  const [comma, point] = [bare.lastIndexOf(','), bare.lastIndexOf('.')]
  if (comma < 0 && point < 0) return bare
  if (comma >= 0 && point >= 0)
    return comma > point ? bare.replaceAll('.', '').replace(',', '.') : bare.replaceAll(',', '')
  const sign = comma >= 0 ? ',' : '.'
  const divides = sign === (commaIsPoint() ? '.' : ',')
  const grouped = sign === ',' ? /^\d{1,3}(,\d{3})+$/ : /^\d{1,3}(\.\d{3})+$/
  return divides && grouped.test(bare) ? bare.replaceAll(sign, '') : bare.replace(sign, '.')
}

/** Whether a text is a quantity that the server takes. */
export const isQuantity = (text: string): boolean => /^\d{1,12}(\.\d{1,6})?$/.test(text)
