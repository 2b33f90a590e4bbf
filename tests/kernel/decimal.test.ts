// Decimals are exact, refuse what is not plainly a decimal, and round only as named.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  decimalText,
  divideDecimals,
  divideRounded,
  isDecimal,
  multiplyDecimals,
  negateDecimal,
  normaliseDecimal,
  parseDecimal,
  ROUNDINGS,
  type Rounding,
  roundDecimal,
  signOfDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal'

const decimals = fc
  .record({ units: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), scale: fc.integer({ min: 0, max: 8 }) })
  .map((decimal: Decimal) => decimalText(decimal))
const roundings = fc.constantFrom<Rounding>(...ROUNDINGS)

describe('reading decimal text', () => {
  test('a decimal keeps its written scale and its sign', () => {
    expect(parseDecimal('-12.50')).toEqual({ units: -1250n, scale: 2 })
    expect(parseDecimal('+007')).toEqual({ units: 7n, scale: 0 })
    expect(decimalText({ units: -5n, scale: 3 })).toBe('-0.005')
    expect(decimalText(parseDecimal('-0.00'))).toBe('0.00')
  })

  test.each([
    'NaN',
    'Infinity',
    '-Infinity',
    '1e3',
    '1,234.50',
    '1.234,50',
    '1 000',
    "1'000",
    ' 1',
    '1\n',
    '.5',
    '5.',
    '',
    '-',
    '--1',
    '0x10',
    '1_000',
    '١٢',
  ])('%j is refused, not guessed at', (text) => {
    expect(() => parseDecimal(text)).toThrow(expect.objectContaining({ code: 'DECIMAL_INVALID' }))
    expect(isDecimal(text)).toBe(false)
  })

  test('38 digits are taken and 39 are refused; leading zeros do not count', () => {
    expect(parseDecimal(`0${'9'.repeat(38)}`).units).toBe(10n ** 38n - 1n)
    expect(() => parseDecimal('9'.repeat(39))).toThrow(expect.objectContaining({ code: 'DECIMAL_TOO_LONG' }))
    expect(() => parseDecimal(`0.${'0'.repeat(38)}1`)).toThrow(expect.objectContaining({ code: 'DECIMAL_TOO_LONG' }))
    expect(() => parseDecimal('9'.repeat(1_000_000))).toThrow(expect.objectContaining({ code: 'DECIMAL_INVALID' }))
  })

  test('text survives reading and writing', () => {
    fc.assert(fc.property(decimals, (text) => decimalText(parseDecimal(text)) === text))
  })

  test('equal values have one normal text', () => {
    expect(normaliseDecimal('1.50')).toBe('1.5')
    expect(normaliseDecimal('-0.00')).toBe('0')
    expect(normaliseDecimal('100')).toBe('100')
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        expect(normaliseDecimal(a) === normaliseDecimal(b)).toBe(compareDecimals(a, b) === 0)
        expect(normaliseDecimal(`${a.includes('.') ? a : `${a}.`}000`)).toBe(normaliseDecimal(a))
      }),
    )
  })
})

describe('arithmetic', () => {
  test('tenths add up, where binary floats do not', () => {
    expect(addDecimals('0.1', '0.2')).toBe('0.3')
    expect(subtractDecimals('3140', '3106.40')).toBe('33.60')
    expect(sumDecimals(Array.from({ length: 1000 }, () => '0.001'))).toBe('1.000')
    expect(sumDecimals([])).toBe('0')
  })

  test('adding and subtracting undo each other, multiplying distributes', () => {
    fc.assert(
      fc.property(decimals, decimals, decimals, (a, b, c) => {
        expect(compareDecimals(subtractDecimals(addDecimals(a, b), b), a)).toBe(0)
        const once = multiplyDecimals(a, addDecimals(b, c))
        const apart = addDecimals(multiplyDecimals(a, b), multiplyDecimals(a, c))
        expect(compareDecimals(once, apart)).toBe(0)
        expect(sumDecimals([a, b, c])).toBe(addDecimals(addDecimals(a, b), c))
        expect(signOfDecimal(a)).toBe(-signOfDecimal(negateDecimal(a)) + 0)
      }),
    )
  })

  test('a product beyond 38 digits is refused unless it is rounded', () => {
    const long = `0.${'1'.repeat(25)}`
    expect(() => multiplyDecimals(long, long)).toThrow(expect.objectContaining({ code: 'DECIMAL_TOO_LONG' }))
    expect(multiplyDecimals(long, long, { scale: 4, rounding: 'half-up' })).toBe('0.0123')
  })

  test('division names its scale and rounding', () => {
    expect(divideDecimals('1', '3', { scale: 4, rounding: 'half-up' })).toBe('0.3333')
    expect(divideDecimals('-2', '3', { scale: 2, rounding: 'half-even' })).toBe('-0.67')
    expect(divideDecimals('1', '-0.003', { scale: 1, rounding: 'down' })).toBe('-333.3')
    expect(() => divideDecimals('1', '0.00', { scale: 2, rounding: 'down' })).toThrow(
      expect.objectContaining({ code: 'DECIMAL_DIVIDE_BY_ZERO' }),
    )
  })
})

describe('rounding (ACC-03)', () => {
  // Rows: the value; columns: half-even, half-up, down, up, floor, ceiling, to whole numbers.
  test.each([
    ['2.5', '2', '3', '2', '3', '2', '3'],
    ['3.5', '4', '4', '3', '4', '3', '4'],
    ['-2.5', '-2', '-3', '-2', '-3', '-3', '-2'],
    ['-3.5', '-4', '-4', '-3', '-4', '-4', '-3'],
    ['2.51', '3', '3', '2', '3', '2', '3'],
    ['2.49', '2', '2', '2', '3', '2', '3'],
    ['-0.1', '0', '0', '0', '-1', '-1', '0'],
    ['7.0', '7', '7', '7', '7', '7', '7'],
  ])('%s', (text, ...expected) => {
    expect(ROUNDINGS.map((rounding) => roundDecimal(text, { scale: 0, rounding }))).toEqual(expected)
  })

  test('a rounded value is less than one unit away, at most half for the nearest ones, and already round stays', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -100000n, max: 100000n }),
        fc.bigInt({ min: -999n, max: 999n }).filter((denominator) => denominator !== 0n),
        roundings,
        (numerator, denominator, rounding) => {
          const rounded = divideRounded(numerator, denominator, rounding)
          const size = denominator < 0n ? -denominator : denominator
          const error = rounded * denominator - numerator
          const distance = error < 0n ? -error : error
          expect(distance < size).toBe(true)
          if (rounding.startsWith('half')) {
            expect(distance * 2n <= size).toBe(true)
          }
          expect(divideRounded(rounded * denominator, denominator, rounding)).toBe(rounded)
        },
      ),
    )
  })

  test('padding with zeros changes nothing but the scale', () => {
    expect(roundDecimal('1.5', { scale: 4, rounding: 'half-up' })).toBe('1.5000')
    expect(() => roundDecimal('1.5', { scale: -1, rounding: 'half-up' })).toThrow(RangeError)
  })
})
