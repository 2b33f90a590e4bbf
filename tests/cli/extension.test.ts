// Extensions in a process of their own, as a person checks one: what the program was put together from does not hold them.
import { afterAll, expect, test } from 'vitest'
import { clear, tradewright } from './support.ts'

afterAll(clear)

test('EXT-03 the extension that ships is read from its folder and let in; a folder without one is named', async () => {
  const good = await tradewright(['extension', 'check', 'extensions/door-tags', '--json'])
  expect(good.json(), good.err).toMatchObject({ ok: true })
  expect(good.code).toBe(0)
  const none = await tradewright(['extension', 'check', 'extensions/none-such', '--json'])
  expect(none.json()).toMatchObject({ ok: false, error: { code: 'NO_EXTENSION' } })
})
