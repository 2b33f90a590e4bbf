// Story: a customer is credited for a service, without an invoice of ours to correct.
import { beforeAll, describe, expect, test } from 'vitest'
import { type Story, story } from '../../../../tests/modules/receivables/story.ts'
import { grant } from './grant.ts'

let s: Story
beforeAll(async () => {
  s = await story()
  const { admin } = s.shop
  for (const [code, taxClass] of [
    ['FEE', 'standard'],
    ['ODD', 'unknown'],
  ]) {
    await admin.query(
      `insert into catalog.item (id, code, name, kind, base_unit, sales_unit, tax_class, state, created_at, updated_at)
         values (gen_random_uuid(), $1, $1, 'service', 'EA', 'EA', $2, 'active', now(), now())`,
      [code, taxClass],
    )
  }
})

const of = (item: string, quantity: string) => ({
  customer: 'C1',
  reason: 'marketplace fee taken back',
  lines: [{ item, quantity, price: '12.345' }],
})

test('ACC-05 A fee is credited with its tax, is open to be applied, and lowers what the customer owes', async () => {
  const before = await s.see(`select unapplied from credit.account where code = 'C1'`)
  const { id } = await s.create(grant, of('FEE', '2'))
  expect(
    await s.see(
      `select concat_ws(' ', state, net, tax, total, open, corrects_id is null) from receivables.invoice where id = $1`,
      id,
    ),
  ).toBe('issued 24.69 2.47 27.16 27.16 t')
  expect(await s.see(`select unapplied - $1::numeric from credit.account where code = 'C1'`, before)).toBe('27.16')
  expect(await s.books(id)).toContain('Cr1100 27.16')
})

describe('What cannot be granted changes nothing', () => {
  test.each([
    ['P1', '1', 'GRANT_OF_GOODS'],
    ['FEE', '0', 'GRANT_NOTHING'],
    ['ODD', '1', 'GRANT_UNTAXED'],
    ['NONE', '1', 'ITEM_UNKNOWN'],
  ])('%s of %s: %s', async (item, quantity, code) => {
    const before = await s.see('select count(*) from receivables.invoice')
    expect(await s.refusal(s.create(grant, of(item, quantity)))).toBe(code)
    expect(await s.see('select count(*) from receivables.invoice')).toBe(before)
  })
})
