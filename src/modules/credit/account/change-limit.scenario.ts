// Scenario: limits change within the class, with consent where the matrix asks for it, at once or for a time.
import { expect, it } from 'vitest'
import { officer, openDepartment, seller } from '../../../../tests/modules/credit/officer.ts'
import { ALPHA, person } from '../../../../tests/support/world.ts'

const credits = await openDepartment()
const { C1, C2, C3 } = credits.shop.customers
const change = (id: string, input: object) => credits.work('credit.account.change-limit', [id], input)
type Standing = { limit_now: string; available: string }
const limitOn = async (today: string) =>
  (await credits.ask<Standing>('credit.exposure', { customer: 'C1' }, { today }))[0]?.limit_now

it('CRD-01: a small limit needs nobody, a large one the consent for exactly this change, and a consent is good once', async () => {
  await change(C1, { limit: '1000' })
  await expect(change(C1, { limit: '5000' })).rejects.toMatchObject({
    code: 'APPROVAL_NEEDED',
    detail: { kind: 'credit-limit', number: 'C1' },
  })
  await credits.work('credit.account.propose-limit', [C1], { limit: '5000' })
  await expect(change(C1, { limit: '5000' })).rejects.toMatchObject({ code: 'APPROVAL_NEEDED' })
  await credits.agree(C1)
  await expect(change(C1, { limit: '5001' })).rejects.toMatchObject({ code: 'APPROVAL_NEEDED' })
  await change(C1, { limit: '5000' })
  await change(C1, { limit: '100' })
  await expect(change(C1, { limit: '5000' })).rejects.toMatchObject({ code: 'APPROVAL_NEEDED' })
  expect(await limitOn('2026-03-02')).toBe('100')
})

it('CRD-01: a limit for a time counts in its days, and a new standing limit ends it', async () => {
  await change(C1, { limit: '900', from: '2026-03-10', until: '2026-03-20' })
  expect([await limitOn('2026-03-09'), await limitOn('2026-03-10'), await limitOn('2026-03-21')]).toEqual([
    '100',
    '900',
    '100',
  ])
  await change(C1, { limit: '150' })
  expect(await limitOn('2026-03-10')).toBe('150')
})

it('T-CRD-06, CRD-05: sales cannot change a limit, and nothing changes when it tries', async () => {
  await expect(
    credits.use('credit.account.change-limit', [C2], { limit: '1' }, { principal: seller, reason: 'my customer' }),
  ).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
    detail: { permission: 'credit.account.change-limit' },
  })
  expect((await credits.account('C2')).credit_limit).toBe('0')
})

it('refuses more than the class may have, and more than the grant of the person', async () => {
  await credits.admin.query(
    `update company.company set settings = '{"credit_risk_classes": {"watch": {"limit_max": "500"}}}' where id = $1`,
    [ALPHA],
  )
  await expect(change(C2, { limit: '500.01' })).rejects.toMatchObject({
    code: 'CREDIT_LIMIT_CLASS',
    detail: { account: 'C2', class: 'watch', most: '500' },
  })
  const junior = person('Jun', ['credit.account.change-limit'], { upTo: '300' })
  await expect(
    credits.use('credit.account.change-limit', [C2], { limit: '400' }, { principal: junior, reason: 'r' }),
  ).rejects.toMatchObject({ code: 'ABOVE_YOUR_LIMIT' })
  await credits.use('credit.account.change-limit', [C2, C3], { limit: '300' }, { principal: junior, reason: 'r' })
  expect((await credits.account('C3')).credit_limit).toBe('300')
})

it.each([
  ['CREDIT_LIMIT_DATES', { limit: '10', from: '2026-03-01' }],
  ['CREDIT_LIMIT_DATES', { limit: '10', from: '2026-04-02', until: '2026-04-01' }],
])('is refused with %s', async (code, input) => {
  await expect(change(C1, input)).rejects.toMatchObject({ code })
})

it('needs a reason', async () => {
  await expect(
    credits.use('credit.account.change-limit', [C1], { limit: '1' }, { principal: officer }),
  ).rejects.toMatchObject({ code: 'REASON_NEEDED' })
})
