// Scenario: a class brings its days, its most and its next review.
import { expect, it } from 'vitest'
import { openDepartment } from '../../../../tests/modules/credit/officer.ts'
import { ALPHA } from '../../../../tests/support/world.ts'

const credits = await openDepartment()
const { C1, C2 } = credits.shop.customers

it('CRD-01: without classes of the company any class will do', async () => {
  await credits.work('credit.account.change-class', [C2], { riskClass: 'B', maxOverdueDays: 12 })
  expect(await credits.account('C2')).toMatchObject({ risk_class: 'B', max_overdue_days: 12, review_on: null })
})

it('CRD-01: takes days and review from the class, and refuses a class that is unknown or too small for the limit', async () => {
  const classes = {
    standard: { limit_max: '75000', overdue_hold_days: 15, review_days: 180 },
    watch: { limit_max: '500', overdue_hold_days: 5, review_days: 90 },
  }
  await credits.admin.query('update company.company set settings = $2 where id = $1', [
    ALPHA,
    { credit_risk_classes: classes },
  ])
  await credits.work('credit.account.change-class', [C1], { riskClass: 'standard' })
  expect(await credits.account('C1')).toMatchObject({
    risk_class: 'standard',
    max_overdue_days: 15,
    review_on: '2026-08-29',
  })
  await credits.work('credit.account.change-limit', [C1], { limit: '900' })
  await expect(credits.work('credit.account.change-class', [C1], { riskClass: 'watch' })).rejects.toMatchObject({
    code: 'CREDIT_LIMIT_CLASS',
    detail: { limit: '900', most: '500' },
  })
  await expect(credits.work('credit.account.change-class', [C1], { riskClass: 'gold' })).rejects.toMatchObject({
    code: 'CREDIT_CLASS_UNKNOWN',
    detail: { classes: 'standard, watch' },
  })
})
