// A text that was read once is not read again, and what it gave cannot be changed for the others.
import { expect, test } from 'vitest'
import { remembered } from '#kernel/remember'
import { readYaml } from '#kernel/yaml'

test('the same text is read once, and the one not asked for longest is forgotten first', () => {
  const read: string[] = []
  const lengthOf = remembered(2, (text) => {
    read.push(text)
    return { length: text.length }
  })
  const first = lengthOf('a')
  expect(lengthOf('a')).toBe(first)
  lengthOf('bb')
  lengthOf('a')
  lengthOf('ccc')
  expect(read).toEqual(['a', 'bb', 'ccc'])
  expect(lengthOf('a')).toBe(first)
  lengthOf('bb')
  expect(read).toEqual(['a', 'bb', 'ccc', 'bb'])
})

test('what a text gave is frozen to the last member, and a text that cannot be read is refused every time', () => {
  const value = readYaml('terms:\n  - { code: NET30, days: 30 }\n') as { terms: { days: number }[] }
  expect(() => value.terms.push({ days: 0 })).toThrow(TypeError)
  expect(() => Object.assign(value.terms[0] ?? {}, { days: 0 })).toThrow(TypeError)
  for (const _ of [1, 2]) expect(() => readYaml('a: [1')).toThrow('Flow sequence')
})
