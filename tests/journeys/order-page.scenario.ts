// The page of an order says where it stands, what stops it and who moves, why each line is as it is, and lets one act.
import { describe, expect, test } from 'vitest'
import { findingsHere } from './axe.ts'
import { ask, ON_A_BUSY_MACHINE, type Person, startProduct } from './product.ts'

const product = await startProduct()

type Hold = { number: string; kind: string }
type Order = { number: string; id: string }

const asked = <T>(person: Person, path: string): Promise<readonly T[]> =>
  ask<T>(person, `${path}${path.includes('?') ? '&' : '?'}company=ALPHA`)

describe('an order on hold', ON_A_BUSY_MACHINE, () => {
  test('shows the clerk whose turn it is, and the credit officer releases it where it says so', async () => {
    const ana = await product.person('ana')
    const held = (await asked<Hold>(ana, '/api/sales/holds?kind=credit')).at(0)
    expect(held).toBeDefined()
    await ana.go(`/sales/order/${held?.number}`)
    const stop = ana.page.getByRole('region', { name: 'What stops it' })
    await stop.waitFor()
    expect(await stop.textContent()).toMatch(/On hold: Credit.*Over the credit limit.*Credit officer has to move/)
    expect(await stop.getByRole('button').count()).toBe(0)

    const erin = await product.person('erin')
    await erin.go(`/sales/order/${held?.number}`)
    await erin.page.getByRole('region', { name: 'What stops it' }).waitFor()
    await erin.page.keyboard.press('.')
    await erin.page.getByLabel('Reason').fill('Payment announced by telephone')
    const panel = erin.page.locator('[role=dialog]', { hasText: 'Release credit' })
    await panel.locator('[data-state=confirmed]').waitFor()
    await panel.getByRole('button', { name: /^Release credit/ }).click()
    await erin.page.locator('header [data-state=confirmed]').waitFor()
    // Both see it, and what stops it now is another thing or nothing.
    await ana.page.locator('header [data-state=confirmed]').waitFor()
    await ana.page.getByRole('heading', { name: 'On hold: Credit' }).waitFor({ state: 'detached' })
    await Promise.all([ana.context.close(), erin.context.close()])
  })
})

describe('an order on its way', ON_A_BUSY_MACHINE, () => {
  test('tells its chain with the documents, and why a line is as it is', async () => {
    const ana = await product.person('ana')
    const { page, go } = ana
    const invoices = await asked<{ order: string }>(ana, '/api/receivables/invoice?filter[kind]=invoice&limit=1')
    await go(`/sales/order/${invoices[0]?.order}`)
    const chain = page.getByRole('list', { name: 'The way of the order' })
    await chain.getByRole('link', { name: /^IN-/ }).first().waitFor()
    expect(await chain.textContent()).toMatch(/Ordered.*Reserved.*Shipped.*SH-.*Invoiced.*IN-.*Paid/)
    await page.getByRole('grid', { name: 'Lines' }).focus()
    await page.keyboard.press('Enter')
    const why = page.getByRole('region', { name: 'Line 1: why' })
    await why.getByText('Price per').waitFor()
    await page.keyboard.press('Escape')
    await why.waitFor({ state: 'detached' })
    await chain.getByRole('link', { name: /^SH-/ }).first().click()
    await page.getByRole('heading', { level: 1, name: /^SH-/ }).waitFor()
    await ana.context.close()
  })

  test('shows what a change of lines would do before it is done, and does it (ORD-09)', async () => {
    const ana = await product.person('ana')
    const { page, go } = ana
    const orders = await asked<Order>(ana, '/api/sales/order?filter[state]=confirmed&limit=1')
    await go(`/sales/order/${orders[0]?.number}`)
    await page.getByRole('button', { name: 'Change lines' }).click()
    const field = page.getByRole('textbox', { name: 'Quantity 1', exact: true })
    const before = Number((await field.getAttribute('placeholder'))?.replaceAll(',', ''))
    await field.fill(String(before + 1))
    await page.locator('s').first().waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('grid', { name: 'Lines' }).waitFor()
    const answer = await page.request.get(`${product.url}/api/sales/order/${orders[0]?.id}?company=ALPHA`)
    const changed = (await answer.json()) as { lines: readonly { quantity: string }[] }
    expect(changed.lines[0]?.quantity).toBe(String(before + 1))
    await ana.context.close()
  })

  test('a draft goes on at the order desk with all its lines', async () => {
    const ana = await product.person('ana')
    const { page, go } = ana
    const orders = await asked<Order>(ana, '/api/sales/order?filter[state]=draft&limit=1')
    await go(`/sales/order/${orders[0]?.number}`)
    await page.getByRole('button', { name: 'Go on at the order desk' }).click()
    await page.getByRole('heading', { level: 1, name: 'Order desk' }).waitFor()
    await page
      .getByText(orders[0]?.number ?? '', { exact: true })
      .first()
      .waitFor()
    await page.locator('[data-row="0"] [data-fresh=true]').waitFor()
    await ana.context.close()
  })
})

describe('for everybody', ON_A_BUSY_MACHINE, () => {
  test('axe finds nothing serious on the order page, light and dark, in every state', async () => {
    const ana = await product.person('ana', { theme: 'system' })
    const found: string[] = []
    for (const state of ['draft', 'quoted', 'on_hold', 'confirmed', 'closed']) {
      const [order] = await asked<Order>(ana, `/api/sales/order?filter[state]=${state}&limit=1`)
      await ana.go(`/sales/order/${order?.number}`)
      await ana.page.getByRole('list', { name: 'The way of the order' }).waitFor()
      found.push(...(await findingsHere(ana)).map((one) => `${state}: ${one}`))
    }
    expect(found).toEqual([])
    await ana.context.close()
  })

  test('nothing on the way broke a script or the content policy', () => {
    expect(product.complaints).toEqual([])
  })
})
