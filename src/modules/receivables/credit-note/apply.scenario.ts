// Story: what is left of a credit note pays another invoice.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { credit } from '../invoice/credit.ts'
import { receive } from '../payment/receive.ts'
import { apply } from './apply.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('A credit for a paid invoice is used on the next one, as far as it goes', async () => {
  const paid = await s.invoiced('C1', '5')
  await s.create(receive, { customer: 'C1', amount: '110', apply: [{ invoice: paid.invoice }] })
  const { result } = await s.act(credit, paid.invoice)
  const [note] = (result as { creditNotes: [string] }).creditNotes
  const next = await s.invoiced('C1', '10')
  await s.act(apply, note, { apply: [{ invoice: next.invoice }] })
  expect(await s.see('select trim_scale(open)::text from receivables.invoice where id = $1', next.invoice)).toBe('110')
  expect(await s.refusal(s.act(apply, note, { apply: [{ invoice: next.invoice }] }))).toBe('MORE_THAN_RECEIVED')
})
