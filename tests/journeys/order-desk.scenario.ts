// An order is taken at the desk by keyboard alone: quickly, with what is to come in view, and with nothing lost on the way.
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { findingsHere } from './axe.ts'
import { choose, line, quantityOf, row, settled } from './desk.ts'
import { measureKeys } from './order-desk-latency.ts'
import { ON_A_BUSY_MACHINE, startProduct } from './product.ts'

const product = await startProduct()

/** A customer with credit, and one whose limit is 2,500. */
const GOOD = 'C00002'
const SMALL = 'C00031'

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  }, text)
}

/** Codes of items that are sold, as the list has them. */
async function codes(page: Page, most: number): Promise<readonly string[]> {
  const answer = await page.request.get(`${product.url}/api/catalog/item?company=ALPHA&limit=200&filter[state]=active`)
  const { items } = (await answer.json()) as { items: readonly { code: string }[] }
  return items.slice(0, most).map((one) => one.code)
}

describe('taking an order', ON_A_BUSY_MACHINE, () => {
  test('tells whoever types a wrong name, a wrong number or no quantity so at once', async () => {
    const { page, context } = await product.person('ana')
    await page.goto('/desk')
    await page.locator('#desk-customer:focus').waitFor()
    await page.keyboard.type('nobody at all')
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'Nothing fits “nobody at all”' }).waitFor()
    await page.locator('#desk-customer').fill('')
    await choose(page, 'eagle pass', new RegExp(GOOD))
    await page.keyboard.type('NOPE-XX')
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'Nothing fits “NOPE-XX”' }).waitFor()
    await page.keyboard.press('Control+A')
    await line(page, 1, 'PPE-GCF-08', '-3')
    const wrong = page.locator('[data-code=QUANTITY_NOT_POSITIVE]')
    await wrong.waitFor()
    expect(await quantityOf(page, 1).getAttribute('aria-invalid')).toBe('true')
    await quantityOf(page, 1).fill('3')
    await wrong.waitFor({ state: 'detached' })
    await context.close()
  })

  test('goes from the first letter of the customer to a confirmed order by keyboard alone', async () => {
    const { page, context } = await product.person('ana')
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await page.locator('#desk-customer:focus').waitFor()
    await choose(page, 'eagle pass', new RegExp(GOOD))
    await line(page, 1, 'PPE-GCF-08', '2')
    await settled(page, 1)
    expect(await row(page, 1).textContent()).toMatch(/free/)
    await page.keyboard.press('Enter')
    await line(page, 2, 'PPE-GCF-09', '3')
    await settled(page, 2)
    // The first press shows what would happen and changes nothing of the order's state; the second does it.
    await page.keyboard.press('Control+Enter')
    const trial = page.getByRole('region', { name: 'What will happen' })
    await trial.waitFor()
    expect(await trial.textContent()).toMatch(/Confirmed[\s\S]*Reserved\s*2 of 2 lines in full[\s\S]*Exposure/)
    await page.keyboard.press('Control+Enter')
    const taken = page.getByRole('region', { name: 'Taken' })
    await taken.locator('[data-state=confirmed]').waitFor()
    // The next order begins with its first letter.
    await page.locator('#desk-customer:focus').waitFor()
    expect(await page.locator('#desk-customer').inputValue()).toBe('')
    const number = (await taken.getByRole('link').first().textContent()) ?? ''
    const answer = await page.request.get(`${product.url}/api/sales/order/${number}?company=ALPHA`)
    const order = (await answer.json()) as { state: string; lines: readonly { quantity: string }[] }
    expect([order.state, order.lines.map((one) => one.quantity)]).toEqual(['confirmed', ['2', '3']])
    await context.close()
  })

  test('shows the credit hold before it happens, who decides, and takes the order on hold when one goes on (ORD-04)', async () => {
    const { page, go, context } = await product.person('ana')
    await go('/desk')
    await choose(page, SMALL, new RegExp(SMALL))
    await line(page, 1, 'PPE-GCF-08', '90')
    const holds = page.getByRole('list', { name: 'Holds' })
    await holds.waitFor()
    expect(await holds.textContent()).toMatch(/Credit[\s\S]*Over the credit limit[\s\S]*Credit officer decides/)
    await page.keyboard.press('Control+Enter')
    const trial = page.getByRole('region', { name: 'What will happen' })
    await trial.locator('[data-state=on_hold]').waitFor()
    expect(await trial.textContent()).toContain('nothing while it is held')
    await page.getByRole('button', { name: /Confirm, to be released/ }).waitFor()
    await page.keyboard.press('Control+Enter')
    const taken = page.getByRole('region', { name: 'Taken' })
    await taken.locator('[data-state=on_hold]').waitFor()
    await taken.getByText('Over the credit limit').waitFor()
    await context.close()
  })

  test('says at the line what cannot be, and asks the reason for a price by hand', async () => {
    const { page, go, context } = await product.person('ana')
    await go('/desk')
    await choose(page, GOOD, new RegExp(GOOD))
    await page.getByRole('combobox', { name: 'Item, line 1', exact: true }).and(page.locator(':focus')).waitFor()
    await page.keyboard.type('NO-SUCH-ITEM')
    await page.keyboard.press('Tab')
    await page.locator('[data-code=ITEM_UNKNOWN]').waitFor()
    await page.keyboard.press('Shift+Tab')
    await choose(page, 'PPE-GCF-08', /PPE-GCF-08/)
    await page.keyboard.type('1.5')
    await page.locator('[data-code=QUANTITY_NOT_WHOLE]').waitFor()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('4')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    // The price has the focus, and its waterfall is there with it.
    expect(await page.getByRole('tooltip').textContent()).toMatch(/List/)
    await page.keyboard.type('1')
    await page.getByText('Beyond your 5 %').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Line 1: a price given by hand needs a reason.').waitFor()
    await page.locator('[data-field=reason]:focus').waitFor()
    await page.keyboard.type('Agreed on the telephone')
    await page.getByRole('list', { name: 'Holds' }).getByText('Sales manager decides').first().waitFor()
    await context.close()
  })

  test('loses nothing by a reload in the middle of typing', async () => {
    const { page, go, context } = await product.person('ana')
    await go('/desk')
    await choose(page, GOOD, new RegExp(GOOD))
    await line(page, 1, 'PPE-GCF-08', '7')
    await page.getByLabel('Their order number').fill('PO-4711')
    page.on('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await page.locator('#main h1').first().waitFor()
    expect(await page.locator('#desk-customer').inputValue()).toContain(GOOD)
    expect(await page.getByLabel('Their order number').inputValue()).toBe('PO-4711')
    expect(await quantityOf(page, 1).inputValue()).toBe('7')
    await settled(page, 1)
    await context.close()
  })

  test('goes on after the session ended, with all that was typed, and makes the order once', async () => {
    const { page, go, context } = await product.person('ana')
    await go('/desk')
    await choose(page, GOOD, new RegExp(GOOD))
    await line(page, 1, 'PPE-GCF-10', '2')
    await settled(page, 1)
    await context.clearCookies()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor()
    await page.fill('dialog [name=password]', product.password)
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'What will happen' }).waitFor()
    expect(await quantityOf(page, 1).inputValue()).toBe('2')
    await context.close()
  })
})

