// Work queues and stock as people use them all day: deciding by keyboard with a preview, and what can be promised of an item.
import { afterAll, describe, expect, test } from 'vitest'
import { findingsOn } from './axe.ts'
import { ask as answers, ON_A_BUSY_MACHINE, type Person, startProduct } from './product.ts'

const product = await startProduct()

afterAll(() => expect(product.complaints).toEqual([]))

const ask = (person: Person, path: string): Promise<readonly Record<string, unknown>[]> =>
  answers<Record<string, unknown>>(person, path)

const chosen = (person: Person) => person.page.locator('[role=option][aria-selected=true]')

describe('approvals', ON_A_BUSY_MACHINE, () => {
  test('a price is agreed to by keyboard, after seeing what it leaves of the margin and what would happen', async () => {
    const carmen = await product.person('carmen')
    const { page } = carmen
    await page.keyboard.press('g')
    await page.keyboard.press('q')
    await page.getByRole('heading', { level: 1, name: 'What waits' }).waitFor()
    await page.keyboard.press('2')
    await page.getByRole('listbox', { name: 'Approvals' }).waitFor()
    const before = await ask(carmen, '/api/approvals?company=ALPHA')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    const asked = before[0]
    expect(asked?.kind).toBe('price-override')
    const detail = page.getByRole('region', { name: 'What was chosen' })
    await detail.getByText(/38.5 %/).waitFor()
    expect(await detail.textContent()).toContain('45.9 %')
    expect(await detail.textContent()).toContain('Ana Delacroix')
    await page.keyboard.press('a')
    await page.getByRole('textbox', { name: 'Reason' }).fill('We keep this customer')
    const panel = page.locator('form', { has: page.getByText('What will happen') })
    await panel.locator('[data-state=confirmed]').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Release price: done.').waitFor()
    const after = await ask(carmen, '/api/approvals?company=ALPHA')
    expect(after.map((one) => one.id)).not.toContain(asked?.id)
    const holds = await ask(carmen, '/api/sales/holds?company=ALPHA&kind=price')
    expect(holds.map((one) => one.order_id)).not.toContain(asked?.documentId)
    await carmen.context.close()
  })

  test('an entry by hand is refused with a reason, which stays', async () => {
    const leo = await product.person('leo')
    const { page, go } = leo
    await go('/work?queue=approvals')
    await page.getByRole('listbox', { name: 'Approvals' }).waitFor()
    const detail = page.getByRole('region', { name: 'What was chosen' })
    await detail.getByText('4,200.00').first().waitFor()
    await page.keyboard.press('r')
    await page.getByRole('textbox', { name: 'Reason' }).fill('The rent is booked by the purchase already')
    await page.getByText('It would be refused. Kira Anand sees your reason.').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Refuse: done.').waitFor()
    expect((await ask(leo, '/api/approvals?company=ALPHA')).filter((one) => one.kind === 'journal')).toEqual([])
    await leo.context.close()
  })
})

describe('credit holds', ON_A_BUSY_MACHINE, () => {
  test('an order is let go after its exposure was read line by line and the release was previewed', async () => {
    const erin = await product.person('erin')
    const { page, go } = erin
    await go('/work?queue=credit')
    await page.getByRole('listbox', { name: 'Credit holds' }).waitFor()
    const [hold] = await ask(erin, '/api/sales/holds?company=ALPHA&kind=credit')
    expect(await chosen(erin).textContent()).toContain(String(hold?.customer_name))
    const detail = page.getByRole('region', { name: 'What was chosen' })
    await detail.getByRole('row', { name: /Credit limit \$5,000.00/ }).waitFor()
    expect(await detail.getByRole('row', { name: /This order/ }).textContent()).toContain('$6,881.64')
    expect(await detail.getByRole('row', { name: /Over the limit/ }).textContent()).toContain('$1,881.64')
    await page.keyboard.press('a')
    await page.getByRole('textbox', { name: 'Reason' }).fill('Paid by wire this morning, seen at the bank')
    const panel = page.locator('form', { has: page.getByText('What will happen') })
    await panel.locator('[data-state=confirmed]').waitFor()
    await panel.locator('button[type=submit]').click()
    await page.getByText(/: done\./).waitFor()
    expect((await ask(erin, '/api/sales/holds?company=ALPHA&kind=credit')).map((one) => one.id)).not.toContain(hold?.id)
    await erin.context.close()
  })
})

