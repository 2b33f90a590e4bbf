// Files of customers and of orders with their lines: mapped by headings, tried without effect, refused with reasons, and taken once; and what happens without a connection.
import { afterAll, expect, test } from 'vitest'
import { day, error, formula, number, workbook } from '../support/workbook.ts'
import { seriousFindings } from './axe.ts'
import { ask, type Person, startProduct } from './product.ts'

const product = await startProduct()

afterAll(() => expect(product.complaints).toEqual([]))

const FILE = {
  name: 'customers.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    'Name;Country;Currency;Term\r\n"Kettle; Roof & Sons";US;USD;NET30\r\nLantern Yard;US;USD;NOPE\r\nNo Country;;USD;NET30\r\n=HYPERLINK("x");US;USD;NET30\r\nOver;US;USD;NET30;what\r\n',
  ),
}

test('a file is tried first, says which rows would be refused and why, and takes the others once', async () => {
  const { page, go, context } = await product.person('ana')
  await go('/party/customer')
  await page.getByRole('link', { name: 'Import' }).click()
  // A file of an older program is read as what it is when a person has seen its letters, and not before.
  const old = Buffer.from('Name;Country;Currency;Term\r\nM\xfcller & S\xf6hne;DE;EUR;NET30\r\n', 'latin1')
  await page.setInputFiles('input[type=file]', { name: 'alt.csv', mimeType: 'text/csv', buffer: old })
  await page.getByRole('heading', { name: 'alt.csv is not written in UTF-8' }).waitFor()
  await page.getByRole('listitem').getByText('Müller & Söhne', { exact: true }).waitFor()
  expect(await page.getByRole('button', { name: 'Try it' }).isDisabled()).toBe(true)
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'They are right, read it so' }).click()
  await page.getByRole('cell', { name: 'Müller & Söhne' }).waitFor()
  await page.getByText('alt.csv · read as Windows-1252').waitFor()
  await page.setInputFiles('input[type=file]', FILE)
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('2 would be taken, 3 would be refused').waitFor()
  await page.getByRole('row', { name: /Row 3.*Lantern Yard/ }).waitFor()
  await page.getByRole('row', { name: /Row 4.*No Country/ }).waitFor()
  await page.getByRole('row', { name: /Row 6.*more cells/ }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  const count = async () => {
    const answer = await page.request.get('/api/party/customer?company=ALPHA&total=true&limit=1')
    return Number((await answer.json()).total)
  }
  const before = await count()
  await page.getByRole('button', { name: 'Import 2 rows' }).click()
  await page.getByText('2 taken, 3 refused').waitFor()
  expect(await count()).toBe(before + 2)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the refused rows' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('refused.csv')
  await context.close()
})

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

type Coded = { code: string; state: string }

/** Two items and a customer that can be ordered, by their codes. */
async function codes(ana: Person): Promise<{ customer: string; items: readonly string[] }> {
  const customers = await ask<Coded>(ana, '/api/party/customer?company=ALPHA&filter[state]=active&limit=1')
  const items = await ask<Coded>(ana, '/api/catalog/item?company=ALPHA&filter[state]=active&limit=2')
  return { customer: customers[0]?.code ?? '', items: items.map(({ code }) => code) }
}

const ordersOf = async ({ page }: Person): Promise<number> => {
  const answer = await page.request.get('/api/sales/order?company=ALPHA&total=true&limit=1')
  return Number((await answer.json()).total)
}

/** A workbook whose second sheet holds orders, of which three cannot be taken. */
const orders = (customer: string, [first = '', second = '']: readonly string[]) =>
  workbook([
    { name: 'Read me', rows: [['What this is'], ['Orders of the fair']] },
    {
      name: 'Orders',
      rows: [
        ['Order', 'Customer', 'Warehouse', 'Wanted', 'Article', 'Quantity'],
        ['A-1', customer, 'W1', day('73051'), first, number('2.0000000000000004')],
        ['', '', '', '', second, formula('1+2', '3')],
        ['A-2', customer, 'W1', '', first, number('1')],
        ['A-2', customer, 'W1', '', 'K-NOBODY-HAS', number('1')],
        ['A-3', customer, 'W1', '', first, error('#N/A')],
        [],
        ['', customer, 'W1', '', first, number('1')],
        ['A-4', customer, 'W1', '', first, number('1')],
      ],
    },
  ])

