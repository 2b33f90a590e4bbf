// Story: the customer keeps it after all.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { create as createReason } from '../reason/create.ts'
import { authorise } from './authorise.ts'
import { cancel } from './cancel.ts'
import { receive } from './receive.ts'

let s: Story
beforeAll(async () => {
  s = await story()
  await s.create(createReason, { code: 'WRONG', name: 'Wrong item' })
})

/** Ten are sold, and four may come back. */
const four = async () => {
  const { order } = await s.invoiced('C1', '10')
  const { id } = await s.create(authorise, {
    customer: 'C1',
    warehouse: 'W2',
    reason: 'WRONG',
    lines: [{ orderLine: await s.orderLine(order), quantity: '4' }],
  })
  return { order, id, line: await s.see('select id from returns.rma_line where rma_id = $1', id) }
}

test('A return of which nothing came is cancelled, and the quantity may come back another time', async () => {
  const { id, order } = await four()
  await s.act(cancel, id)
  await s.create(authorise, {
    customer: 'C1',
    warehouse: 'W2',
    reason: 'WRONG',
    lines: [{ orderLine: await s.orderLine(order), quantity: '10' }],
  })
  const other = await four()
  await s.act(receive, other.id)
  expect(await s.refusal(s.act(cancel, other.id))).toBe('WRONG_STATE')
})
