// axe-core on a page: what somebody with a screen reader, a keyboard or weak eyes would stumble over.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Found = { id: string; impact: string | null; nodes: { target: string[]; failureSummary?: string }[] }

/** Serious and critical findings, each with its rule, place and reason. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  // Animations half-way have half a contrast.
  await page.waitForTimeout(400)
  // A string is evaluated by the debugger, which the content policy of the page does not govern.
  await page.evaluate(source)
  const violations: Found[] = await page.evaluate(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then((result) => result.violations)",
  )
  return violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .flatMap((one) =>
      one.nodes
        .slice(0, 3)
        .map((node) => `${one.id} at ${node.target.join(' ')}: ${node.failureSummary?.replace(/\s+/g, ' ') ?? ''}`),
    )
}
