// Story: the price was wrong, and a person chooses whether to bill again.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { credit } from './credit.ts'
import { issue } from './issue.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('A claim gives money; a credit to be billed again opens the quantity', async () => {
  const claimed = await s.invoiced('C1', '10')
  const line = await s.see('select id from receivables.invoice_line where invoice_id = $1', claimed.invoice)
  await s.act(credit, claimed.invoice, { lines: [{ line, price: '1' }] })
  expect(await s.refusal(s.create(issue, { order: claimed.order }))).toBe('NOTHING_TO_INVOICE')
  const wrong = await s.invoiced('C1', '5')
  await s.act(credit, wrong.invoice, { reinvoice: true })
  await s.create(issue, { order: wrong.order })
  expect(await s.refusal(s.act(credit, wrong.invoice, {}))).toBe('CREDIT_LINE_UNKNOWN')
  expect(await s.refusal(s.act(credit, claimed.invoice, { lines: [{ line, price: '20' }] }))).toBe('CREDIT_TOO_LARGE')
})
