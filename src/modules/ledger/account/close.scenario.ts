// Story: an account that nobody needs any more.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { close } from './close.ts'
import { create } from './create.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('An unused account closes; one that a role posts to does not, nor one with a balance', async () => {
  const { id } = await s.create(create, { code: '6900', name: 'Sundry', type: 'expense' })
  await s.act(close, id)
  expect(await s.see('select state from ledger.account where id = $1', id)).toBe('closed')
  const stock = String(await s.see(`select id from ledger.account where company_id = 1 and code = '1200'`))
  expect(await s.refusal(s.act(close, stock))).toBe('ACCOUNT_IN_USE')
  await s.see(`delete from ledger.mapping where company_id = 1 and account = '1200'`)
  expect(await s.refusal(s.act(close, stock))).toBe('ACCOUNT_HAS_BALANCE')
})
