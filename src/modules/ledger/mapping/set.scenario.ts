// Story: revenue goes to another account from today on.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { create as createAccount } from '../account/create.ts'
import { set } from './set.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('What is posted from now on goes to the other account; what was posted stays', async () => {
  await s.create(createAccount, { code: '4001', name: 'Revenue of the new line', type: 'revenue' })
  const role = String(await s.see(`select id from ledger.mapping where company_id = 1 and role = 'revenue'`))
  const before = await s.invoiced('C1', '1')
  await s.act(set, role, { account: '4001' })
  const after = await s.invoiced('C1', '1')
  expect(await s.books(before.invoice)).toContain('Cr4000 20')
  expect(await s.books(after.invoice)).toContain('Cr4001 20')
  expect(await s.refusal(s.act(set, role, { account: '0000' }))).toBe('ACCOUNT_UNKNOWN')
})
