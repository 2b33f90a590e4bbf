// Story: the next year is opened before anybody needs it.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { openYear } from './open-year.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('A year brings twelve open months, and cannot be opened twice', async () => {
  await s.create(openYear, { year: 2027 })
  expect(
    await s.see(`select count(*) from ledger.period where company_id = 1 and code like '2027-%' and state = 'open'`),
  ).toBe('12')
  expect(await s.refusal(s.create(openYear, { year: 2027 }))).toBe('PERIOD_EXISTS')
})
