// Story: a prepared credit note is not needed after all.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { cancel } from './cancel.ts'
import { draft } from './draft.ts'
import { issue } from './issue.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('A draft is dropped and the next one takes the first number', async () => {
  const { invoice } = await s.invoiced('C1', '10')
  const dropped = await s.create(draft, { invoice })
  await s.act(cancel, dropped.id)
  const kept = await s.create(draft, { invoice })
  expect((await s.act(issue, kept.id)).result).toEqual({ numbers: ['CN-2026-000001'] })
  expect(await s.refusal(s.act(cancel, kept.id))).toBe('WRONG_STATE')
})
