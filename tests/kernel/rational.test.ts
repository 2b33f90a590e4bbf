// Rationals stay in lowest terms and lose nothing.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compareRationals,
  divideRationals,
  exactDecimal,
  invertRational,
  multiplyRationals,
  rational,
  rationalOf,
  rationalText,
  roundRational,
} from '#kernel/rational'

const whole = fc.bigInt({ min: -10000n, max: 10000n })
const nonZero = whole.filter((value) => value !== 0n)
const rationals = fc.tuple(whole, nonZero).map(([num, den]) => rational(num, den))

test('a fraction is in lowest terms with the sign above the line', () => {
  expect(rational(24n, -18n)).toEqual({ num: -4n, den: 3n })
  expect(rational(0n, -7n)).toEqual({ num: 0n, den: 1n })
  expect(rationalOf('-0.750')).toEqual({ num: -3n, den: 4n })
  fc.assert(
    fc.property(whole, nonZero, nonZero, (num, den, factor) => {
      expect(rational(num * factor, den * factor)).toEqual(rational(num, den))
    }),
  )
})

test('multiplying and dividing undo each other', () => {
  fc.assert(
    fc.property(
      rationals,
      rationals.filter(({ num }) => num !== 0n),
      (a, b) => {
        expect(divideRationals(multiplyRationals(a, b), b)).toEqual(a)
        expect(multiplyRationals(b, invertRational(b))).toEqual({ num: 1n, den: 1n })
        expect(compareRationals(a, b)).toBe(-compareRationals(b, a) + 0)
      },
    ),
  )
})

test('zero below the line is refused', () => {
  const refusal = expect.objectContaining({ code: 'RATIONAL_ZERO_DENOMINATOR' })
  expect(() => rational(1n, 0n)).toThrow(refusal)
  expect(() => invertRational(rational(0n))).toThrow(refusal)
  expect(() => divideRationals(rational(1n), rational(0n))).toThrow(refusal)
})

test('a decimal comes out exactly, rounded as named, or not at all', () => {
  expect(exactDecimal(rational(1n, 8n), 6)).toBe('0.125')
  expect(exactDecimal(rational(1n, 3n), 30)).toBeUndefined()
  expect(exactDecimal(rational(1n, 10_000_000n), 6)).toBeUndefined()
  expect(roundRational(rational(-2n, 3n), { scale: 3, rounding: 'half-even' })).toBe('-0.667')
  expect(rationalText(rational(12n))).toBe('12')
  expect(rationalText(rational(3n, 4n))).toBe('3/4')
})
