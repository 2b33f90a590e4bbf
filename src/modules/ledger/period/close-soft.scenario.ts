// Story: the month is over for everybody but finance.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { person } from '../../../../tests/support/world.ts'
import { post } from '../entry/post.ts'
import { closeSoft } from './close-soft.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('After the soft close a clerk is refused and finance is not', async () => {
  const april = String(await s.see(`select id from ledger.period where company_id = 1 and code = '2026-04'`))
  await s.act(closeSoft, april)
  const rent = {
    date: '2026-04-30',
    description: 'rent',
    lines: [
      { account: '6000', debit: '5' },
      { account: '1300', credit: '5' },
    ],
  }
  expect(await s.refusal(s.create(post, rent, { principal: person('clerk', ['ledger.entry.post']) }))).toBe(
    'PERIOD_LOCKED',
  )
  await s.create(post, rent, { principal: person('controller', ['ledger.entry.post', 'ledger.period.post-soft']) })
})
