// docs/user/rollout.md, walked: each command as it is written there, with the exit code that it promises, and then by browser.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addDays, todayIn } from '#kernel/dates'
import { inProcess } from '../cli/in-process.ts'
import { folder } from '../cli/support.ts'
import { ON_A_BUSY_MACHINE, type Person, startProduct } from './product.ts'
import { walkOf } from './walk.ts'

const product = await startProduct()
const GUIDE = 'rollout.md'

describe('the guide', () => {
  test('TPL-03 TPL-05 TPL-06 T-TPL-03 its commands bring site 4 up, see its drift, take it back, allow it, let that run out and follow a release', async () => {
    const place = await folder()
    const told = { HASH: '', DEVIATION: '', DAY: addDays(todayIn('Etc/UTC', new Date()), 120) }
    const at = (word: string) => told[word as keyof typeof told] ?? word.replace(/^\/tmp\//, `${place}/`)
    const begun = performance.now()
    let done = 0
    for (const { commands, writes } of walkOf(GUIDE, 'On the command line')) {
      if (writes) writeFileSync(at(writes.file), writes.text)
      for (const { words, code } of commands) {
        const line = words.join(' ')
        // The product of this test has loaded it.
        if (line === 'demo load') continue
        if (line.startsWith('template check')) editTemplate(join(place, 'our-template'))
        const ran = await inProcess([...words.map(at), '--json'], product.settings)
        expect(ran.code, `${line}: ${ran.out}${ran.err}`).toBe(code)
        const answer = ran.json()
        if (typeof answer.hash === 'string') told.HASH = answer.hash.slice(0, 12)
        if (typeof answer.deviation === 'string') told.DEVIATION = answer.deviation
        if (line.includes('--on DAY')) expect([answer.red].flat().join(' ')).toMatch(/drift|expired/)
        done++
      }
    }
    expect(done).toBeGreaterThan(18)
    expect(performance.now() - begun).toBeLessThan(10 * 60_000)
  })
})

/** What "edit them" stands for. */
function editTemplate(place: string): void {
  mkdirSync(dirname(place), { recursive: true })
  const edit = (file: string, from: string, to: string) => {
    const text = readFileSync(join(place, file), 'utf8')
    expect(text).toContain(from)
    writeFileSync(join(place, file), text.replace(from, to))
  }
  edit('template.yaml', 'version: 1.0.0', 'version: 1.1.0')
  edit('payment-terms.yaml', 'due: { from: invoice-date, days: 14 }', 'due: { from: invoice-date, days: 12 }')
}

/** Does a verb that asks for nothing from the page of a document, once its preview stands. */
async function act({ page }: Person, name: RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().click()
  await page.locator('form button[type=submit]:not([disabled])', { hasText: name }).click()
}

describe('the guide, by browser', ON_A_BUSY_MACHINE, () => {
  test('TPL-03 a new site is asked for by one, agreed to by another, comes up by itself and stands on the board of both', async () => {
    const code = `S${Date.now() % 100_000}`
    const wiebke = await product.person('wiebke')
    await wiebke.go('/rollout/board')
    await wiebke.page.getByRole('button', { name: /New site/ }).click()
    const wanted = {
      ...{ Code: code, Name: 'Site five', Currency: 'USD', Country: 'US' },
      ...{ 'Time zone': 'America/Chicago', Wave: '1', Owner: 'Rollout lead', Release: '1.0.0' },
    }
    for (const [label, value] of Object.entries(wanted)) {
      const field = wiebke.page.locator('#main').getByLabel(label, { exact: true })
      await field.fill(value)
    }
    await wiebke.page.getByText('What will happen').waitFor()
    await wiebke.page.getByRole('button', { name: /^Request/ }).click()
    await wiebke.page.getByRole('heading', { level: 1, name: /^NEW-/ }).waitFor()
    const number = (await wiebke.page.getByRole('heading', { level: 1 }).textContent()) ?? ''

    const yara = await product.person('yara')
    await yara.go(new URL(wiebke.page.url()).pathname)
    await act(yara, /^Approve/)
    await wiebke.page.locator('header [data-state=up]').waitFor()
    await wiebke.context.close()

    const again = await product.person('wiebke')
    await again.go('/rollout/board')
    await again.page.getByRole('row', { name: new RegExp(`${code}.*Site five`) }).waitFor()
    expect(number).toMatch(/^NEW-\d{4}-\d{5} /)
    await again.context.close()
    await yara.context.close()
  })
})
