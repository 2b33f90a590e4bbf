// A file of customers: mapped by its headings, tried without effect, refused row by row with reasons, and taken once; and what happens without a connection.
import { afterAll, expect, test } from 'vitest'
import { seriousFindings } from './axe.ts'
import { startProduct } from './product.ts'

const product = await startProduct()

afterAll(() => expect(product.complaints).toEqual([]))

const FILE = {
  name: 'customers.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    'Name;Country;Currency;Term\r\n"Kettle; Roof & Sons";US;USD;NET30\r\nLantern Yard;US;USD;NOPE\r\nNo Country;;USD;NET30\r\n=HYPERLINK("x");US;USD;NET30\r\n',
  ),
}

test('a file is tried first, says which rows would be refused and why, and takes the others once', async () => {
  const { page, go, context } = await product.person('ana')
  await go('/party/customer')
  await page.getByRole('link', { name: 'Import' }).click()
  await page.setInputFiles('input[type=file]', FILE)
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('2 would be taken, 2 would be refused').waitFor()
  await page.getByRole('row', { name: /Row 3.*Lantern Yard/ }).waitFor()
  await page.getByRole('row', { name: /Row 4.*No Country/ }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  const count = async () => {
    const answer = await page.request.get('/api/party/customer?company=ALPHA&total=true&limit=1')
    return Number((await answer.json()).total)
  }
  const before = await count()
  await page.getByRole('button', { name: 'Import 2 rows' }).click()
  await page.getByText('2 taken, 2 refused').waitFor()
  expect(await count()).toBe(before + 2)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the refused rows' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('refused.csv')
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
