// Story: an entry was wrong; it stays, and another takes it back.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { post } from './post.ts'
import { reverse } from './reverse.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('The reversal has the sides exchanged, its own date and the reason', async () => {
  const { id } = await s.create(post, {
    description: 'rent',
    lines: [
      { account: '6000', debit: '10' },
      { account: '1300', credit: '10' },
    ],
  })
  const reversal = await s.create(reverse, { entry: id, date: '2026-04-01' }, { reason: 'paid twice' })
  expect(await s.books(id, 'reversed')).toBe('Dr1300 10 Cr6000 10')
  expect(
    await s.see('select posting_date || $2 || description from ledger.entry where id = $1', reversal.id, ' '),
  ).toBe('2026-04-01 paid twice')
  expect(await s.refusal(s.create(reverse, { entry: id }))).toBe('ENTRY_REVERSED')
  const { invoice } = await s.invoiced('C1', '1')
  const issued = String(await s.see('select id from ledger.entry where source_id = $1', invoice))
  expect(await s.refusal(s.create(reverse, { entry: issued }))).toBe('ENTRY_OF_DOCUMENT')
})
