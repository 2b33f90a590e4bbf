// Story: the customer keeps it after all.
import { beforeAll, expect, test } from 'vitest'
import { type ReturnStory, returnStory } from '../../../../tests/modules/returns/story.ts'
import { cancel } from './cancel.ts'
import { receive } from './receive.ts'

let s: ReturnStory
beforeAll(async () => {
  s = await returnStory()
})

test('A return of which nothing came is cancelled, and the quantity may come back another time', async () => {
  const { id, order } = await s.four()
  await s.act(cancel, id)
  await s.authorised(order, '10')
  const other = await s.four()
  await s.act(receive, other.id)
  expect(await s.refusal(s.act(cancel, other.id))).toBe('WRONG_STATE')
})
