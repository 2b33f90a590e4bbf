// Story: the parcel arrives.
import { beforeAll, expect, test } from 'vitest'
import { type ReturnStory, returnStory } from '../../../../tests/modules/returns/story.ts'
import { receive } from './receive.ts'

let s: ReturnStory
beforeAll(async () => {
  s = await returnStory()
})

test('It is taken in at the cost of the sale and waits for inspection', async () => {
  const { id, line } = await s.four()
  await s.act(receive, id, { lines: [{ line, quantity: '3' }] })
  expect(await s.books(id)).toBe('Dr1200 30 Cr5000 30')
  expect(await s.refusal(s.act(receive, id, { lines: [{ line, quantity: '2' }] }))).toBe('RETURN_MORE_THAN_AUTHORISED')
  await s.act(receive, id)
  expect(await s.see('select trim_scale(received)::text from returns.rma_line where id = $1', line)).toBe('4')
})
