// Story: somebody looks at what came.
import { beforeAll, expect, test } from 'vitest'
import { type ReturnStory, returnStory } from '../../../../tests/modules/returns/story.ts'
import { inspect } from './inspect.ts'
import { receive } from './receive.ts'

let s: ReturnStory
beforeAll(async () => {
  s = await returnStory()
})

test('Two go to the shelf, one is scrapped, one goes back to the customer', async () => {
  const { id, line } = await s.four()
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
