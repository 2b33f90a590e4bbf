// Story: the customer gets his money.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { person } from '../../../../tests/support/world.ts'
import { create as createReason } from '../reason/create.ts'
import { authorise } from './authorise.ts'
import { credit } from './credit.ts'
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

test('What was accepted is credited by somebody who did not take it in', async () => {
  const { id, line } = await four()
  const bob = { principal: person('bob', ['returns.rma.receive', 'returns.rma.credit']) }
  await s.act(receive, id, {}, bob)
  expect(await s.refusal(s.act(credit, id))).toBe('RETURN_NOT_INSPECTED')
  await s.act(inspect, id, { lines: [{ line, restock: '4' }] })
  expect(await s.refusal(s.act(credit, id, {}, bob))).toBe('RECEIVER_CREDITS')
  const { result } = await s.act(credit, id)
  const [note] = (result as { creditNotes: [{ id: string; number: string }] }).creditNotes
  expect(note.number).toBe('CN-2026-000001')
  expect(await s.books(note.id, 'issued')).toBe('Dr2200 8 Dr4010 80 Cr1100 88')
})
