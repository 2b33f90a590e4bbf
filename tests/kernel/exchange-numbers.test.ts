// Numbers are read in the notation that is named, and a receipt accounts for every row.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  assertReceipt,
  guardText,
  type NumberFormat,
  parseLocaleNumber,
  receiptOf,
  unguardText,
} from '#kernel/exchange'

const german = { decimal: ',', group: '.' } as const
const english = { decimal: '.', group: ',' } as const
const plain = { decimal: '.' } as const
const french = { decimal: ',', group: ' ' } as const
const swiss = { decimal: '.', group: "'" } as const

describe('numbers by a named notation', () => {
  test.each([
    ['1.234,56', german, '1234.56'],
    ['-1.234.567', german, '-1234567'],
    ['1234,5', german, '1234.5'],
    ['1,234.56', english, '1234.56'],
    ['1.234', plain, '1.234'],
    ['1 234,50', french, '1234.5'],
    ['1\u202f234\u00a0567,5', french, '1234567.5'],
    ["1'234.5", swiss, '1234.5'],
    ['+007,10', german, '7.1'],
  ])('%j with %j is %s', (text, format, expected) => {
    expect(parseLocaleNumber(text, format)).toBe(expected)
  })

  test.each([
    ['1.234,56', plain],
    ['1.234,56', english],
    ['1,234.56', german],
    ['1,234', plain],
    ['1.5', german],
    ['1.23.456', german],
    ['1234.567', german],
    ['1.2345', german],
    ['.234', german],
    ['1,', german],
    [',5', german],
    ['', german],
    ['-', german],
    ['1e5', plain],
    ['12 %', plain],
    ['NaN', plain],
    [' 1', plain],
    ['1.234.567,8,9', german],
  ])('%j with %j is refused', (text, format) => {
    expect(() => parseLocaleNumber(text, format)).toThrow(expect.objectContaining({ code: 'NUMBER_FORMAT_INVALID' }))
  })

  test('no text is a number in two notations that would mean different values by default', () => {
    const texts = fc.string({ unit: fc.constantFrom('1', '2', '.', ','), minLength: 1, maxLength: 8 })
    const value = (text: string, format: NumberFormat) => {
      try {
        return parseLocaleNumber(text, format)
      } catch {
        return undefined
      }
    }
    fc.assert(
      fc.property(texts, (text) => {
        const [comma, point] = [value(text, { decimal: ',' }), value(text, plain)]
        expect(comma === undefined || point === undefined || comma === point).toBe(true)
      }),
    )
  })
})

describe('the guard', () => {
  test('any text comes back, and no guarded text begins like a formula', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '＝', 'a') }),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(unguardText(guardText(text))).toBe(text)
        expect(guardText(text)).not.toMatch(/^[=+\-@\t\r\n]/)
      }),
    )
  })
})

describe('receipts (I-19)', () => {
  const rejection = (line: number, column: string) => ({ line, column, code: 'X', message: 'why' })

  test('rows in are loaded or rejected, and two faults of one row count once', () => {
    const receipt = { rowsIn: 3, loaded: 1, rejected: [rejection(2, 'a'), rejection(2, 'b'), rejection(4, 'a')] }
    expect(receiptOf(receipt)).toBe(receipt)
  })

  test.each([
    { rowsIn: 3, loaded: 2, rejected: [] },
    { rowsIn: 1, loaded: 1, rejected: [rejection(2, 'a')] },
    { rowsIn: 0, loaded: 1, rejected: [] },
  ])('a lost or invented row is noticed: %j', (receipt) => {
    expect(() => assertReceipt(receipt)).toThrow(/does not add up/)
  })
})
