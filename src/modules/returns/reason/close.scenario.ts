// Story: a reason is given up.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { authorise } from '../rma/authorise.ts'
import { close } from './close.ts'
import { create } from './create.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('No new return can name it', async () => {
  const { id } = await s.create(create, { code: 'OLD', name: 'Old rule' })
  await s.act(close, id)
  const { order } = await s.invoiced('C1', '1')
  const wanted = {
    customer: 'C1',
    warehouse: 'W2',
    reason: 'OLD',
    lines: [{ orderLine: await s.orderLine(order), quantity: '1' }],
  }
  expect(await s.refusal(s.create(authorise, wanted))).toBe('RETURN_REASON_UNKNOWN')
})
