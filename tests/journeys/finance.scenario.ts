// Finance as people use it: money applied and taken back, the trial balance followed down to a document, a period closed.
import { afterAll, describe, expect, test } from 'vitest'
import { findingsOn } from './axe.ts'
import { ask as answers, ON_A_BUSY_MACHINE, type Person, startProduct } from './product.ts'

const product = await startProduct()

afterAll(() => expect(product.complaints).toEqual([]))

type Row = Record<string, unknown>

const ask = (person: Person, path: string): Promise<readonly Row[]> => answers<Row>(person, path)

/** A payment that nothing says what it is for: the way in which money often comes. */
const receive = ({ page }: Person, customer: string, amount: string): Promise<Row> =>
  page.evaluate(
    async ([who, much]) =>
      (
        await fetch('/api/receivables/payment/receive?company=ALPHA', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
          body: JSON.stringify({ documents: [{ customer: who, amount: much }] }),
        })
      ).json(),
    [customer, amount],
  )

/** A customer with exactly one open invoice of some size that is not due yet. */
async function debtor(person: Person): Promise<{ id: string; name: string; open: string }> {
  const rows = await ask(person, '/api/receivables/aged?company=ALPHA')
  const one = rows.find((row) => row.on_account === '0' && row.total === row.current && Number(row.total) > 500)
  return { id: String(one?.customer_id), name: String(one?.name), open: String(one?.total) }
}

const money = (amount: string): string =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(Number(amount))

describe('receivables', ON_A_BUSY_MACHINE, () => {
  test('money is applied in part by keyboard after a preview, and taken back with a reason', async () => {
    const jonas = await product.person('jonas')
    const { page, go } = jonas
    const { id, name } = await debtor(jonas)
    await receive(jonas, id, '300.00')
    await go('/finance/receivables')
    await page.keyboard.press('/')
    await page.keyboard.type(name)
    await page.waitForFunction(() => document.querySelectorAll('[role=row][id]').length === 1)
    await page.getByRole('grid', { name: 'Receivables' }).focus()
    await page.keyboard.press('Enter')
    const invoices = page.getByRole('grid', { name: 'Open invoices' })
    await invoices.focus()
    await page.keyboard.press('Enter')
    // The field comes with the next frame; on a slow machine that takes longer than a key.
    await page.locator('#main input:focus').waitFor()
    await page.keyboard.type('120')
    await page.getByText(/stays open/).waitFor()
    await page.getByText('$180.00 stays on account').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText(/is applied\./).waitFor()
    const [made] = await ask(jonas, `/api/receivables/applications?company=ALPHA&customer=${id}`)
    expect([made?.amount, made?.undone_on]).toEqual(['120', null])

    await page.getByRole('button', { name: 'Take back' }).first().click()
    await page.getByText(/\$120\.00 of IN-.* would be open again/).waitFor()
    await page.getByRole('textbox', { name: 'Reason' }).fill('It was for another invoice')
    await page.locator('form button[type=submit]').click()
    await page.getByText('Take back: done.').waitFor()
    const [undone] = await ask(jonas, `/api/receivables/applications?company=ALPHA&customer=${id}`)
    expect(undone?.undone_on).not.toBeNull()
    await page
      .getByText(/taken back/)
      .first()
      .waitFor()
    await jonas.context.close()
  })

  test('a payment is dragged onto the invoice that it pays', async () => {
    const jonas = await product.person('jonas')
    const { page, go } = jonas
    const { id, open } = await debtor(jonas)
    await receive(jonas, id, open)
    await go(`/finance/customer/${id}`)
    const card = page.locator('label[draggable=true]').first()
    await card.dragTo(page.getByRole('grid', { name: 'Open invoices' }).locator('tbody tr').first())
    await page.getByText('paid in full').waitFor()
    await page.getByRole('button', { name: /^Apply/ }).click()
    await page.getByText('No invoice is open.').waitFor()
    await jonas.context.close()
  })

  test('the ages above the list are the sums of what stands below, and one of them narrows it', async () => {
    const jonas = await product.person('jonas')
    const { page, go } = jonas
    const ages = await ask(jonas, '/api/receivables/ageing?company=ALPHA')
    const older = ages.find((one) => one.bucket === 'older')
    await go('/finance/receivables')
    const bar = page.getByRole('button', { name: /^Over 90 days late/ })
    expect(await bar.textContent()).toContain(money(String(older?.amount)))
    await bar.click()
    await page.waitForURL(/bucket=older/)
    await page.waitForFunction(
      (n) => document.querySelectorAll('[role=row][id]').length === n,
      Number(older?.customers),
    )
    await jonas.context.close()
  })
})

describe('the books', ON_A_BUSY_MACHINE, () => {
  test('a figure of the trial balance is followed to its account, an entry, and the document it comes from', async () => {
    const kira = await product.person('kira')
    const { page } = kira
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    const grid = page.getByRole('grid', { name: /Trial balance/ })
    await grid.waitFor()
    await page.getByText('Debits equal credits').waitFor()
    await grid.focus()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '1100 · Accounts receivable' }).waitFor()
    const lines = page.getByRole('grid', { name: 'Lines 1100' })
    await lines.waitFor()
    await lines.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /^JE-/ }).waitFor()
    await page.getByRole('link', { name: '1100 Accounts receivable' }).waitFor()
    const source = page.locator('dd').getByRole('link', { name: /^(IN|PAY|CN)-/ })
    const number = (await source.textContent()) ?? ''
    await source.click()
    await page.getByRole('heading', { level: 1, name: new RegExp(number) }).waitFor()
    await kira.context.close()
  })

  test('a month that is over is closed softly after its open points were seen and the step was previewed', async () => {
    const leo = await product.person('leo')
    const { page, go } = leo
    await go('/finance/close')
    await page.getByRole('option').first().waitFor()
    const [, last] = await ask(leo, '/api/ledger/periods?company=ALPHA')
    expect([last?.state, last?.over]).toEqual(['open', true])
    await page.keyboard.press('j')
    await page.getByRole('heading', { level: 2, name: new RegExp(String(last?.period)) }).waitFor()
    await page.getByText('Shipped, not invoiced').waitFor()
    await page.keyboard.press('a')
    await page.locator('form [data-state=soft]').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText(/: done\./).waitFor()
    const [, after] = await ask(leo, '/api/ledger/periods?company=ALPHA')
    expect(after?.state).toBe('soft')
    await leo.context.close()
  })
})

describe('for everybody', ON_A_BUSY_MACHINE, () => {
  test('axe finds nothing serious on the screens of finance, light and dark, and none is wider than a telephone', async () => {
    const kira = await product.person('kira', { theme: 'system' })
    const [row] = await ask(kira, '/api/receivables/aged?company=ALPHA')
    const [entry] = await ask(kira, '/api/ledger/journal?company=ALPHA&limit=1')
    const paths = ['receivables', 'trial-balance', 'account/1200', 'journal', 'close', `customer/${row?.customer_id}`]
    const all = [...paths.map((one) => `/finance/${one}`), `/ledger/entry/${entry?.id}`]
    expect(await findingsOn(kira, all)).toEqual([])
    await kira.context.close()
  })
})
