// Story: rent is posted by hand.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { post } from './post.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('An entry that balances is posted', async () => {
  const { id } = await s.create(post, {
    description: 'rent',
    lines: [
      { account: '6000', debit: '10' },
      { account: '1300', credit: '10' },
    ],
  })
  expect(await s.books(id)).toBe('Dr6000 10 Cr1300 10')
})

test.each([
  ['ENTRY_UNBALANCED', '6000', '10', '9'],
  ['CONTROL_ACCOUNT', '1200', '10', '10'],
  ['ACCOUNT_UNKNOWN', '0000', '10', '10'],
  ['ENTRY_ONE_SIDE', '6000', '0', '0'],
])('%s when %s is debited %s and the bank credited %s', async (code, account, debit, credit) => {
  expect(
    await s.refusal(
      s.create(post, {
        description: 'rent',
        lines: [
          { account, debit },
          { account: '1300', credit },
        ],
      }),
    ),
  ).toBe(code)
})
