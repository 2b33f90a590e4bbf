// Story: a customer asks to send something back.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { create as createReason } from '../reason/create.ts'
import { authorise } from './authorise.ts'

let s: Story
beforeAll(async () => {
  s = await story()
  await s.create(createReason, { code: 'WRONG', name: 'Wrong item' })
})

test('What was shipped may come back, once', async () => {
  const { order } = await s.invoiced('C1', '10')
  const wanted = async (quantity: string) => ({
    customer: 'C1',
    warehouse: 'W2',
    reason: 'WRONG',
    lines: [{ orderLine: await s.orderLine(order), quantity }],
  })
  await s.create(authorise, await wanted('7'))
  expect(await s.refusal(s.create(authorise, await wanted('4')))).toBe('RETURN_TOO_MUCH')
  await s.create(authorise, await wanted('3'))
})
