// How long it takes from a key at the order desk until the answer of the server is painted: price, stock and promise of the line.
import { chromium, type Page } from 'playwright-core'
import { chromiumPath } from './chromium.ts'

/** Milliseconds of one key each; sorted. */
export type Latencies = {
  readonly times: readonly number[]
  readonly p50: number
  readonly p95: number
  readonly most: number
}

/** The last key is timed by the page itself, so that what drives the browser is not part of the figure. */
const WATCH = `(() => {
  const state = { from: 0, to: 0 }
  window.__desk = state
  addEventListener('keydown', () => { state.from = performance.now(); state.to = 0 }, true)
  const look = () => {
    const cells = document.activeElement?.closest('[data-fresh]')
    const settled = cells?.getAttribute('data-fresh') === 'true' && cells.querySelector('[data-state="there"], [data-state="short"]')
    // The value that is settled is the one that was typed: a key makes its line stale in the same turn.
    if (state.from && !state.to && settled && performance.now() - state.from > 1) state.to = performance.now()
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()`

/** Types quantities into the line that has the focus and gives the time of each key. The first keys warm up and do not count. */
export async function measureKeys(page: Page, keys: number): Promise<Latencies> {
  await page.evaluate(WATCH)
  const times: number[] = []
  const typed = (at: number) => (at % 4 === 3 ? 'Backspace' : String(1 + (at % 9)))
  for (let at = 0; at < keys + 8; at++) {
    await page.keyboard.press(at % 12 === 11 ? 'Control+a' : typed(at))
    if (at % 12 === 11) continue
    const took: number = await page.evaluate(
      `new Promise((resolve) => { const wait = () => window.__desk.to ? resolve(window.__desk.to - window.__desk.from) : setTimeout(wait, 4); wait() })`,
    )
    if (at >= 8) times.push(took)
    await page.waitForTimeout(70)
  }
  const sorted = [...times].sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  return { times: sorted, p50: at(0.5), p95: at(0.95), most: sorted.at(-1) ?? 0 }
}

/** Signs in at a server that runs, types an order and prints the figures. */
async function main(url: string, password: string, email: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(url)
  await page.fill('[name=email]', email)
  await page.fill('[name=password]', password)
  await page.keyboard.press('Enter')
  await page.locator('#main h1').waitFor()
  await page.goto(`${url}/desk`)
  await page.getByLabel('Customer', { exact: true }).fill('C00002')
  await page.getByRole('option', { name: /C00002/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Item, line 1' }).fill('PPE-GCF-08')
  await page.getByRole('option', { name: /PPE-GCF-08/ }).waitFor()
  await page.keyboard.press('Enter')
  const { p50, p95, most, times } = await measureKeys(page, 120)
  const shown = (value: number) => `${Math.ceil(value)} ms`
  console.log(`key to availability, ${times.length} keys: p50 ${shown(p50)}, p95 ${shown(p95)}, most ${shown(most)}`)
  await browser.close()
}

if (process.argv[1]?.endsWith('order-desk-latency.ts')) {
  const [, , url = 'http://127.0.0.1:3000', password = '', email = 'ana@tradewright.example'] = process.argv
  await main(url, password, email)
}
