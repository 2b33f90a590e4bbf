// Story: the fee is lowered.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { change } from './change.ts'
import { create } from './create.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('What is not given stays', async () => {
  const { id } = await s.create(create, {
    code: 'NOT-NEEDED',
    name: 'No longer needed',
    windowDays: 14,
    restockingPercent: '20',
  })
  await s.act(change, id, { restockingPercent: '15' })
  expect(
    await s.see('select window_days || $2 || restocking_percent from returns.reason where id = $1', id, ' days, '),
  ).toBe('14 days, 15')
})
