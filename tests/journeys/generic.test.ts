// What every screen can: signing in, lists, documents, verbs with their preview, the palette, forms, talk, by keyboard, in both themes.
import { afterAll, describe, expect, test } from 'vitest'
import { findingsOn, seriousFindings } from './axe.ts'
import { ON_A_BUSY_MACHINE, startProduct } from './product.ts'

const product = await startProduct()

afterAll(() => expect(product.complaints).toEqual([]))

/** The first order of a state, by number. */
const orderIn = async (state: string): Promise<string> => {
  const { page, go, context } = await product.person('ana')
  await go(`/sales/order?state=${state}`)
  const number = (await page.locator('[role=row][id] .code').first().textContent()) ?? ''
  await context.close()
  return number
}

describe('signing in', ON_A_BUSY_MACHINE, () => {
  test('a wrong password is answered with a sentence, the right one opens the home screen', async () => {
    const { page, context } = await product.stranger()
    await page.fill('[name=email]', 'ana@tradewright.example')
    await page.fill('[name=password]', 'not this one')
    await page.keyboard.press('Enter')
    await page.locator('[data-code=SIGN_IN_FAILED]').waitFor()
    await page.fill('[name=password]', product.password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Good day, Ana' }).waitFor()
    await context.close()
  })

  test('a session that ends in the middle of work takes nothing away: one signs in over the screen and goes on', async () => {
    const { page, go, context } = await product.person('ana')
    await go('/sales/order/new?verb=draft')
    await page.getByLabel('Reference').fill('typed before the end')
    await context.clearCookies()
    await page.getByRole('combobox', { name: 'Customer' }).fill('Eagle')
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor()
    await page.fill('dialog [name=password]', product.password)
    await page.keyboard.press('Enter')
    await page.locator('dialog').waitFor({ state: 'detached' })
    expect(await page.getByRole('combobox', { name: 'Customer' }).inputValue()).toBe('Eagle')
    expect(await page.getByLabel('Reference').inputValue()).toBe('typed before the end')
    await context.close()
  })
})

describe('a list', ON_A_BUSY_MACHINE, () => {
  test('is reached, moved through and opened by keyboard alone', async () => {
    const { page, context } = await product.person('ana')
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    await page.getByRole('grid', { name: 'Sales orders' }).focus()
    const second = (await page.locator('[role=row][aria-rowindex="3"] .code').first().textContent()) ?? ''
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: second }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('grid', { name: 'Sales orders' }).waitFor()
    await context.close()
  })

  test('is its address: filters, search and order stand in it, and a link to it shows the same', async () => {
    const { page, go, context } = await product.person('ana')
    await go('/sales/order')
    await page.getByRole('button', { name: 'On hold' }).click()
    await page.waitForURL(/state=on_hold/)
    await page.getByRole('button', { name: 'Number' }).click()
    await page.waitForURL(/sort=number/)
    const rows = page.locator('[role=row][id]')
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[role=row][id] [data-state]')].every(
        (one) => one.getAttribute('data-state') === 'on_hold',
      ),
    )
    const before = await rows.allTextContents()
    expect(before.length).toBeGreaterThan(1)
    await page.reload()
    await rows.first().waitFor()
    expect(await rows.allTextContents()).toEqual(before)
    await context.close()
  })

  test('exports what it shows, and keeps a view under a name', async () => {
    const { page, go, context } = await product.person('ana')
    await go('/sales/order?state=on_hold')
    await page.locator('[role=row][id]').first().waitFor()
    await page.getByRole('button', { name: 'Export' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'As CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('sales.order.csv')
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByLabel('Save this view as').fill('What stands still')
    await page.keyboard.press('Enter')
    await page.getByText('View saved.').waitFor()
    await go('/sales/order')
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('button', { name: 'What stands still', exact: true }).click()
    await page.waitForURL(/state=on_hold/)
    await context.close()
  })

  test('does a verb to a selection after one preview for all', async () => {
    const { page, go, context } = await product.person('carmen')
    await go('/sales/order?state=on_hold')
    await page.getByRole('grid').focus()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('2 selected').waitFor()
    await page.getByRole('toolbar').getByRole('button', { name: 'Recheck' }).click()
    await page.getByRole('dialog').locator('li').nth(1).waitFor()
    expect(await page.getByRole('dialog').locator('li').count()).toBe(2)
    await page.getByRole('button', { name: 'Not now' }).click()
    await context.close()
  })
})

