// Story: a prepared credit note is issued.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { draft } from './draft.ts'
import { issue } from './issue.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('It gets a number of its own series, is posted, and settles its invoice', async () => {
  const { invoice } = await s.invoiced('C1', '10')
  const { id } = await s.create(draft, { invoice })
  expect((await s.act(issue, id)).result).toEqual({ numbers: ['CN-2026-000001'] })
  expect(await s.books(id, 'issued')).toBe('Dr2200 20 Dr4000 200 Cr1100 220')
  expect(await s.see('select trim_scale(open)::text from receivables.invoice where id = $1', invoice)).toBe('0')
  expect(await s.refusal(s.act(issue, id))).toBe('WRONG_STATE')
})
