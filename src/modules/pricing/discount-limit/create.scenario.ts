// Scenario: pricing says how far a role may go below the found price.
import { expect, it } from 'vitest'
import { transaction } from '#kernel/db'
import { discountLimit } from '#pricing'
import { openDesk } from '../../../../tests/modules/pricing/desk.ts'
import { ALPHA } from '../../../../tests/support/world.ts'
import pricing from '../module.ts'

const desk = await openDesk(pricing)
const limitOf = async (...roles: string[]) => {
  const row = await transaction(desk.kernel.pool, { companies: [ALPHA] }, (tx) => tx.first(discountLimit(ALPHA, roles)))
  return row?.percent
}

it('PRC-06: the highest limit among the roles of a person counts, and nobody has one by default', async () => {
  await desk.create('pricing.discount-limit.create', [
    { role: 'order-desk-clerk', percent: '5' },
    { role: 'sales-manager', percent: '7.5' },
  ])
  expect([
    await limitOf('order-desk-clerk'),
    await limitOf('order-desk-clerk', 'sales-manager'),
    await limitOf('picker'),
    await limitOf(),
  ]).toEqual(['5', '7.5', '0', '0'])
  await expect(
    desk.create('pricing.discount-limit.create', [{ role: 'sales-manager', percent: '9' }]),
  ).rejects.toMatchObject({ code: 'DISCOUNT_LIMIT_EXISTS' })
  await expect(
    desk.create('pricing.discount-limit.create', [{ role: 'picker', percent: '101' }]),
  ).rejects.toMatchObject({ code: 'CONDITION_AMOUNT' })
})
