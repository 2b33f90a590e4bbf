// Story: goods have left, and the invoice follows.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { issue } from './issue.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('What was shipped is billed once, with revenue and cost on the same day', async () => {
  const order = await s.shipped('C1', '10')
  const { id, result } = await s.create(issue, { order })
  expect(result).toEqual({ numbers: ['INV-2026-000001'] })
  expect(await s.books(id)).toBe('Dr1100 220 Dr5000 100 Cr1160 100 Cr2200 20 Cr4000 200')
  expect(await s.see('select due_on::text from receivables.invoice where id = $1', id)).toBe('2026-04-01')
  expect(await s.refusal(s.create(issue, { order }))).toBe('NOTHING_TO_INVOICE')
  expect(await s.refusal(s.create(issue, { order, lines: [{ line: await s.orderLine(order), quantity: '1' }] }))).toBe(
    'INVOICE_MORE_THAN_SHIPPED',
  )
})