test('a workbook of orders with lines is shown as orders, refused by row and column, taken once, and not again', async () => {
  const ana = await product.person('ana')
  const { page, go, context } = ana
  const { customer, items } = await codes(ana)
  const before = await ordersOf(ana)
  const file = { name: 'orders.xlsx', mimeType: XLSX, buffer: orders(customer, items) }
  await go('/sales/order/import')
  await page.setInputFiles('input[type=file]', { ...file, buffer: file.buffer.subarray(0, 900) })
  await page.locator('[data-code=XLSX_INVALID]').waitFor()
  await page.setInputFiles('input[type=file]', file)
  await page.getByLabel('Sheet', { exact: true }).selectOption('Orders')
  await page.getByLabel('Requested on').selectOption({ label: 'Wanted  ·  2100-01-01' })
  await page.getByLabel('Item').selectOption({ label: `Article  ·  ${items[0]}` })
  await page.getByLabel('Rows of one document').selectOption({ label: 'Order  ·  A-1' })
  await page.getByText('5 documents', { exact: true }).waitFor()
  const card = page.getByRole('article').filter({ hasText: 'Rows 2–3' })
  await card.getByText('2100-01-01').waitFor()
  expect(await card.getByRole('row').allInnerTexts()).toEqual([
    expect.stringContaining('Item'),
    `2\t${items[0]}\t2`,
    `3\t${items[1]}\t3`,
  ])
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('Documents: 2 would be taken, 3 would be refused').waitFor()
  await page.getByText('Rows in the file: 7 = 3 taken + 4 refused.').waitFor()
  await page.getByRole('row', { name: /Rows 4–5 .*Row 5 · Article: .*K-NOBODY-HAS/ }).waitFor()
  await page.getByRole('row', { name: /Row 6 .*Quantity: The cell shows #N\/A/ }).waitFor()
  await page.getByRole('row', { name: /Row 8 .*Order is empty/ }).waitFor()
  expect(await ordersOf(ana)).toBe(before)
  await page.getByRole('button', { name: 'Import 2 documents' }).click()
  await page.getByText('Documents: 2 taken, 3 refused').waitFor()
  expect(await ordersOf(ana)).toBe(before + 2)
  const [taken] = await ask<{ id: string }>(ana, '/api/sales/order?company=ALPHA&filter[requestedOn]=2100-01-01')
  const one = await (await page.request.get(`/api/sales/order/${taken?.id}?company=ALPHA`)).json()
  expect(one.lines.map((line: { quantity: string }) => line.quantity)).toEqual(['2', '3'])
  // The same file again, on another day so to say: its columns are known, and nothing is taken twice.
  await go('/sales/order/import')
  await page.setInputFiles('input[type=file]', file)
  await page.getByLabel('Sheet', { exact: true }).selectOption('Orders')
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByRole('button', { name: 'Import 2 documents' }).click()
  await page.getByText('2 of them had been taken from the same file before').waitFor()
  expect(await ordersOf(ana)).toBe(before + 2)
  await context.close()
})

test('a German reader is told in German what is refused, with the values and the place', async () => {
  const ana = await product.person('ana', { language: 'de' })
  const { page, go, context } = ana
  const { customer, items } = await codes(ana)
  const rows = [
    ['Kunde', 'Lager', 'Artikel', 'Menge'],
    [customer, 'W1', 'K-NOBODY-HAS', '1'],
    ['C-NOBODY', 'W1', items[0], '1'],
    [customer, 'W1', items[1], '1,23456789'],
  ]
  const buffer = Buffer.from(rows.map((row) => row.join(';')).join('\n'))
  await go('/sales/order/import')
  await page.setInputFiles('input[type=file]', { name: 'messe.csv', mimeType: 'text/csv', buffer })
  await page.getByLabel('Zeilen eines Belegs').selectOption({ label: 'Artikel  ·  K-NOBODY-HAS' })
  await page.getByRole('button', { name: 'Ausprobieren' }).click()
  await page.getByText('Belege: 0 würden übernommen, 3 abgelehnt').waitFor()
  await page.getByRole('row', { name: /Zeile 2 .*Artikel: .*1: „K-NOBODY-HAS“ ist kein Artikel\./ }).waitFor()
  await page.getByRole('row', { name: /Zeile 3 .*Kunde: Unter C-NOBODY gibt es nichts \(Kunde\)/ }).waitFor()
  await page.getByRole('row', { name: /Zeile 4 .*Menge ist keine Zahl mit höchstens 12 Ziffern vor und 6/ }).waitFor()
  await context.close()
})

/** Lets the first request of the import through and leaves the others waiting, whatever page sends them. */
async function holdAfterFirst({ page }: Person): Promise<void> {
  let sent = 0
  await page.route('**/api/sales/order/*?company=ALPHA', async (route) => {
    if (route.request().headers()['idempotency-key'] === undefined || ++sent === 1) await route.continue()
  })
}

test('1,010 rows become 101 orders over a reload and a closed window, and every row is accounted for', async () => {
  const ana = await product.person('ana')
  const { page, go, context } = ana
  const { customer, items } = await codes(ana)
  const before = await ordersOf(ana)
  const rows = Array.from({ length: 1_010 }, (_, at) => [
    customer,
    'W1',
    `fair ${Math.floor(at / 10)}`,
    at === 3 ? 'K-NOBODY-HAS' : (items[at % 2] ?? ''),
    number(String(1 + (at % 7))),
  ])
  const buffer = workbook([
    { name: 'Orders', rows: [['Customer', 'Warehouse', 'Reference', 'Item', 'Quantity'], ...rows] },
  ])
  await go('/sales/order/import')
  await page.setInputFiles('input[type=file]', { name: 'fair.xlsx', mimeType: XLSX, buffer })
  await page.getByText('101 documents', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('Documents: 100 would be taken, 1 would be refused').waitFor()
  await holdAfterFirst(ana)
  await page.getByRole('button', { name: 'Import 100 documents' }).click()
  const through = 'The file is being imported: 1,000 of 1,010 rows'
  await page.getByText(through).waitFor()
  // The second portion is on its way for ever. After a reload the import is there again, and still at work.
  await page.reload()
  await page.getByText(through).waitFor()
  expect(await page.getByRole('progressbar').getAttribute('value')).toBe('1000')
  expect(await ordersOf(ana)).toBe(before + 99)
  await page.close()
  // Another window of the same browser: the import says how far it came, and goes on when asked.
  const later = await context.newPage()
  await later.goto('/sales/order/import')
  await later.getByText('The import stopped when its window was closed: 1,000 of 1,010 rows are through').waitFor()
  await later.getByRole('button', { name: 'Go on with the rest' }).click()
  const receipt = 'Rows in the file: 1,010 = 1,000 taken + 10 refused.'
  await later.getByText(receipt).waitFor()
  // Its receipt and its refusals are there until they are put away.
  await later.reload()
  await later.getByText(receipt).waitFor()
  await later.getByRole('row', { name: /Rows 2–11 .*Row 5 · Item: .*K-NOBODY-HAS/ }).waitFor()
  expect(await seriousFindings(later)).toEqual([])
  expect(await ordersOf({ ...ana, page: later })).toBe(before + 100)
  await later.getByRole('button', { name: 'Put away' }).click()
  await later.getByText('or drop it here').waitFor()
  await context.close()
})

test('without a connection the app says so, keeps what was typed, and does it once when the connection is back', async () => {
  const { page, go, context } = await product.person('ana')
  await go('/party/customer/new?verb=request')
  await page.getByLabel('Name', { exact: true }).fill('Offline Anvils Ltd')
  await page.getByLabel('Country', { exact: true }).fill('US')
  await page.locator('#main [data-state=proposed]').waitFor()
  await context.setOffline(true)
  await page.getByText('No connection.').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.locator('[data-code=OFFLINE]').waitFor()
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Offline Anvils Ltd')
  await context.setOffline(false)
  await page.getByText('No connection.').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: /Offline Anvils Ltd/ }).waitFor()
  await context.close()
})
