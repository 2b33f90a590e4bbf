// Story: why goods may come back.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { create } from './create.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('A reason says until when and at what fee', async () => {
  const { id } = await s.create(create, {
    code: 'NOT-NEEDED',
    name: 'No longer needed',
    windowDays: 14,
    restockingPercent: '20',
  })
  expect(
    await s.see('select window_days || $2 || restocking_percent from returns.reason where id = $1', id, ' days, '),
  ).toBe('14 days, 20')
  expect(await s.refusal(s.create(create, { code: 'NOT-NEEDED', name: 'Again' }))).toBe('CODE_TAKEN')
})
