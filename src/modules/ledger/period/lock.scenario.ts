// Story: the month is over for everybody.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { issue } from '../../receivables/invoice/issue.ts'
import { lock } from './lock.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('An invoice dated into a locked month is refused, and the goods stay shipped and unbilled', async () => {
  const order = await s.shipped('C1', '2')
  const march = String(await s.see(`select id from ledger.period where company_id = 1 and code = '2026-03'`))
  await s.act(lock, march)
  expect(await s.refusal(s.create(issue, { order }))).toBe('PERIOD_LOCKED')
  expect(
    await s.see(
      'select trim_scale(shipped) || $2 || trim_scale(invoiced) from sales.order_line where order_id = $1',
      order,
      ' / ',
    ),
  ).toBe('2 / 0')
  await s.create(issue, { order }, { today: '2026-04-01' })
})
