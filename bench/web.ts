// What the web app costs whoever sits in front of it: first load, going from screen to screen, scrolling, finding, typing.
// `npm run bench:web` starts the product with its demo and a real Chromium. `--orders 1000000` puts as many orders beside
// those of the demo first; `--url URL --password P` measures a product that runs.
import pg from 'pg'
import { type Browser, chromium, type Page } from 'playwright-core'
import { joinDatabase } from '../src/boot.ts'
import { clear, folder, serving } from '../tests/cli/support.ts'
import { chromiumPath } from '../tests/journeys/chromium.ts'
import { measureKeys } from '../tests/journeys/order-desk-latency.ts'
import { fillOrders } from './product/fill.ts'

type Figure = { what: string; value: number; unit: string; target: number }

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}

/** Nearest-rank percentile. */
const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0

/** Orders of the first company beside those of the demo: heads, so that lists have much to read. Gives how many there are then. */
async function fill(home: string, count: number): Promise<number> {
  const embedded = await joinDatabase(home, () => undefined)
  const admin = new pg.Client(embedded.ownerUrl)
  await admin.connect()
  try {
    const { rows } = await admin.query(
      `select c.id::int, w.id as warehouse, (select code from sales.backorder_rule r where r.company_id = c.id order by code limit 1) as rule
         from company.company c join company.warehouse w on w.company_id = c.id and w.code = 'W1' where c.code = 'ALPHA'`,
    )
    const { id, warehouse, rule } = rows[0]
    const all = `array(select id from party.customer where company_id = ${id} and currency = 'USD' order by code)`
    const customer = `(${all})[1 + n * 7 % (select count(*)::int from party.customer where company_id = ${id} and currency = 'USD')]`
    if (count > 0) await fillOrders(admin, warehouse, count, { company: id, customer, rule })
    const counted = await admin.query('select count(*)::int as orders from sales.orders where company_id = $1', [id])
    return counted.rows[0].orders
  } finally {
    await admin.end()
    await embedded.stop()
  }
}

/** Where to measure: a server that was named, or the product with its demo in a folder of its own. */
async function product(): Promise<{ url: string; password: string; orders?: number }> {
  const url = option('url')
  if (url) return { url, password: option('password') ?? '' }
  const home = await folder()
  const served = await serving(['--home', home])
  const orders = await fill(home, Number(option('orders') ?? 0))
  const first: unknown = Array.isArray(served.answer.signIns) ? served.answer.signIns[0] : undefined
  const password = typeof first === 'object' && first !== null && 'password' in first ? String(first.password) : ''
  return { url: served.url, password, orders }
}

/** Kilobytes of packed script that the first page fetches, before anybody is signed in. */
async function firstLoad(page: Page): Promise<number> {
  const bytes: number[] = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap((one) => ('encodedBodySize' in one && one.name.endsWith('.js') ? [Number(one.encodedBodySize)] : [])),
  )
  return bytes.reduce((sum, one) => sum + one, 0) / 1024
}

const PLACES = [
  ['Customers', '/party/customer'],
  ['Items', '/catalog/item'],
  ['Sales orders', '/sales/order'],
  ['Invoices', '/receivables/invoice'],
] as const

/** Milliseconds from the press on a link until the new screen is drawn with its rows, in the browser's own clock. */
async function goOnce(page: Page, path: string, title: string): Promise<number> {
  return await page.evaluate(
    async ([to, heading]) => {
      const link = document.querySelector<HTMLElement>(`nav a[href="${to}"], nav a[href^="${to}?"]`)
      const begun = performance.now()
      link?.click()
      for (;;) {
        await new Promise((resolve) => requestAnimationFrame(resolve))
        const there = document.querySelector('#main h1')?.textContent === heading
        if (there && document.querySelector('#main [role=row][id]')) return performance.now() - begun
        if (performance.now() - begun > 10_000) return 10_000
      }
    },
    [path, title],
  )
}