describe('backorders and stock', ON_A_BUSY_MACHINE, () => {
  test('a clerk sees who waits for an item, that a try would serve nobody, and goes on to the item', async () => {
    const ana = await product.person('ana')
    const { page, go } = ana
    await go('/work?queue=backorders')
    const [short] = await ask(ana, '/api/warehouse/backorders?company=ALPHA')
    expect(await chosen(ana).textContent()).toContain(String(short?.item))
    await page.getByText(/nobody would get any/).waitFor()
    expect(await page.getByRole('region', { name: 'What was chosen' }).locator('tbody tr').count()).toBe(
      Number(short?.lines),
    )
    await page
      .getByRole('region', { name: 'What was chosen' })
      .getByRole('link', { name: String(short?.item) })
      .click()
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${short?.item} `) }).waitFor()
    await ana.context.close()
  })

  test('what can be promised of an item is what its curve and the table below it say, day by day', async () => {
    const iris = await product.person('iris')
    const { page } = iris
    await page.keyboard.press('g')
    await page.keyboard.press('v')
    await page.getByRole('grid', { name: 'Stock' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('ABR-FLP-115-060')
    await page.waitForURL(/q=ABR-FLP-115-060/)
    const grid = page.getByRole('grid', { name: 'Stock' })
    await page.waitForFunction(() => document.querySelectorAll('[role=row][id]').length === 1)
    await grid.focus()
    await page.keyboard.press('Enter')
    const curve = await ask(iris, '/api/warehouse/item-curve?company=ALPHA&item=ABR-FLP-115-060')
    const first = curve.find((one) => one.warehouse === 'W1')
    expect([first?.free, first?.demand, first?.left]).toEqual(['0', '120', '-120'])
    await page.getByRole('img', { name: /Can be promised now: -120 EA; at the end: -120 EA/ }).waitFor()
    const days = page.getByRole('table', { name: 'What can be promised' })
    expect(await days.locator('tbody tr').first().textContent()).toBe('Today−1200-120')
    await page.getByRole('button', { name: 'W2' }).first().click()
    await page.getByRole('img', { name: /Can be promised now: 650 EA/ }).waitFor()
    await page.getByLabel('at the end of').fill('2020-01-01')
    await page.getByText('Nothing lies anywhere.').waitFor()
    await page.waitForURL(/on=2020-01-01/)
    await iris.context.close()
  })
})

describe('for everybody', ON_A_BUSY_MACHINE, () => {
  test('axe finds nothing serious on queues and stock, light and dark', async () => {
    const carmen = await product.person('carmen', { theme: 'system' })
    const [short] = await ask(carmen, '/api/warehouse/backorders?company=ALPHA')
    const paths = ['/work', '/work?queue=approvals', '/work?queue=credit', '/work?queue=backorders', '/stock']
    expect(await findingsOn(carmen, [...paths, `/stock/item/${short?.item_id}`])).toEqual([])
    await carmen.context.close()
  })

  test('at 360 pixels nothing is wider than the screen, and the list gives way to what was chosen', async () => {
    const erin = await product.person('erin', { width: 360, height: 740 })
    const { page, go } = erin
    await go('/work?queue=credit')
    await page.getByRole('option').first().click()
    await page.getByRole('region', { name: 'What was chosen' }).waitFor()
    expect(await page.getByRole('listbox').isVisible()).toBe(false)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    await page.keyboard.press('Escape')
    await page.getByRole('listbox').waitFor()
    await erin.context.close()
  })

  test('in German the queues speak German', async () => {
    const erin = await product.person('erin', { language: 'de' })
    await erin.go('/work?queue=credit')
    await erin.page.getByRole('listbox', { name: 'Kreditsperren' }).waitFor()
    await erin.page.getByRole('row', { name: /Über dem Limit/ }).waitFor()
    await erin.context.close()
  })
})
