// Story: finance adds an account of its own.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { create } from './create.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('An account is added once, and can be posted to at once', async () => {
  const { id } = await s.create(create, { code: '6900', name: 'Sundry', type: 'expense' })
  expect(await s.see('select control from ledger.account where id = $1', id)).toBe('none')
  // Under row-level security PostgreSQL says no value: the sentence names the field all the same.
  await expect(s.create(create, { code: '6900', name: 'Again', type: 'expense' })).rejects.toMatchObject({
    code: 'CODE_TAKEN',
    message: expect.stringContaining('There is another account with the same code already.'),
  })
})
