// Story: somebody looks at what came.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { create as createReason } from '../reason/create.ts'
import { authorise } from './authorise.ts'
import { inspect } from './inspect.ts'
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

test('Two go to the shelf, one is scrapped, one goes back to the customer', async () => {
  const { id, line } = await four()
  await s.act(receive, id)
  expect(await s.refusal(s.act(inspect, id, { lines: [{ line, restock: '5' }] }))).toBe('RETURN_MORE_THAN_RECEIVED')
  await s.act(inspect, id, { lines: [{ line, restock: '2', scrap: '1', reject: '1' }] })
  expect(await s.books(id, 'inspected%')).toBe('Dr5000 10 Dr5030 10 Cr1200 20')
  expect(
    await s.see(
      'select trim_scale(returned)::text from sales.order_line l join returns.rma_line n on n.order_line_id = l.id where n.id = $1',
      line,
    ),
  ).toBe('3')
})
