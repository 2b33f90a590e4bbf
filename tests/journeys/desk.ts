// What hands do at the order desk: choose from what is offered, type a line, wait until it is answered.
import type { Page } from 'playwright-core'

/** Types and takes what is offered; Enter takes the first, so the wanted one must be it. */
export async function choose(page: Page, text: string, wanted: RegExp): Promise<void> {
  await page.keyboard.type(text)
  await page.getByRole('option', { name: wanted }).first().waitFor()
  await page.keyboard.press('Enter')
}

/** The quantity of a line; it has the focus once an item was chosen. */
export const quantityOf = (page: Page, line: number) =>
  page.getByRole('textbox', { name: `Quantity, line ${line}`, exact: true })

/** Types a line whose item has the focus. */
export async function line(page: Page, n: number, item: string, quantity: string): Promise<void> {
  await page
    .getByRole('combobox', { name: `Item, line ${n}` })
    .and(page.locator(':focus'))
    .waitFor()
  await choose(page, item, new RegExp(item))
  await quantityOf(page, n).and(page.locator(':focus')).waitFor()
  await page.keyboard.type(quantity)
}

export const row = (page: Page, n: number) => page.locator(`[data-row="${n - 1}"]`)

/** Until the line has its answer: price, what is free, the day. */
export const settled = (page: Page, n: number) => row(page, n).locator('[data-fresh="true"]').waitFor()

/** The strip that tells of the order that was just taken, and its number. */
export async function taken(page: Page, state: string): Promise<string> {
  const region = page.getByRole('region', { name: 'Taken' })
  await region.locator(`[data-state=${state}]`).waitFor()
  return (await region.getByRole('link').first().textContent()) ?? ''
}
