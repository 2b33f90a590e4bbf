// What a picker's hands do: scan as a keyboard-wedge scanner types it, and take a line from its bin.
import type { Page } from 'playwright-core'

/** A line as `GET /api/warehouse/scan-lines` tells it. */
export type ScanLine = {
  shipment_id: string
  shipment: string
  state: string
  line: number
  item: string
  location: string
  lot: string | null
  quantity: string
  picked: string
  order_number: string
}

export async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
}

/** To the bin of a line, and its code. */
export async function toBin(page: Page, line: ScanLine): Promise<void> {
  await page.locator('b', { hasText: new RegExp(`^${line.location}$`) }).waitFor()
  await scan(page, line.location)
  await page.getByText('Bin is right').waitFor()
}

/** Picks a line: its bin, its item, and all of it. */
export async function pickLine(page: Page, line: ScanLine): Promise<void> {
  await toBin(page, line)
  await scan(page, line.lot ?? line.item)
  if (line.quantity !== '1') await page.getByRole('button', { name: /^Take all/ }).click()
}

/** Until everything that was scanned is with the server. */
export const sent = (page: Page) => page.locator('[data-queued]').waitFor({ state: 'detached', timeout: 30_000 })
