// The sums and shares that screens make of what the server sent: exact for every amount, and never a float on the way.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compare, isNegative, isZero, minus, percentOf, share, sum, times } from '../../web/parts/exact.ts'

/** Amounts with up to six places, with what they are in millionths. */
const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 6 }))
  .map(([units, places]) => {
    const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0')
    const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
    return { text: units < 0n ? `-${text}` : text, millionths: units * 10n ** BigInt(6 - places) }
  })

/** A decimal text in millionths, read by the rule of the decimal system alone. */
function millionths(text: string): bigint {
  const [whole = '', part = ''] = text.replace('-', '').split('.')
  expect(part.slice(6)).toMatch(/^0*$/)
  const units = BigInt(whole) * 1_000_000n + BigInt(part.slice(0, 6).padEnd(6, '0'))
  return text.startsWith('-') ? -units : units
}

const signOf = (value: bigint): number => (value > 0n ? 1 : value < 0n ? -1 : 0)

test('sums, signs and comparisons are those of whole numbers', () => {
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 8 }), amount, amount, (all, a, b) => {
      expect(millionths(sum(all.map((one) => one.text)))).toBe(all.reduce((so, one) => so + one.millionths, 0n))
      expect(compare(a.text, b.text)).toBe(signOf(a.millionths - b.millionths))
      expect(millionths(minus(a.text))).toBe(-a.millionths)
      expect([isZero(a.text), isNegative(a.text)]).toEqual([a.millionths === 0n, a.millionths < 0n])
    }),
  )
})

test('a product has every place of its factors, and a share is cut to a tenth and stays in its bar', () => {
  fc.assert(
    fc.property(amount, amount, (a, b) => {
      const [whole = '', part = ''] = times(a.text, b.text).replace('-', '').split('.')
      expect(BigInt(whole + part.padEnd(12, '0'))).toBe(
        (a.millionths < 0n ? -a.millionths : a.millionths) * (b.millionths < 0n ? -b.millionths : b.millionths),
      )
      const percent = percentOf(a.text, b.text)
      if (b.millionths <= 0n) expect(percent).toBeUndefined()
      else expect(millionths(percent ?? '')).toBe(((a.millionths * 1000n) / b.millionths) * 100_000n)
      expect(share(a.text, b.text)).toBeGreaterThanOrEqual(0)
      expect(share(a.text, b.text)).toBeLessThanOrEqual(100)
    }),
  )
})

test('what is no number counts nothing', () => {
  expect(sum(['1.50', null, undefined, '', 'n/a', '2'])).toBe('3.50')
  expect(compare('', '0')).toBe(0)
  expect(share('1', '0')).toBe(100)
  expect(share('0', '0')).toBe(0)
})
