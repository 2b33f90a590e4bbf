// Money never loses a cent: whole minor units of one currency, and a named rounding wherever one is needed.

import { decimalText, divideRounded, parseDecimal, powerOfTen, type Rounding, rescale } from '#kernel/decimal'
import { refusals } from '#kernel/refusal'

/** An amount in minor units (cents, yen, fils) of a currency by its ISO 4217 code. */
export type Money = { readonly minor: bigint; readonly currency: string }

/** How many places the currency has (ISO 4217, minor unit). Refuses with MONEY_CURRENCY_INVALID. */
export function currencyDigits(currency: string): number {
  if (!CURRENCY_SHAPE.test(currency)) {
    refuse('MONEY_CURRENCY_INVALID', { currency })
  }
  return DIGITS[currency] ?? 2
}

/** An amount from minor units: money(1250n, 'EUR') is 12.50 EUR. Refuses with MONEY_CURRENCY_INVALID. */
export function money(minor: bigint, currency: string): Money {
  currencyDigits(currency)
  return { minor, currency }
}

/**
 * Reads an amount in major units, such as '12.5' or the text of a `numeric`. Zeros beyond the currency's places are
 * fine; other digits there are refused with MONEY_TOO_FINE unless a rounding is named. Also refuses with
 * MONEY_CURRENCY_INVALID, DECIMAL_INVALID and DECIMAL_TOO_LONG.
 */
export function parseMoney(text: string, currency: string, rounding?: Rounding): Money {
  const scale = currencyDigits(currency)
  const decimal = parseDecimal(text)
  const minor = rescale(decimal, { scale, rounding: rounding ?? 'down' }).units
  if (!rounding && minor * powerOfTen(decimal.scale) !== decimal.units * powerOfTen(scale)) {
    refuse('MONEY_TOO_FINE', { text, currency, digits: scale })
  }
  return { minor, currency }
}

/** The amount in major units with all places of its currency, as `numeric` takes it: '12.50'. */
export function moneyText({ minor, currency }: Money): string {
  return decimalText({ units: minor, scale: currencyDigits(currency) })
}

/** The sum of two amounts. Refuses with MONEY_CURRENCY_MISMATCH. */
export function addMoney(left: Money, right: Money): Money {
  checkSame(left, right)
  return { minor: left.minor + right.minor, currency: left.currency }
}

/** `left - right`. Refuses with MONEY_CURRENCY_MISMATCH. */
export function subtractMoney(left: Money, right: Money): Money {
  checkSame(left, right)
  return { minor: left.minor - right.minor, currency: left.currency }
}

/** The sum of amounts in one currency, zero for none. Refuses with MONEY_CURRENCY_MISMATCH. */
export function sumMoney(amounts: Iterable<Money>, currency: string): Money {
  let total = money(0n, currency)
  for (const amount of amounts) {
    total = addMoney(total, amount)
  }
  return total
}

/** The same amount with the other sign. */
export function negateMoney({ minor, currency }: Money): Money {
  return { minor: -minor, currency }
}

/** -1, 0 or 1 as `left` is less than, equal to or more than `right`. Refuses with MONEY_CURRENCY_MISMATCH. */
export function compareMoney(left: Money, right: Money): -1 | 0 | 1 {
  checkSame(left, right)
  if (left.minor === right.minor) {
    return 0
  }
  return left.minor < right.minor ? -1 : 1
}

/** The amount times a decimal (a quantity, a rate, a percentage as '0.19'), rounded once to minor units. */
export function multiplyMoney(amount: Money, factor: string, rounding: Rounding): Money {
  const { units, scale } = parseDecimal(factor)
  return { minor: divideRounded(amount.minor * units, powerOfTen(scale), rounding), currency: amount.currency }
}

/**
 * Splits an amount by ratios (decimals or whole numbers, none negative, not all zero) so that the parts add up to it
 * exactly. Method of largest remainders: each part gets its share cut down to a minor unit, and the units left over go
 * one each to the largest remainders, the earlier part first on a tie. A zero ratio gets nothing. The parts of a
 * negative amount are those of the positive one, negated. Refuses with MONEY_RATIO_INVALID.
 */
export function allocateMoney(amount: Money, ratios: readonly (string | bigint)[]): Money[] {
  const weights = sameScale(ratios)
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total === 0n || weights.some((weight) => weight < 0n)) {
    refuse('MONEY_RATIO_INVALID')
  }

  const negative = amount.minor < 0n
  const magnitude = negative ? -amount.minor : amount.minor
  const parts = weights.map((weight) => (magnitude * weight) / total)
  const left = magnitude - parts.reduce((sum, part) => sum + part, 0n)

  const remainders = weights.map((weight, index) => ({ index, remainder: (magnitude * weight) % total }))
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  const lucky = new Set(remainders.slice(0, Number(left)).map(({ index }) => index))

  return parts.map((part, index) => {
    const minor = lucky.has(index) ? part + 1n : part
    return { minor: negative ? -minor : minor, currency: amount.currency }
  })
}

/** The amount as people of the locale (BCP 47) read it, such as '1.234,50 €' for 'de-DE'; exact at any size. */
export function formatMoney(amount: Money, locale: string): string {
  const text = moneyText(amount)
  // Always true; it tells the type checker that Intl may take the text, which it reads as an exact decimal.
  return isNumeric(text) ? formatterFor(locale, amount.currency).format(text) : text
}

const refuse = refusals({
  MONEY_CURRENCY_INVALID: {
    text: '"{currency}" is not a currency code. Use the three capital letters of ISO 4217, such as EUR.',
    kind: 'invalid',
  },
  MONEY_TOO_FINE: {
    text: '{text} has more places than {currency} has ({digits}). Enter an amount that can be paid in {currency}.',
    kind: 'invalid',
  },
  MONEY_CURRENCY_MISMATCH: '{left} and {right} cannot be combined. Convert one of the amounts first.',
  MONEY_RATIO_INVALID:
    'An amount can be split only by ratios that are zero or more, with at least one above zero. Correct the ratios.',
})

const CURRENCY_SHAPE = /^[A-Z]{3}$/

// ISO 4217 list one: every active currency and fund code whose minor unit is not 2.
const DIGITS: Readonly<Record<string, number>> = Object.fromEntries([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3]),
  ...'CLF UYW'.split(' ').map((code) => [code, 4]),
])

// Making a formatter costs far more than using it. The limit keeps a stream of odd locales from filling the memory.
const FORMATTERS_MAX = 200
const formatters = new Map<string, Intl.NumberFormat>()

function formatterFor(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`
  const known = formatters.get(key)
  if (known) {
    return known
  }
  const digits = currencyDigits(currency)
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  if (formatters.size >= FORMATTERS_MAX) {
    formatters.clear()
  }
  formatters.set(key, made)
  return made
}

function isNumeric(text: string): text is `${number}` {
  return text !== ''
}

function checkSame(left: Money, right: Money): void {
  if (left.currency !== right.currency) {
    refuse('MONEY_CURRENCY_MISMATCH', { left: left.currency, right: right.currency })
  }
}

function sameScale(ratios: readonly (string | bigint)[]): bigint[] {
  const decimals = ratios.map((ratio) => parseDecimal(ratio.toString()))
  const scale = decimals.reduce((widest, decimal) => Math.max(widest, decimal.scale), 0)
  return decimals.map((decimal) => decimal.units * powerOfTen(scale - decimal.scale))
}
