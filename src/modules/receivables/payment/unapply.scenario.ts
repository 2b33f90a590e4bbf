// Story: money was put on the wrong invoice.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { receive } from './receive.ts'
import { unapply } from './unapply.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('Only the chosen application is undone', async () => {
  const [one, two] = [await s.invoiced('C1', '5'), await s.invoiced('C1', '5')]
  const { id } = await s.create(receive, {
    customer: 'C1',
    amount: '220',
    apply: [{ invoice: one.invoice }, { invoice: two.invoice }],
  })
  const application = await s.see('select id from receivables.application where invoice_id = $1', one.invoice)
  await s.act(unapply, id, { applications: [application] })
  expect(await s.see('select trim_scale(open)::text from receivables.invoice where id = $1', one.invoice)).toBe('110')
  expect(await s.see('select trim_scale(open)::text from receivables.invoice where id = $1', two.invoice)).toBe('0')
  expect(await s.refusal(s.act(unapply, id, { applications: [application] }))).toBe('NOT_APPLIED')
})
