// Story: a customer asks to send something back.
import { beforeAll, expect, test } from 'vitest'
import { type ReturnStory, returnStory } from '../../../../tests/modules/returns/story.ts'

let s: ReturnStory
beforeAll(async () => {
  s = await returnStory()
})

test('What was shipped may come back, once', async () => {
  const { order } = await s.invoiced('C1', '10')
  await s.authorised(order, '7')
  expect(await s.refusal(s.authorised(order, '4'))).toBe('RETURN_TOO_MUCH')
  await s.authorised(order, '3')
})
