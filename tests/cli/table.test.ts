// What a person reads on a terminal of the values of a template and of a site.
import { expect, test } from 'vitest'
import { configured, tableOf } from '../../src/cli/table.ts'

test('a configured value is told in words: lists by their members, objects by the fields that say something, nothing as a dash', () => {
  expect([null, '', [], {}].map(configured)).toEqual(['-', '-', '-', '-'])
  expect([45, false, '14:00', ['a', 'b']].map(configured)).toEqual(['45', 'false', '14:00', 'a, b'])
  expect(configured({ code: 'NET45', dueDays: 45, note: null, steps: [{ at: 1 }] })).toBe(
    'code NET45, dueDays 45, steps at 1',
  )
})

test('a long value is cut to a line', () => {
  const long = configured({ permissions: Array.from({ length: 60 }, (_, n) => `area.verb-${n}`) })
  expect(long).toMatch(/^permissions area\.verb-0, .*…$/)
  expect(long.length).toBe(72)
  expect(tableOf([{ object: 'Role X', live: long }]).split('\n')[2]).toBe(`Role X  ${long}`)
})
