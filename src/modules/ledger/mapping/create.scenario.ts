// Story: a module posts under a new name, and finance says where.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { create } from './create.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('A role is mapped to an open account, once', async () => {
  await s.create(create, { role: 'bank-fee', account: '6000' })
  expect(await s.see(`select account from ledger.mapping where company_id = 1 and role = 'bank-fee'`)).toBe('6000')
  expect(await s.refusal(s.create(create, { role: 'bank-fee', account: '6000' }))).toBe('CODE_TAKEN')
  expect(await s.refusal(s.create(create, { role: 'other', account: '0000' }))).toBe('ACCOUNT_UNKNOWN')
})
