// axe-core on a page: what somebody with a screen reader, a keyboard or weak eyes would stumble over.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import type { Person } from './product.ts'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Found = { id: string; impact: string | null; nodes: { target: string[]; failureSummary?: string }[] }

const EVERY_RULE = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']"
const COLOURS = "{ type: 'rule', values: ['color-contrast'] }"

/** Serious and critical findings, each with its rule, place and reason. */
export async function seriousFindings(page: Page, rules = EVERY_RULE): Promise<readonly string[]> {
  // Animations half-way have half a contrast.
  await page.waitForTimeout(400)
  // A string is evaluated by the debugger, which the content policy of the page does not govern.
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(source)
  const violations: Found[] = await page.evaluate(
    `axe.run(document, { runOnly: ${rules} }).then((result) => result.violations)`,
  )
  return violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .flatMap((one) =>
      one.nodes
        .slice(0, 3)
        .map((node) => `${one.id} at ${node.target.join(' ')}: ${node.failureSummary?.replace(/\s+/g, ' ') ?? ''}`),
    )
}

/**
 * The findings on the screen as it stands, in the light and in the dark, and whether it is wider than a narrow telephone.
 * Whoever looks must follow the system in his theme; what changes in the dark is the colours, so nothing else is looked at again.
 */
export async function findingsHere({ page }: Person): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.locator('html:not([data-theme=dark])').waitFor()
  const light = await seriousFindings(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html[data-theme=dark]').waitFor()
  const dark = (await seriousFindings(page, COLOURS)).map((one) => `in the dark: ${one}`)
  return [...light, ...dark, ...(await widerThan(page, 360))]
}

async function widerThan(page: Page, width: number): Promise<readonly string[]> {
  const before = page.viewportSize() ?? { width: 1280, height: 800 }
  await page.setViewportSize({ width, height: 740 })
  await page.waitForTimeout(400)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  await page.setViewportSize(before)
  return wide > width ? [`at ${width} pixels the screen is ${wide} wide`] : []
}

/** The same on each of these screens. */
export async function findingsOn(person: Person, paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const path of paths) {
    await person.go(path)
    // What is still on its way is grey on grey, and nobody reads it.
    await person.page.waitForFunction(() => document.querySelector('#main output') === null)
    await person.page.waitForTimeout(300)
    found.push(...(await findingsHere(person)).map((one) => `${path}: ${one}`))
  }
  return found
}
