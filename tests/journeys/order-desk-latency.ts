// How long it takes from a key at the order desk until the answer of the server is painted: price, stock and promise of the line.
import type { Page } from 'playwright-core'

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
