// Story: an accountant prepares an entry that somebody else has to read.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { draft } from './draft.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

const accrual = {
  date: '2026-03-31',
  description: 'audit fee',
  lines: [
    { account: '6000', debit: '900' },
    { account: '1300', credit: '900' },
  ],
}

test('The whole entry goes to the approver; without a rule there is nothing to ask', async () => {
  expect(await s.refusal(s.create(draft, accrual))).toBe('NO_APPROVAL_ASKED')
  await s.see(
    `insert into kernel.approval_rule (company_id, id, kind, role) values (1, gen_random_uuid(), 'journal', 'finance-controller')`,
  )
  const { id } = await s.create(draft, accrual)
  expect(
    await s.see(
      `select detail ->> 'description' || ' ' || amount || ' ' || state from kernel.approval where document_id = $1`,
      id,
    ),
  ).toBe('audit fee 900 pending')
  expect(
    await s.refusal(
      s.create(draft, {
        ...accrual,
        lines: [
          { account: '1100', debit: '1' },
          { account: '1300', credit: '1' },
        ],
      }),
    ),
  ).toBe('CONTROL_ACCOUNT')
})
