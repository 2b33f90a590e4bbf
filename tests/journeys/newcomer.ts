// The first order as the README tells it: the names, keys and words are read there, so that it cannot rot.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { settled } from './desk.ts'
import type { Person } from './product.ts'

export type Step = { readonly text: string; readonly person: string; readonly keys: readonly string[] }

/** The numbered steps under "The first order": who does them, and what stands there as a key or to be typed. */
export function readSteps(): readonly Step[] {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const section = /\n## The first order[^\n]*\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? ''
  return [...section.matchAll(/^\d\. (.*)$/gm)].map(([, text = '']) => ({
    text,
    person: /sign in as \*\*(\w+)\*\*/i.exec(text)?.[1] ?? '',
    keys: [...text.matchAll(/`([^`]+)`|\b(Enter)\b/g)].map(([, typed, key]) => typed ?? key ?? ''),
  }))
}

/** Presses what a README writes as a key: 'Ctrl Enter', 'g d', 'Enter'. */
export async function press(page: Page, written: string): Promise<void> {
  if (/^[a-z] [a-z]$/.test(written)) for (const key of written.split(' ')) await page.keyboard.press(key)
  else await page.keyboard.press(written.replace('Ctrl ', 'Control+'))
}

const isKey = (written: string): boolean => /^(Ctrl .+|Enter|[a-z] [a-z])$/.test(written)

/** Takes the order by nothing but what the first step says, key by key, and gives its number. */
export async function takeOrder({ page }: Person, { keys }: Step): Promise<string> {
  for (const [at, written] of keys.entries()) {
    if (!isKey(written)) {
      await page.locator('#main input:focus').waitFor()
      await page.keyboard.type(written)
      // Whoever reads on presses Enter when something is offered; else he waits for the answer to the line.
      await (keys[at + 1] === 'Enter' ? page.locator('li[role=option]').first().waitFor() : settled(page, 1))
      continue
    }
    await press(page, written)
    if (written === 'Enter') await page.locator('[role=listbox]').waitFor({ state: 'detached' })
    if (/^[a-z] [a-z]$/.test(written)) await page.locator('#desk-customer:focus').waitFor()
    if (written === 'Ctrl Enter' && keys[at + 1] === written)
      await page.getByRole('region', { name: 'What will happen' }).waitFor()
  }
  const taken = page.getByRole('region', { name: 'Taken' })
  await taken.locator('[data-state=confirmed]').waitFor()
  return (await taken.getByRole('link').first().textContent()) ?? ''
}

/** Presses a button of the board's bar, reads what it would do, and does it. */
export async function boardStep({ page }: Person, verb: RegExp, says: RegExp): Promise<void> {
  await page.getByRole('toolbar').getByRole('button', { name: verb }).click()
  const panel = page.getByRole('dialog', { name: verb })
  await panel.getByText('What will happen').waitFor()
  await panel.getByText(says).first().waitFor()
  await panel.getByRole('button', { name: verb }).click()
  await panel.waitFor({ state: 'detached' })
}

/** Finds a document by the palette, as the README says. */
export async function find({ page }: Person, key: string, number: string): Promise<void> {
  await press(page, key.replace(' K', ' k'))
  await page.getByRole('combobox', { name: 'Search and commands' }).waitFor()
  await page.keyboard.type(number)
  await page
    .getByRole('option', { name: new RegExp(number) })
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: number }).waitFor()
  expect(page.url()).toContain('/sales/order/')
}
