// Story: money on account finds its invoice.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { apply } from './apply.ts'
import { receive } from './receive.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('Applying moves no money: the books had it already', async () => {
  const { id } = await s.create(receive, { customer: 'C1', amount: '100' })
  const { invoice } = await s.invoiced('C1', '10')
  await s.act(apply, id, { apply: [{ invoice, amount: '60' }] })
  expect(await s.books(id, 'applied%')).toBe('')
  expect(await s.see('select trim_scale(open)::text from receivables.invoice where id = $1', invoice)).toBe('160')
  expect(await s.refusal(s.act(apply, id, { apply: [{ invoice, amount: '41' }] }))).toBe('MORE_THAN_RECEIVED')
  expect(await s.refusal(s.act(apply, id, { apply: [{ invoice, amount: '161' }] }))).toBe('PAYS_TOO_MUCH')
})