describe('lines from a spreadsheet', ON_A_BUSY_MACHINE, () => {
  test('200 rows are pasted, all are answered, and only those in sight are drawn', async () => {
    const { page, go, context } = await product.person('ana')
    await go('/desk')
    await choose(page, GOOD, new RegExp(GOOD))
    await page.getByRole('combobox', { name: 'Item, line 1', exact: true }).and(page.locator(':focus')).waitFor()
    const some = await codes(page, 200)
    await paste(page, `Item\tQuantity\n${some.map((code, at) => `${code}\t${1 + (at % 5)}`).join('\n')}\n`)
    await page.getByText(`${some.length} rows pasted.`).waitFor()
    await page.getByText(`${some.length} lines`, { exact: true }).waitFor()
    // Wherever one looks, the line has its answer; what is out of sight is not in the page.
    const grid = page.getByRole('region', { name: 'Lines of the order' })
    expect(await grid.locator('[data-row]').count()).toBeLessThan(60)
    await page.getByRole('combobox', { name: 'Item, line 1', exact: true }).focus()
    await page.waitForFunction(() => /\$[\d,]+\.\d\d/.test(document.querySelector('footer')?.textContent ?? ''))
    await grid
      .locator('[data-row]')
      .first()
      .evaluate((one) => one.parentElement?.parentElement?.scrollTo(0, 1e6))
    await row(page, some.length).locator('[data-fresh=true]').waitFor()
    expect(await row(page, some.length).textContent()).toMatch(/free/)
    await context.close()
  })
})

describe('for everybody', ON_A_BUSY_MACHINE, () => {
  test('axe finds nothing serious at the desk, light and dark: empty, with a shortage, before confirming', async () => {
    const ana = await product.person('ana', { theme: 'system' })
    const { page, go, context } = ana
    await go('/desk')
    const found = [...(await findingsHere(ana))]
    await choose(page, SMALL, new RegExp(SMALL))
    await line(page, 1, 'PWT-DRL18', '400')
    await page.getByText('short', { exact: false }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type('glov')
    await page.locator('li[role=option]').first().waitFor()
    found.push(...(await findingsHere(ana)))
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: 'Item, line 2', exact: true }).fill('')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('region', { name: 'What will happen' }).waitFor()
    found.push(...(await findingsHere(ana)))
    expect(found).toEqual([])
    await context.close()
  })

  test('a key is answered while one types (the figure is printed)', async () => {
    const { page, go, context } = await product.person('ana')
    await go('/desk')
    await choose(page, GOOD, new RegExp(GOOD))
    await line(page, 1, 'PPE-GCF-08', '1')
    const { p50, p95, times } = await measureKeys(page, 48)
    console.log(
      `order desk, key to availability: p50 ${Math.ceil(p50)} ms, p95 ${Math.ceil(p95)} ms (${times.length} keys)`,
    )
    // How quickly is measured by itself; here every key has an answer.
    expect(times.length).toBeGreaterThanOrEqual(44)
    await context.close()
  })

  test('nothing on the way broke a script or the content policy', () => {
    expect(product.complaints).toEqual([])
  })
})
