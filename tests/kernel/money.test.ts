// Money keeps every minor unit: reading, splitting and writing give back what went in.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ROUNDINGS } from '#kernel/decimal'
import {
  addMoney,
  allocateMoney,
  compareMoney,
  currencyDigits,
  formatMoney,
  money,
  moneyText,
  multiplyMoney,
  negateMoney,
  parseMoney,
  subtractMoney,
  sumMoney,
} from '#kernel/money'

const currencies = fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF')
const amounts = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), currencies)
  .map(([minor, currency]) => money(minor, currency))

describe('reading and writing', () => {
  test('each currency has the minor unit of ISO 4217', () => {
    const digits = ['EUR', 'USD', 'JPY', 'KRW', 'KWD', 'TND', 'CLF', 'MGA', 'HUF'].map(currencyDigits)
    expect(digits).toEqual([2, 2, 0, 0, 3, 3, 4, 2, 2])
  })

  test('text becomes minor units and comes back with all places', () => {
    expect(parseMoney('12.5', 'EUR')).toEqual({ minor: 1250n, currency: 'EUR' })
    expect(parseMoney('1200.000', 'JPY')).toEqual({ minor: 1200n, currency: 'JPY' })
    expect(moneyText(money(-5n, 'KWD'))).toBe('-0.005')
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(parseMoney(moneyText(amount), amount.currency)).toEqual(amount)
      }),
    )
  })

  test('a digit too many is refused unless a rounding is named', () => {
    expect(() => parseMoney('0.005', 'EUR')).toThrow(expect.objectContaining({ code: 'MONEY_TOO_FINE' }))
    expect(() => parseMoney('0.5', 'JPY')).toThrow(expect.objectContaining({ code: 'MONEY_TOO_FINE' }))
    expect(parseMoney('0.005', 'EUR', 'half-up').minor).toBe(1n)
    expect(parseMoney('0.005', 'EUR', 'half-even').minor).toBe(0n)
  })

  test.each(['eur', 'EURO', '', 'E R', 'constructor', '__proto__'])('%j is no currency', (currency) => {
    expect(() => money(1n, currency)).toThrow(expect.objectContaining({ code: 'MONEY_CURRENCY_INVALID' }))
  })
})

describe('arithmetic', () => {
  test('different currencies never mix', () => {
    const euro = money(100n, 'EUR')
    const dollar = money(100n, 'USD')
    for (const mix of [addMoney, subtractMoney, compareMoney]) {
      expect(() => mix(euro, dollar)).toThrow(expect.objectContaining({ code: 'MONEY_CURRENCY_MISMATCH' }))
    }
    expect(() => sumMoney([euro, dollar], 'EUR')).toThrow(expect.objectContaining({ code: 'MONEY_CURRENCY_MISMATCH' }))
  })

  test('adding, subtracting, negating and comparing agree', () => {
    const cents = fc.bigInt({ min: -1000n, max: 1000n }).map((minor) => money(minor, 'EUR'))
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(subtractMoney(addMoney(a, b), b)).toEqual(a)
        expect(addMoney(a, negateMoney(a)).minor).toBe(0n)
        expect(compareMoney(a, b)).toBe(-compareMoney(b, a) + 0)
        expect(compareMoney(a, b) > 0).toBe(subtractMoney(a, b).minor > 0n)
        expect(sumMoney([a, b], 'EUR')).toEqual(addMoney(a, b))
      }),
    )
    expect(sumMoney([], 'JPY')).toEqual({ minor: 0n, currency: 'JPY' })
  })

  test('T-PRC-11: 16 of 348.35 less 4 % is 5350.66, and 22 % tax on it is 1177.15', () => {
    const gross = multiplyMoney(parseMoney('348.35', 'EUR'), '16', 'half-up')
    const net = multiplyMoney(gross, '0.96', 'half-up')
    expect([gross, net, multiplyMoney(net, '0.22', 'half-up')].map(moneyText)).toEqual([
      '5573.60',
      '5350.66',
      '1177.15',
    ])
  })

  test('ACC-03: each rounding of half a cent is the one that was named', () => {
    const half = ROUNDINGS.map((rounding) => multiplyMoney(money(-5n, 'EUR'), '0.5', rounding).minor)
    expect(half).toEqual([-2n, -3n, -2n, -3n, -3n, -2n])
  })
})

describe('allocation', () => {
  test('the odd cents go to the largest remainders, the first on a tie', () => {
    const split = (minor: bigint, ratios: (string | bigint)[]) =>
      allocateMoney(money(minor, 'EUR'), ratios).map((part) => part.minor)
    expect(split(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
    expect(split(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n])
    expect(split(5n, ['0.3', '0.7'])).toEqual([2n, 3n])
    expect(split(2n, [0n, 1n, 0n, 1n, 1n])).toEqual([0n, 1n, 0n, 1n, 0n])
    expect(split(0n, ['1'])).toEqual([0n])
  })

  test('no cent is lost or made, and no part is a whole unit off its share', () => {
    const ratios = fc.array(fc.bigInt({ min: 0n, max: 1000n }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(
        amounts,
        ratios.filter((list) => list.some((ratio) => ratio > 0n)),
        (amount, list) => {
          const parts = allocateMoney(amount, list)
          expect(sumMoney(parts, amount.currency)).toEqual(amount)
          const total = list.reduce((sum, ratio) => sum + ratio, 0n)
          parts.forEach((part, index) => {
            const error = part.minor * total - amount.minor * (list[index] ?? 0n)
            expect(error < total && error > -total).toBe(true)
            expect(list[index] === 0n && part.minor !== 0n).toBe(false)
          })
          expect(allocateMoney(negateMoney(amount), list).map(negateMoney)).toEqual(parts)
        },
      ),
    )
  })

  test.each([[[]], [['0', '0.00']], [['2', '-1']]])('the ratios %j are refused', (ratios) => {
    expect(() => allocateMoney(money(1n, 'EUR'), ratios)).toThrow(
      expect.objectContaining({ code: 'MONEY_RATIO_INVALID' }),
    )
  })
})

describe('formatting', () => {
  const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

  test('follows the locale and the currency', () => {
    expect(plain(formatMoney(money(123450n, 'EUR'), 'de-DE'))).toBe('1.234,50 €')
    expect(plain(formatMoney(money(-123450n, 'USD'), 'en-US'))).toBe('-$1,234.50')
    expect(plain(formatMoney(money(1234n, 'JPY'), 'en-US'))).toBe('¥1,234')
    expect(plain(formatMoney(money(1234n, 'KWD'), 'en-US'))).toBe('KWD 1.234')
  })

  test('stays exact where a float would not', () => {
    expect(plain(formatMoney(money(1234567890123456789n, 'EUR'), 'en-US'))).toBe('€12,345,678,901,234,567.89')
  })
})
