// Story: a credit note was used on the wrong invoice.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { credit } from '../invoice/credit.ts'
import { unapply } from './unapply.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('Undone, both are open again', async () => {
  const { invoice } = await s.invoiced('C1', '5')
  const { result } = await s.act(credit, invoice)
  const [note] = (result as { creditNotes: [string] }).creditNotes
  const application = await s.see('select id from receivables.application where credit_id = $1', note)
  await s.act(unapply, note, { applications: [application] })
  expect(
    await s.see(
      'select string_agg(trim_scale(open)::text, $3) from receivables.invoice where id in ($1, $2)',
      invoice,
      note,
      ' and ',
    ),
  ).toBe('110 and 110')
  expect(await s.refusal(s.act(unapply, note, { applications: [application] }))).toBe('NOT_APPLIED')
})
