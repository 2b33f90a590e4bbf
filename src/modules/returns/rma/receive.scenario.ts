// Story: the parcel arrives.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { create as createReason } from '../reason/create.ts'
import { authorise } from './authorise.ts'
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

test('It is taken in at the cost of the sale and waits for inspection', async () => {
  const { id, line } = await four()
  await s.act(receive, id, { lines: [{ line, quantity: '3' }] })
  expect(await s.books(id)).toBe('Dr1200 30 Cr5000 30')
  expect(await s.refusal(s.act(receive, id, { lines: [{ line, quantity: '2' }] }))).toBe('RETURN_MORE_THAN_AUTHORISED')
  await s.act(receive, id)
  expect(await s.see('select trim_scale(received)::text from returns.rma_line where id = $1', line)).toBe('4')
})
