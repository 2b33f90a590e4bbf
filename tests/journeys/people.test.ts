// Several people at work at once: a newcomer with the README, an order through many hands, two clerks after the last pieces, and a link into a company that one does not work for.
import { afterAll, describe, expect, test } from 'vitest'
import { tradewright } from '../cli/support.ts'
import { seriousFindings } from './axe.ts'
import { choose, line, settled, taken } from './desk.ts'
import { boardStep, find, readSteps, takeOrder } from './newcomer.ts'
import { ask, leave, ON_A_BUSY_MACHINE, type Person, startProduct } from './product.ts'
import type { ScanLine } from './scanner.ts'

const product = await startProduct('nothing')

afterAll(() => expect(product.complaints).toEqual([]))

type Row = Readonly<Record<string, string | null>>

const orderOf = async ({ page }: Person, key: string) => {
  const answer = await page.request.get(`${product.url}/api/sales/order/${key}?company=ALPHA`)
  return (await answer.json()) as { id: string; customer: string; state: string }
}

/** The pick list that an order waits on. */
const listOf = async (person: Person, order: string): Promise<readonly ScanLine[]> =>
  (await ask<ScanLine>(person, '/api/warehouse/scan-lines?company=ALPHA')).filter((one) => one.order_number === order)

// An order that repeats another of the same day is asked about, so this is played once.
describe('a newcomer', () => {
  test('takes, ships and invoices an order within five minutes from what the README says', async () => {
    const begun = performance.now()
    const [first, second, third, ...more] = readSteps()
    if (!first || !second || !third) throw new Error('the README has no three steps for the first order')
    expect(more).toEqual([])
    expect(first.text).toMatch(/The order's number is a link to its page/)
    expect(second.text).toMatch(
      /open \*Warehouse board\*. Choose the order and release it; pick it, pack it and ship it/,
    )
    expect(third.text).toMatch(/find the order with `Ctrl K` and its number, and issue the invoice from its page/)

    const clerk = await product.person(first.person)
    const number = await takeOrder(clerk, first)
    const warehouse = await product.person(second.person)
    const { page } = warehouse
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /open \*([^*]+)\*/.exec(second.text)?.[1] ?? '', exact: true })
      .click()
    await page.locator(`[data-stage=waiting] [data-number="${number}"]`).click()
    await boardStep(warehouse, /^Release/, /1 pick list/)
    const [{ shipment } = { shipment: '' }] = await listOf(warehouse, number)
    for (const [verb, from, to] of [
      [/^Pick/, 'released', 'picked'],
      [/^Pack/, 'picked', 'packed'],
      [/^Ship/, 'packed', 'shipped'],
    ] as const) {
      await page.locator(`[data-stage=${from}] [data-number="${shipment}"]`).click()
      await boardStep(warehouse, verb, new RegExp(shipment))
      await page.locator(`[data-stage=${to}] [data-number="${shipment}"]`).waitFor()
    }
    const books = await product.person(third.person)
    await find(books, third.keys[0] ?? '', number)
    await books.page
      .getByRole('region', { name: 'What stops it' })
      .getByRole('button', { name: /^Invoice/ })
      .click()
    await books.page.getByRole('dialog', { name: 'Invoice' }).locator('button[type=submit]').click()
    await books.page.getByRole('heading', { level: 1, name: /^IN-/ }).waitFor()
    await books.page.goBack()
    const way = books.page.getByRole('list', { name: 'The way of the order' })
    await way.getByRole('link', { name: /^IN-/ }).waitFor()
    expect(await way.textContent()).toMatch(/Ordered.*Shipped.*SH-.*Invoiced.*IN-/)
    // Two packs were ordered, which the warehouse counts as pairs: price times quantity is the net that stands beside it.
    await books.page.locator('[data-unit=PACK]', { hasText: '2 PACK = 24' }).waitFor()
    expect(performance.now() - begun).toBeLessThan(5 * 60_000)
    await leave(clerk, warehouse, books)
  })
})