/** Frames a second while the list is scrolled by `step` points a frame; at rest it is what the machine gives a page now. */
async function scroll(page: Page, step: number): Promise<number> {
  return await page.evaluate(async (by) => {
    const grid = document.querySelector('[role=grid]')
    const begun = performance.now()
    let frames = 0
    while (performance.now() - begun < 2_000) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      if (grid) grid.scrollTop += by
      frames++
    }
    return (frames * 1000) / (performance.now() - begun)
  }, step)
}

/** Milliseconds from a key in the quantity of a line at the order desk until price, stock and promise are painted. */
async function typing(page: Page, url: string): Promise<number> {
  await page.goto(`${url}/desk`)
  await page.getByLabel('Customer', { exact: true }).fill('C00002')
  await page.getByRole('option', { name: /C00002/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Item, line 1' }).fill('PPE-GCF-08')
  await page.getByRole('option', { name: /PPE-GCF-08/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Quantity, line 1', exact: true }).and(page.locator(':focus')).waitFor()
  return (await measureKeys(page, 120)).p95
}

/** Milliseconds from the last key of a misspelt name until the palette shows it. */
async function find(page: Page, typed: string, wanted: RegExp): Promise<number> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search and commands' }).waitFor()
  await page.keyboard.insertText(typed.slice(0, -1))
  await page.waitForTimeout(300)
  const begun = performance.now()
  await page.keyboard.insertText(typed.slice(-1))
  await page.getByRole('option', { name: wanted }).waitFor()
  const took = performance.now() - begun
  await page.keyboard.press('Escape')
  await page.locator('dialog').waitFor({ state: 'detached' })
  return took
}

/** Somebody of the demo in a browser of his own, before he signs in. */
async function arrive(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
  await page.goto(url)
  await page.locator('[name=email]').waitFor()
  return page
}

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.fill('[name=email]', `${name}@tradewright.example`)
  await page.fill('[name=password]', password)
  await page.keyboard.press('Enter')
  await page.locator('#main h1').waitFor()
}

async function measure(browser: Browser, url: string, password: string): Promise<readonly Figure[]> {
  const page = await arrive(browser, url)
  const kilobytes = await firstLoad(page)
  await signIn(page, 'olga', password)
  // The first round fetches chunks and fills caches; "once warm" begins after it.
  for (const [title, path] of PLACES) await goOnce(page, path, title)
  const going: number[] = []
  for (let round = 0; round < 15; round++)
    for (const [title, path] of PLACES) going.push(await goOnce(page, path, title))
  await goOnce(page, '/sales/order', 'Sales orders')
  const atRest = await scroll(page, 0)
  const frames = await scroll(page, 40)
  const finding: number[] = []
  for (let round = 0; round < 10; round++) finding.push(await find(page, 'eagel pass', /Eagle Pass/))
  await page.close()
  const clerk = await arrive(browser, url)
  await signIn(clerk, 'ana', password)
  const keys = await typing(clerk, url)
  return [
    { what: 'script before the first screen, packed', value: kilobytes, unit: 'KB', target: 250 },
    { what: 'from screen to screen, warm, p50', value: percentile(going, 0.5), unit: 'ms', target: 150 },
    { what: 'from screen to screen, warm, p95', value: percentile(going, 0.95), unit: 'ms', target: 150 },
    { what: 'the list of orders at rest', value: atRest, unit: 'frames/s', target: 60 },
    { what: 'scrolling the list of orders', value: frames, unit: 'frames/s', target: 60 },
    { what: 'order desk: key to availability, p95', value: keys, unit: 'ms', target: 100 },
    { what: 'misspelt name to its hit, p95', value: percentile(finding, 0.95), unit: 'ms', target: 300 },
  ]
}

const { url, password, orders } = await product()
if (orders !== undefined) console.log(`${orders.toLocaleString('en-US')} sales orders`)
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  const figures = await measure(browser, url, password)
  for (const { what, value, unit, target } of figures)
    console.log(`${what.padEnd(42)} ${value.toFixed(1).padStart(8)} ${unit.padEnd(9)} (wanted: ${target})`)
} finally {
  await browser.close()
  await clear()
}
