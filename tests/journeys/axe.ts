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
  await page.evaluate(source)
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
 * The findings on each of these screens, in the light and in the dark. Whoever looks must follow the system in his theme;
 * what changes in the dark is the colours, so nothing else is looked at again.
 */
export async function findingsOn({ page, go }: Person, paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const path of paths) {
    await page.emulateMedia({ colorScheme: 'light' })
    await go(path)
    // What is still on its way is grey on grey, and nobody reads it.
    await page.waitForFunction(() => document.querySelector('#main output') === null)
    await page.waitForTimeout(300)
    found.push(...(await seriousFindings(page)).map((one) => `${path}: ${one}`))
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.locator('html[data-theme=dark]').waitFor()
    found.push(...(await seriousFindings(page, COLOURS)).map((one) => `${path} in the dark: ${one}`))
  }
  return found
}