describe('two clerks', ON_A_BUSY_MACHINE, () => {
  const ITEM = 'BAT-LDA-12-18'

  /** Types an order for all that is left and stops where one more press confirms it. */
  async function ready(person: Person, customer: string, quantity: string): Promise<void> {
    await person.go('/desk')
    await choose(person.page, customer, new RegExp(customer))
    await line(person.page, 1, ITEM, quantity)
    await settled(person.page, 1)
    await person.page.keyboard.press('Control+Enter')
    await person.page.getByRole('region', { name: 'What will happen' }).waitFor()
  }

  test('want the last pieces at the same moment: one gets them, the other sees what is left, nothing is sold twice (T-AVL-01)', async () => {
    const [ana, ben] = await Promise.all([product.person('ana'), product.person('ben')])
    const stock = async () =>
      (await ask<Row>(ana, `/api/inventory/items?company=ALPHA&q=${ITEM}&limit=500`)).find((one) => one.item === ITEM)
    const last = (await stock())?.free ?? ''
    expect(Number(last)).toBeGreaterThan(0)
    await Promise.all([ready(ana, 'C00002', last), ready(ben, 'C00003', last)])
    // Both were told that all of it is there, and both press at once.
    for (const { page } of [ana, ben])
      expect(await page.getByRole('region', { name: 'What will happen' }).textContent()).toContain(
        '1 of 1 lines in full',
      )
    await Promise.all([ana, ben].map(({ page }) => page.keyboard.press('Control+Enter')))
    const numbers = await Promise.all([ana, ben].map(({ page }) => taken(page, 'confirmed')))
    const chains: readonly (readonly Row[])[] = await Promise.all(
      numbers.map(async (number) =>
        ask(ana, `/api/sales/order-chain?company=ALPHA&order=${(await orderOf(ana, number)).id}`),
      ),
    )
    const reserved = chains.map(([only]) => only?.allocated)
    expect([...reserved].sort()).toEqual(['0', last])
    expect((await stock())?.free).toBe('0')
    // Whoever came second is told at the order and at the desk, in words.
    const loser = reserved[0] === '0' ? ana : ben
    await loser.go(`/sales/order/${numbers[reserved.indexOf('0')]}`)
    const stop = loser.page.getByRole('region', { name: 'What stops it' })
    await stop.getByRole('heading', { name: 'Waits for goods' }).waitFor()
    expect(await stop.textContent()).toContain(`${last} missing`)
    await loser.go('/desk')
    await choose(loser.page, 'C00002', /C00002/)
    await line(loser.page, 1, ITEM, '1')
    await settled(loser.page, 1)
    await loser.page.getByText('short', { exact: false }).first().waitFor()
    await leave(ana, ben)
  })
})

describe('a link', ON_A_BUSY_MACHINE, () => {
  test('into another company and one to nothing say the same, show nothing of it, and lead on (SEC-02)', async () => {
    const erin = await product.person('erin')
    const [theirs] = await ask<Row>(erin, '/api/sales/order?company=BETA&limit=1')
    const [customer] = await ask<Row>(erin, '/api/party/customer?company=BETA&limit=1')
    expect(theirs?.number).toBeDefined()
    const ana = await product.person('ana')
    const told = async (path: string) => {
      await ana.page.goto(path)
      await ana.page.getByRole('heading', { name: 'There is nothing here that you may see' }).waitFor()
      await ana.page.getByText('The link may belong to another company').waitFor()
      expect(await seriousFindings(ana.page)).toEqual([])
      return await ana.page.locator('#main').textContent()
    }
    const foreign = await told(`/sales/order/${theirs?.id}?company=BETA`)
    expect(foreign).not.toContain(String(theirs?.number))
    expect(await told('/sales/order/01900000-0000-7000-8000-00000000dead')).toBe(foreign)
    const { page } = ana
    await told(`/party/customer/${customer?.id}?company=BETA`)
    expect(await page.locator('#main').textContent()).not.toContain(String(customer?.name))
    // It says where one is, and leads to what there is here.
    await page.getByText('You are looking in “ALPHA Supply Inc.”.').waitFor()
    await page.getByRole('link', { name: 'To the list: Customers' }).click()
    await page.getByRole('grid', { name: 'Customers' }).waitFor()
    // Who works for both companies is asked which one.
    await erin.page.goto(`/sales/order/${theirs?.id}`)
    await erin.page.getByRole('button', { name: /^Look in / }).click()
    await erin.page.getByRole('heading', { level: 1, name: String(theirs?.number) }).waitFor()
    await leave(ana, erin)
  })
})

describe('the demo', () => {
  test('listens on this machine only, for everybody knows its passwords', async () => {
    const open = ['serve', '--host', '0.0.0.0', '--port', '0', '--no-web', '--json', '--home', product.home]
    expect((await tradewright(open)).json()).toMatchObject({ ok: false, error: { code: 'HOST_WITH_DEMO' } })
  })
})

await import('./order-to-cash.scenario.ts')
