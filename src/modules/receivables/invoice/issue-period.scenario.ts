// Story: a customer wants one invoice for the month.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { issuePeriod } from './issue-period.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('Three deliveries are one invoice; asked again there is nothing', async () => {
  for (const quantity of ['1', '2', '3']) await s.shipped('C1', quantity)
  const { id } = await s.create(issuePeriod, { customer: s.shop.customers.C1, currency: 'USD', upTo: '2026-03-31' })
  expect(await s.see('select trim_scale(net)::text from receivables.invoice where id = $1', id)).toBe('120')
  expect(await s.refusal(s.create(issuePeriod, { customer: s.shop.customers.C1, currency: 'USD' }))).toBe(
    'NOTHING_TO_INVOICE_CUSTOMER',
  )
})
