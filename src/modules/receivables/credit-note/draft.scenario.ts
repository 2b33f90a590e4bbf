// Story: a credit note is prepared, and waits.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { draft } from './draft.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('A draft has no number and changes no books', async () => {
  const { invoice } = await s.invoiced('C1', '10')
  const { id } = await s.create(draft, { invoice })
  expect(
    await s.see('select state || coalesce(number, $2) from receivables.invoice where id = $1', id, ' without number'),
  ).toBe('draft without number')
  expect(await s.books(id)).toBe('')
  expect(await s.refusal(s.create(draft, { invoice: id }))).toBe('INVOICE_UNKNOWN')
})
