// Quantities convert without loss, or are refused (MDM-09).

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ROUNDINGS } from '#kernel/decimal'
import {
  addQuantities,
  compareQuantities,
  convertQuantity,
  parseQuantity,
  roundQuantity,
  subtractQuantities,
  sumQuantities,
} from '#kernel/quantity'
import { invertRational, rational } from '#kernel/rational'

const piece = { code: 'piece', whole: true }
const kilogram = { code: 'kg', whole: false }
const millionths = fc.bigInt({ min: 0n, max: 10n ** 12n })
const factors = fc
  .tuple(fc.bigInt({ min: 1n, max: 5000n }), fc.bigInt({ min: 1n, max: 5000n }))
  .map(([num, den]) => rational(num, den))

describe('MDM-09: conversions are exact', () => {
  test('5 boxes of 12 are 60, not 61, and 60 pieces are 5 boxes', () => {
    const box = rational(12n)
    expect(convertQuantity('5', box, { to: piece })).toBe('60')
    expect(convertQuantity('60', invertRational(box), { to: piece })).toBe('5')
  })

  test('6 pieces of a third each way are 6, not 6.01', () => {
    const third = rational(1n, 3n)
    expect(convertQuantity('6', third)).toBe('2')
    expect(convertQuantity('2', invertRational(third))).toBe('6')
  })

  test('3140 less 3106.40 leaves 33.60', () => {
    expect(subtractQuantities('3140', '3106.40')).toBe('33.60')
    expect(compareQuantities(subtractQuantities('3140', '3106.40'), '33.60')).toBe(0)
    expect(addQuantities('33.60', '3106.4')).toBe('3140.00')
    expect(sumQuantities(['0.1', '0.2', '0.3'])).toBe('0.6')
  })

  test('what cannot be written in six places is refused, not rounded', () => {
    expect(() => convertQuantity('1', rational(1n, 3n))).toThrow(expect.objectContaining({ code: 'QUANTITY_INEXACT' }))
    expect(() => convertQuantity('7', invertRational(rational(12n)))).toThrow(
      expect.objectContaining({ code: 'QUANTITY_INEXACT' }),
    )
  })

  test('105 kg are not 4.9 pieces: a whole unit refuses a fraction', () => {
    const weight = rational(150n, 7n)
    expect(() => convertQuantity('105', invertRational(weight), { to: piece })).toThrow(
      expect.objectContaining({ code: 'QUANTITY_HAS_FRACTION', detail: { quantity: '4.9', unit: 'piece' } }),
    )
    expect(convertQuantity('105', invertRational(weight), { to: kilogram })).toBe('4.9')
    expect(convertQuantity('105', invertRational(weight), { to: piece, rounding: 'up' })).toBe('5')
    expect(convertQuantity('1', rational(1n, 3n), { rounding: 'half-up' })).toBe('0.333333')
  })

  test('whatever converts comes back as it was, and only the inexact is refused', () => {
    let converted = 0
    fc.assert(
      fc.property(millionths, factors, (millionth, factor) => {
        const quantity = convertQuantity(millionth.toString(), rational(1n, 1_000_000n))
        const fits = (millionth * factor.num) % factor.den === 0n
        if (!fits) {
          expect(() => convertQuantity(quantity, factor)).toThrow(expect.objectContaining({ code: 'QUANTITY_INEXACT' }))
          return
        }
        converted += 1
        expect(convertQuantity(convertQuantity(quantity, factor), invertRational(factor))).toBe(quantity)
      }),
      { numRuns: 2000 },
    )
    expect(converted).toBeGreaterThan(0)
  })
})

describe('taking quantities', () => {
  test('six places are taken, a seventh is refused unless it is zero', () => {
    expect(parseQuantity('1.1234560')).toBe('1.123456')
    expect(() => parseQuantity('1.1234567')).toThrow(expect.objectContaining({ code: 'QUANTITY_TOO_FINE' }))
  })

  test('a whole unit takes 5.00 as 5 and refuses 5.5', () => {
    expect(parseQuantity('5.00', piece)).toBe('5')
    expect(parseQuantity('5.5', kilogram)).toBe('5.5')
    expect(() => parseQuantity('5.5', piece)).toThrow(expect.objectContaining({ code: 'QUANTITY_HAS_FRACTION' }))
  })

  test('rounding is to the unit, as named', () => {
    expect(ROUNDINGS.map((rounding) => roundQuantity('2.5', piece, rounding))).toEqual(['2', '3', '2', '3', '2', '3'])
    expect(roundQuantity('2.5', kilogram, 'up')).toBe('2.5')
  })
})
