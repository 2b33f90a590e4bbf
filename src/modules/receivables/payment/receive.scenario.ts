// Story: money arrives.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { receive } from './receive.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('It settles the invoice it names, and the rest stays on account', async () => {
  const { invoice } = await s.invoiced('C1', '10')
  const { id } = await s.create(receive, { customer: 'C1', amount: '250', apply: [{ invoice }] })
  expect(await s.books(id)).toBe('Dr1300 250 Cr1100 250')
  expect(await s.see('select trim_scale(unapplied)::text from receivables.payment where id = $1', id)).toBe('30')
})

test.each([
  ['AMOUNT_NOT_POSITIVE', { amount: '0' }],
  ['AMOUNT_TOO_FINE', { amount: '0.001' }],
  ['UNKNOWN_CODE', { customer: 'NOBODY', amount: '1' }],
  ['UNKNOWN_CODE', { amount: '1', kind: 'deposit', order: '01890a5d-ac96-774b-bcce-b302099a8057' }],
])('%s', async (code, given) => {
  expect(await s.refusal(s.create(receive, { customer: 'C1', ...given }))).toBe(code)
})
