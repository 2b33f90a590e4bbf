// Scenario: cover is bought, ends, and is seen when it does.
import { expect, it } from 'vitest'
import { openDepartment } from '../../../../tests/modules/credit/officer.ts'

const credits = await openDepartment()
const { C1 } = credits.shop.customers
type Row = { limit_now: string; held: boolean }
const standing = async (today = '2026-03-02') =>
  (await credits.ask<Row>('credit.exposure', { customer: 'C1' }, { today }))[0]

it('CRD-01: cover narrows an insured-only account, stops it when it ends, and goes when it is not given', async () => {
  await credits.work('credit.account.change-limit', [C1], { limit: '1000' })
  await credits.work('credit.account.change-cover', [C1], { upTo: '400', until: '2026-06-30', insuredOnly: true })
  expect(await standing()).toMatchObject({ limit_now: '400', held: false })
  expect(await standing('2026-07-01')).toMatchObject({ held: true })
  expect(await credits.ask('credit.at-risk', {}, { today: '2026-07-01' })).toMatchObject([
    { customer: 'C1', problems: ['cover ended'] },
  ])
  await expect(credits.work('credit.account.change-cover', [C1], { insuredOnly: true })).rejects.toMatchObject({
    code: 'CREDIT_COVER_MISSING',
  })
  await credits.work('credit.account.change-cover', [C1], {})
  expect(await standing('2026-07-01')).toMatchObject({ limit_now: '1000', held: false })
})
