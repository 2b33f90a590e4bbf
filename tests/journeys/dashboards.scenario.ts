// Figures and consistency in front of people: a tile to its records, its definition by keyboard, a check that outlives a reload.
import { afterAll, describe, expect, test } from 'vitest'
import { findingsOn } from './axe.ts'
import { ON_A_BUSY_MACHINE, startProduct } from './product.ts'

const product = await startProduct()

afterAll(() => expect(product.complaints).toEqual([]))

describe('dashboards', ON_A_BUSY_MACHINE, () => {
  test('a sales manager goes from a tile to its trend, its records and the order behind one', async () => {
    const { page, go, context } = await product.person('carmen')
    await go('/dashboards/sales')
    await page.locator('[data-kpi=otif] [data-standing]').waitFor()
    await page.getByRole('link', { name: 'On time, in full, to the first promise' }).click()
    await page.getByRole('heading', { level: 1, name: 'On time, in full, to the first promise' }).waitFor()
    await page.getByText('As a table').click()
    await page.getByRole('columnheader', { name: 'Week' }).waitFor()
    const number = (await page.locator('[role=row][id] .code').first().textContent()) ?? ''
    await page.getByRole('grid', { name: 'What counts against it' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/sales\/order/)
    await page.getByRole('heading', { level: 1, name: number }).waitFor()
    await context.close()
  })

  test('a definition opens by keyboard, and what somebody may not see is no tile of his', async () => {
    const { page, go, context } = await product.person('hugo')
    await go('/dashboards/finance')
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await page.locator('[data-kpi=dso]').count()).toBe(0)
    await go('/dashboards/warehouse')
    const how = page.getByRole('button', { name: 'How Line fill rate is reckoned' })
    await how.waitFor()
    await page.getByRole('link', { name: 'Line fill rate' }).focus()
    await page.keyboard.press('Tab')
    expect(await page.getByRole('tooltip').filter({ hasText: 'first attempt satisfied whole' }).isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    expect(await page.getByRole('tooltip').filter({ hasText: 'first attempt satisfied whole' }).isVisible()).toBe(false)
    await context.close()
  })

  test('axe finds nothing serious, light and dark, in German', async () => {
    const leo = await product.person('leo', { theme: 'system', language: 'de' })
    const boards = ['sales', 'warehouse', 'finance', 'figure/overdue'].map((one) => `/dashboards/${one}`)
    expect(await findingsOn(leo, [...boards, '/consistency'])).toEqual([])
    await leo.context.close()
  })
})

describe('consistency', ON_A_BUSY_MACHINE, () => {
  test('a controller has the books proved, reloads meanwhile, and reads that they hold', async () => {
    const { page, go, context } = await product.person('leo')
    await go('/consistency')
    await page.getByRole('button', { name: 'Prove the books now' }).click()
    await page.getByRole('progressbar').or(page.getByText('Everything holds').first()).first().waitFor()
    await page.reload()
    await page.getByText('Everything holds').first().waitFor({ timeout: 90_000 })
    expect(await page.locator('[data-rule]').count()).toBeGreaterThan(50)
    await page.getByText('found again from the sealed rows').waitFor()
    await context.close()
  })

  test('whoever only reads sees the same without the button', async () => {
    const { page, go, context } = await product.person('olga')
    await go('/consistency')
    await page.getByText('Everything holds').first().waitFor()
    expect(await page.getByRole('button', { name: 'Prove the books now' }).count()).toBe(0)
    await context.close()
  })
})
