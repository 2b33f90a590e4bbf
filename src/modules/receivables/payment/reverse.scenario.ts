// Story: the cheque comes back.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { receive } from './receive.ts'
import { reverse } from './reverse.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('The invoice is open again, the bank is right again, and the customer is held', async () => {
  const { invoice } = await s.invoiced('C1', '10')
  const { id } = await s.create(receive, { customer: 'C1', amount: '220', apply: [{ invoice }] })
  await s.act(reverse, id, {}, { reason: 'no funds' })
  expect(await s.books(id, 'reversed')).toBe('Dr1100 220 Cr1300 220')
  expect(await s.see('select trim_scale(open)::text from receivables.invoice where id = $1', invoice)).toBe('220')
  expect(
    await s.see(
      `select holds -> 'returned-payment' ->> 'reason' from credit.account where id = $1`,
      s.shop.customers.C1,
    ),
  ).toBe('no funds')
  expect(await s.refusal(s.act(reverse, id))).toBe('WRONG_STATE')
})
