// Story: an account is called what people call it.
import { beforeAll, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { change } from './change.ts'

let s: Story
beforeAll(async () => {
  s = await story()
})

test('An account changes its name and keeps its type', async () => {
  const id = String(await s.see(`select id from ledger.account where company_id = 1 and code = '6000'`))
  await s.act(change, id, { name: 'Rent of halls' })
  expect(await s.see(`select name || ' ' || type || ' ' || version from ledger.account where id = $1`, id)).toBe(
    'Rent of halls expense 2',
  )
})
