// Story: the auditor finds something, and there is no other way.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { person } from '../../../../tests/support/world.ts'
import { lock } from './lock.ts'
import { unlock } from './unlock.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('Unlocking needs a permission of its own and a reason, and both are kept', async () => {
  const april = String(await s.see(`select id from ledger.period where company_id = 1 and code = '2026-04'`))
  await s.act(lock, april)
  expect(await s.refusal(s.act(unlock, april, {}, { principal: person('locker', ['ledger.period.lock']) }))).toBe(
    'NOT_ALLOWED',
  )
  expect(await s.refusal(s.act(unlock, april, {}, { reason: ' ' }))).toBe('REASON_NEEDED')
  await s.act(unlock, april, {}, { reason: 'audit finding 7' })
  expect(
    await s.see(
      `select payload::jsonb ->> 'reason' from kernel.audit where document_id = $1 and verb = 'unlock'`,
      april,
    ),
  ).toBe('audit finding 7')
})
