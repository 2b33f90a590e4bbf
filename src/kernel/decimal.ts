// Decimals are exact: text in, text out, bigint between, and no rounding happens that the caller has not named.

import { Refusal, refusals } from '#kernel/refusal'

/**
 * How a result with too many places is shortened. 'half-up' is the commercial one (ties go away from zero), 'half-even'
 * sends ties to the even neighbour, 'down' is toward zero, 'up' away from zero, 'floor' and 'ceiling' toward the
 * infinities.
 */
export type Rounding = 'half-even' | 'half-up' | 'down' | 'up' | 'floor' | 'ceiling'

/** Every rounding there is, for validation of configuration. */
export const ROUNDINGS: readonly Rounding[] = ['half-even', 'half-up', 'down', 'up', 'floor', 'ceiling']

/** The number `units / 10^scale`; `scale` is the count of digits after the point. */
export type Decimal = { readonly units: bigint; readonly scale: number }

/** The places to keep and the rounding that makes them so. */
export type RoundTo = { readonly scale: number; readonly rounding: Rounding }

/** Digits a decimal may have, leading zeros not counted; more than any price, quantity or ledger total needs. */
export const MAX_DIGITS = 38

/**
 * Reads decimal text such as '-12.50', the form in which PostgreSQL `numeric` arrives. Keeps the written scale.
 * Refuses with DECIMAL_INVALID (NaN, Infinity, exponents, separators, spaces, a bare point) or DECIMAL_TOO_LONG.
 */
export function parseDecimal(text: string): Decimal {
  const parts = typeof text === 'string' && text.length <= MAX_TEXT ? DECIMAL_SHAPE.exec(text) : null
  if (!parts) {
    return refuse('DECIMAL_INVALID', { text: shown(text) })
  }
  const [, sign, whole = '', fraction = ''] = parts
  const magnitude = BigInt(whole + fraction)
  const units = sign === '-' ? -magnitude : magnitude
  return checked({ units, scale: fraction.length })
}

/** Whether `parseDecimal` would take the text. */
export function isDecimal(text: string): boolean {
  try {
    parseDecimal(text)
    return true
  } catch (error) {
    if (error instanceof Refusal) {
      return false
    }
    throw error
  }
}

/** Writes a decimal with all the places of its scale: { units: -1250n, scale: 2 } is '-12.50'. Never writes '-0'. */
export function decimalText({ units, scale }: Decimal): string {
  const magnitude = units < 0n ? -units : units
  const digits = magnitude.toString().padStart(scale + 1, '0')
  const sign = units < 0n ? '-' : ''
  if (scale === 0) {
    return sign + digits
  }
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** The one shortest text of a value: '1.50' and '+01.5' both become '1.5', '-0.00' becomes '0'. */
export function normaliseDecimal(text: string): string {
  let { units, scale } = parseDecimal(text)
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n
    scale -= 1
  }
  return decimalText({ units, scale })
}

/** Negative, zero or positive as `left` is below, equal to or above `right`; the scale does not matter. */
export function compareDecimals(left: string, right: string): -1 | 0 | 1 {
  const [a, b] = aligned(left, right)
  if (a === b) {
    return 0
  }
  return a < b ? -1 : 1
}

/** The sign of a decimal: -1, 0 or 1. */
export function signOfDecimal(text: string): -1 | 0 | 1 {
  return compareDecimals(text, '0')
}

/** The exact sum, with the larger scale of the two. */
export function addDecimals(left: string, right: string): string {
  const [a, b, scale] = aligned(left, right)
  return decimalText(checked({ units: a + b, scale }))
}

/** The exact difference `left - right`, with the larger scale of the two. */
export function subtractDecimals(left: string, right: string): string {
  const [a, b, scale] = aligned(left, right)
  return decimalText(checked({ units: a - b, scale }))
}

/** The exact sum of any number of decimals; '0' for none. */
export function sumDecimals(texts: Iterable<string>): string {
  let units = 0n
  let scale = 0
  for (const text of texts) {
    const term = parseDecimal(text)
    const wider = Math.max(scale, term.scale)
    units = units * powerOfTen(wider - scale) + term.units * powerOfTen(wider - term.scale)
    scale = wider
  }
  return decimalText(checked({ units, scale }))
}

/** The same magnitude with the other sign. */
export function negateDecimal(text: string): string {
  const { units, scale } = parseDecimal(text)
  return decimalText({ units: -units, scale })
}

/** The exact product (scales add up), or the product rounded once when `to` is given. */
export function multiplyDecimals(left: string, right: string, to?: RoundTo): string {
  const a = parseDecimal(left)
  const b = parseDecimal(right)
  const product = { units: a.units * b.units, scale: a.scale + b.scale }
  return decimalText(checked(to ? rescale(product, to) : product))
}

