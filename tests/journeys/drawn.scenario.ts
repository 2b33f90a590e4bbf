// How values are drawn: a share of tax in percent, a price group by its name, lists that fit their room, and one calm sentence without the right.
import { expect, test } from 'vitest'
import { startProduct } from './product.ts'

const product = await startProduct()

test('prices of a group name it, and the list fits a small screen', async () => {
  const { page, go, context } = await product.person('dmitri', { width: 1024 })
  await go('/pricing/condition?kind=matrix')
  await page.getByText('Group Key').first().waitFor()
  const wide = await page
    .locator('#main *')
    .evaluateAll(
      (all) =>
        all.filter(
          (one) =>
            one.scrollWidth > one.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX),
        ).length,
    )
  expect(wide).toBe(0)
  await page.getByRole('columnheader', { name: /Price or percent/ }).waitFor()
  await context.close()
})

test('a tax rate is read in percent', async () => {
  const { page, go, context } = await product.person('leo')
  await go('/tax/rate')
  await page.getByText(/^10\s%$/).waitFor()
  await context.close()
})

test('who may not read balances is told so once, calmly, and is not led there', async () => {
  const { page, go, context } = await product.person('ana')
  const answer = await page.request.get('/api/party/customer?company=ALPHA&limit=1')
  const [customer] = (await answer.json()).items
  await go(`/finance/customer/${customer.id}`)
  await page.getByRole('heading', { name: 'Balances are not part of your role' }).waitFor()
  expect(await page.locator('[role=alert]').count()).toBe(0)
  expect(await page.locator('nav a[href^="/finance/receivables"]').count()).toBe(0)
  await page.locator('#main').getByRole('link', { name: 'Customer' }).click()
  await page.waitForURL(`**/party/customer/${customer.id}*`)
  await context.close()
})