describe('a document', ON_A_BUSY_MACHINE, () => {
  test('shows what a verb would do before it does it, and what was done afterwards, to others too', async () => {
    const number = await orderIn('draft')
    const ana = await product.person('ana')
    const ben = await product.person('ben')
    await ana.go(`/sales/order/${number}`)
    await ben.go(`/sales/order/${number}`)
    await ana.page.locator('[data-verb=confirm]').click()
    const panel = ana.page.getByRole('dialog', { name: 'Confirm' })
    await panel.locator('[data-state=draft]').waitFor()
    await panel.locator('[data-state=confirmed], [data-state=on_hold]').first().waitFor()
    expect(await ana.page.locator('h1 + [data-state=draft]').count()).toBe(1)
    await panel.getByRole('button', { name: 'Confirm' }).click()
    await ana.page.locator('h1 + [data-state=confirmed], h1 + [data-state=on_hold]').waitFor()
    await ben.page.getByText('Ana Delacroix changed this just now: Confirm.').waitFor()
    await ben.page.locator('h1 + [data-state=confirmed], h1 + [data-state=on_hold]').waitFor()
    await ana.context.close()
    await ben.context.close()
  })

  test('carries what people say about it', async () => {
    const number = await orderIn('confirmed')
    const { page, go, context } = await product.person('ana')
    await go(`/sales/order/${number}`)
    await page.getByLabel('Say something about it').fill('<img src=x onerror=alert(1)> customer called')
    await page.keyboard.press('Control+Enter')
    await page.getByText('<img src=x onerror=alert(1)> customer called').waitFor()
    await context.close()
  })
})

describe('the palette', ON_A_BUSY_MACHINE, () => {
  test('finds a customer whose name is misspelt, and opens it', async () => {
    const { page, context } = await product.person('ana')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('eagel pass')
    await page.getByRole('option', { name: /Eagle Pass Scaffolding/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /Eagle Pass Scaffolding/ }).waitFor()
    await context.close()
  })

  test('opens what was typed to the end, also when Enter is quicker than the answer', async () => {
    const { page, context } = await product.person('ana')
    await page.route('**/api/search?*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500))
      await route.continue()
    })
    await page.keyboard.press('Control+k')
    await page.keyboard.type('SO-2026-00001')
    const found = page.getByRole('option', { name: /^SO-2026-00001\d/ })
    await found.nth(1).waitFor()
    // Not the one that stands first for the beginning of its number.
    const number = /SO-2026-\d{6}/.exec((await found.nth(1).textContent()) ?? '')?.[0] ?? ''
    await page.keyboard.type(number.slice(-1))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: number }).waitFor()
    await context.close()
  })
})

describe('a new document', ON_A_BUSY_MACHINE, () => {
  test('takes rows from a spreadsheet, refuses at the field, shows what would come, and is created once', async () => {
    const { page, go, context } = await product.person('ana')
    await go('/sales/order/new?verb=draft')
    await page.getByRole('combobox', { name: 'Customer' }).fill('C00002')
    await page.getByRole('option', { name: /C00002/ }).click()
    await page.getByRole('combobox', { name: 'Warehouse' }).press('ArrowDown')
    await page.getByRole('option').first().click()
    await page.getByRole('combobox', { name: 'Item 1' }).focus()
    await page.evaluate((text) => {
      const data = new DataTransfer()
      data.setData('text/plain', text)
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    }, 'JAN-MFC-RD\t3\nNO-SUCH-ITEM\t1\n')
    await page.getByText('2 rows pasted.').waitFor()
    await page.locator('#main [role=alert]').first().waitFor()
    await page.getByRole('combobox', { name: 'Item 2' }).fill('JAN-MFC-YE')
    await page.getByRole('option', { name: /JAN-MFC-YE/ }).click()
    await page.locator('#main [data-state=draft]').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: /^SO-/ }).waitFor()
    expect(await page.getByRole('grid', { name: 'Lines' }).locator('[role=row][id]').count()).toBe(2)
    await context.close()
  })
})

describe('for everybody', ON_A_BUSY_MACHINE, () => {
  const SCREENS = [
    '/',
    '/sales/order',
    '/sales/order?group=customer',
    '/catalog/item',
    '/receivables/invoice',
    '/sales/order/new?verb=draft',
  ]
  test('axe finds nothing serious on the generic screens, light and dark', async () => {
    const ana = await product.person('ana', { theme: 'system' })
    expect(await findingsOn(ana, [...SCREENS, `/sales/order/${await orderIn('confirmed')}`])).toEqual([])
    await ana.context.close()
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`axe finds nothing serious in the palette and before signing in, ${theme}`, async () => {
      const { page, context } = await product.person('ana', { theme })
      const found: string[] = []
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Search and commands' }).waitFor()
      found.push(...(await seriousFindings(page)).map((one) => `palette ${one}`))
      await context.close()
      const { page: outside, context: before } = await product.stranger({ theme })
      found.push(...(await seriousFindings(outside)).map((one) => `sign-in ${one}`))
      await before.close()
      expect(found).toEqual([])
    })
  }
})

await import('./talk.scenario.ts')
