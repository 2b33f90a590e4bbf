// Ids are version 7 UUIDs that only ever increase, however fast they are made and wherever the clock goes.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createIdSource, idAt, idTime, isId, newId } from '#kernel/ids'

const TIME_MAX = 2 ** 48 - 1

describe('newId', () => {
  test('300,000 ids in a row are valid, distinct and strictly increasing', () => {
    let last = newId()
    let wrong = 0
    for (let count = 0; count < 300_000; count += 1) {
      const id = newId()
      if (id <= last || !isId(id)) {
        wrong += 1
      }
      last = id
    }
    expect(wrong).toBe(0)
  })

  test('an id carries the time of its making', () => {
    const before = Date.now()
    const made = idTime(newId())
    expect(made).toBeGreaterThanOrEqual(before)
    expect(made).toBeLessThanOrEqual(Date.now() + 1)
  })

  test('ids keep increasing while the clock stands still or steps back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 200 }), (times) => {
        let at = 0
        const source = createIdSource(() => 1_700_000_000_000 + (times[at++] ?? 0))
        const ids = times.map(() => source())
        const sorted = [...new Set(ids)].sort()
        expect(ids).toEqual(sorted)
      }),
    )
  })

  test('a used-up counter moves the time one millisecond ahead, and the order holds', () => {
    const source = createIdSource(
      () => 1000,
      () => 2 ** 26 - 3,
    )
    const ids = Array.from({ length: 7 }, () => source())
    expect(ids.map(idTime)).toEqual([1000, 1000, 1000, 1001, 1001, 1001, 1002])
    expect(ids).toEqual([...new Set(ids)].sort())
  })

  test('the layout is the one of RFC 9562: the time of its example gives its first 48 bits', () => {
    // RFC 9562, appendix A.6: 2022-02-22T19:22:22Z is 0x017F22E279B0.
    expect(createIdSource(() => 0x017f22e279b0)()).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab]/)
  })

  test('two sources of the same moment share nothing but the time', () => {
    const ids = Array.from({ length: 2000 }, () => createIdSource(() => 5)())
    expect(new Set(ids.map((id) => id.slice(24))).size).toBe(2000)
  })
})

describe('idAt', () => {
  test('carries exactly the time it was given and sorts by it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: TIME_MAX }), fc.integer({ min: 0, max: TIME_MAX }), (a, b) => {
        const first = idAt(a)
        const second = idAt(b)
        expect(isId(first)).toBe(true)
        expect(idTime(first)).toBe(a)
        expect(idTime(second)).toBe(b)
        expect(first < second).toBe(a <= b)
      }),
    )
  })

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, TIME_MAX + 1])(
    'refuses the time %s, every time',
    (time) => {
      expect(() => idAt(time)).toThrow(RangeError)
      expect(() => idAt(time)).toThrow(RangeError)
    },
  )

  test('does not disturb the ids of now', () => {
    const before = newId()
    idAt(TIME_MAX)
    const after = newId()
    expect(after > before).toBe(true)
    expect(idTime(after) - idTime(before)).toBeLessThan(60_000)
  })
})

describe('isId', () => {
  test.each([
    '',
    '01890a5d-ac96-474b-bcce-b302099a8057',
    '01890a5d-ac96-774b-ccce-b302099a8057',
    '01890A5D-AC96-774B-BCCE-B302099A8057',
    '{01890a5d-ac96-774b-bcce-b302099a8057}',
    '01890a5dac96774bbcceb302099a8057',
    "01890a5d-ac96-774b-bcce-b302099a8057' or 1=1",
    '01890a5d-ac96-774b-bcce-b302099a8057\n',
  ])('%j is none', (text) => {
    expect(isId(text)).toBe(false)
    expect(() => idTime(text)).toThrow(TypeError)
  })
})
