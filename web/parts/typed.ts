// Numbers as people type and paste them, and whether the server would take them.
import { locale } from '../i18n/index.ts'

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
  // A sign that stands twice can only divide thousands.
  const divides = sign === (commaIsPoint() ? '.' : ',') || bare.indexOf(sign) !== bare.lastIndexOf(sign)
  const grouped = sign === ',' ? /^-?\d{1,3}(,\d{3})+$/ : /^-?\d{1,3}(\.\d{3})+$/
  return divides && grouped.test(bare) ? bare.replaceAll(sign, '') : bare.replace(sign, '.')
}

/** A number out of a file, whose language nobody knows: a sign that stands alone is the point, '1,5' and '1.500' alike. */
export function plainInFile(text: string): string {
  const bare = text.replaceAll(/[\s'’]/g, '')
  const alone = /^-?\d+[.,]\d+$/.test(bare)
  return alone ? bare.replace(',', '.') : plain(bare)
}

/** Whether a text is a quantity that the server takes. */
export const isQuantity = (text: string): boolean => /^\d{1,12}(\.\d{1,6})?$/.test(text)