/** The quotient to the named scale with the named rounding. Refuses with DECIMAL_DIVIDE_BY_ZERO. */
export function divideDecimals(dividend: string, divisor: string, to: RoundTo): string {
  const a = parseDecimal(dividend)
  const b = parseDecimal(divisor)
  checkScale(to.scale)
  if (b.units === 0n) {
    refuse('DECIMAL_DIVIDE_BY_ZERO', { text: dividend })
  }
  const numerator = a.units * powerOfTen(b.scale + to.scale)
  const denominator = b.units * powerOfTen(a.scale)
  return decimalText(checked({ units: divideRounded(numerator, denominator, to.rounding), scale: to.scale }))
}

/** The decimal with exactly `scale` places: padded with zeros, or rounded as named. */
export function roundDecimal(text: string, to: RoundTo): string {
  return decimalText(checked(rescale(parseDecimal(text), to)))
}

/** A decimal brought to exactly `scale` places: padded with zeros, or rounded as named. */
export function rescale(decimal: Decimal, { scale, rounding }: RoundTo): Decimal {
  checkScale(scale)
  if (scale >= decimal.scale) {
    return { units: decimal.units * powerOfTen(scale - decimal.scale), scale }
  }
  return { units: divideRounded(decimal.units, powerOfTen(decimal.scale - scale), rounding), scale }
}

/** The integer nearest to `numerator / denominator` by the named rounding; the denominator may have either sign. */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (denominator === 0n) {
    throw new RangeError('divideRounded needs a denominator other than zero')
  }
  const quotient = numerator / denominator
  const remainder = numerator % denominator
  if (remainder === 0n) {
    return quotient
  }
  const negative = numerator < 0n !== denominator < 0n
  const away = quotient + (negative ? -1n : 1n)
  return movesAway({ quotient, remainder, denominator, negative, rounding }) ? away : quotient
}

/** 10 to a power that is a whole number from 0 on. */
export function powerOfTen(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent)
}

const refuse = refusals({
  DECIMAL_INVALID: {
    text: '"{text}" is not a decimal number. Write digits with at most one point, such as 1250.75.',
    kind: 'invalid',
  },
  DECIMAL_TOO_LONG: {
    text: 'A number may have at most {most} digits. Shorten it, or round it to fewer places.',
    kind: 'invalid',
  },
  DECIMAL_DIVIDE_BY_ZERO: { text: '{text} cannot be divided by zero. Enter another divisor.', kind: 'invalid' },
})

const DECIMAL_SHAPE = /^([+-]?)([0-9]+)(?:\.([0-9]+))?$/
// Enough for 38 digits with a sign, a point and some leading zeros; bounds the work an unchecked text can cause.
const MAX_TEXT = 80
const POWERS: readonly bigint[] = Array.from({ length: 80 }, (_, exponent) => 10n ** BigInt(exponent))
const LIMIT = powerOfTen(MAX_DIGITS)

type Remainder = {
  quotient: bigint
  remainder: bigint
  denominator: bigint
  negative: boolean
  rounding: Rounding
}

function movesAway({ quotient, remainder, denominator, negative, rounding }: Remainder): boolean {
  switch (rounding) {
    case 'down':
      return false
    case 'up':
      return true
    case 'floor':
      return negative
    case 'ceiling':
      return !negative
    case 'half-up':
      return absolute(remainder) * 2n >= absolute(denominator)
    case 'half-even': {
      const twice = absolute(remainder) * 2n
      const whole = absolute(denominator)
      return twice > whole || (twice === whole && quotient % 2n !== 0n)
    }
  }
}

function aligned(left: string, right: string): [bigint, bigint, number] {
  const a = parseDecimal(left)
  const b = parseDecimal(right)
  const scale = Math.max(a.scale, b.scale)
  return [a.units * powerOfTen(scale - a.scale), b.units * powerOfTen(scale - b.scale), scale]
}

function checked(decimal: Decimal): Decimal {
  if (absolute(decimal.units) >= LIMIT || decimal.scale > MAX_DIGITS) {
    refuse('DECIMAL_TOO_LONG', { most: MAX_DIGITS })
  }
  return decimal
}

function checkScale(scale: number): void {
  if (!Number.isInteger(scale) || scale < 0 || scale > MAX_DIGITS) {
    throw new RangeError(`a scale is a whole number from 0 to ${MAX_DIGITS}, not ${scale}`)
  }
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}

function shown(text: unknown): string {
  const whole = String(text)
  return whole.length > 40 ? `${whole.slice(0, 40)}…` : whole
}
