// The life of a local change as docs/user/rollout.md tells it for the web app: made, seen, asked for, refused, asked for again,
// granted, measured, and looked at for the day after its last, each step by whoever has the seat.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { addDays, todayIn } from '#kernel/dates'
import { ask, leave, type Person, startProduct } from './product.ts'

const product = await startProduct()
const G3 = '/rollout/gates?site=ALPHA&gate=G3'

const ACCOUNT = '1100'

/** The buttons that hands pressed, by what they say; the guide names each of them. */
const pressed = new Set<string>()

async function press({ page }: Person, name: string, within = page.locator('#main')): Promise<void> {
  // A button may show its key behind its name.
  await within
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .first()
    .click()
  pressed.add(name)
}

/** Presses the button of the panel that opened, once what it would do stands there. */
async function confirm({ page }: Person, name: string): Promise<void> {
  await page.locator('form button[type=submit]:not([disabled])', { hasText: name }).click()
}

/** Asks for the deviation from the drift itself. */
async function askFor(person: Person, until: string): Promise<void> {
  const { page } = person
  await press(person, 'Allow for a time')
  const form = page.locator('form', { has: page.getByRole('heading', { name: /^Allow for a time: / }) })
  const wanted = {
    ...{ Reason: 'The law of the state names it so', Risk: 'Two names for one account', Owner: 'Leo Marchetti' },
    ...{ 'Compensating control': 'Compared each month', 'Expires on': until },
  }
  for (const [label, value] of Object.entries(wanted)) await form.getByLabel(label).fill(value)
  await form.locator('button[type=submit]').click()
  await page.getByText('Asked for. The design authority decides.').first().waitFor()
}

/** The card of the deviation that waits, in the register. */
async function waiting({ page, go }: Person) {
  await go('/rollout/deviations')
  const card = page.locator('[data-standing=requested]', { hasText: `Account ${ACCOUNT}` })
  await card.waitFor()
  return card
}

/** Looks at the gate for a day: its verdict, and which criteria would turn. */
async function lookAhead(person: Person, day: string) {
  const { page } = person
  await page.getByLabel('As it would stand on').fill(day)
  await press(person, 'Look ahead')
  await page.waitForURL(new RegExp(`on=${day}`))
  const frame = page.locator(`[data-look-ahead][data-on="${day}"]`, { hasText: 'A look ahead, not a run' })
  await frame.waitFor()
  const turning = frame.getByRole('region', { name: 'What would turn' })
  const rows = turning.locator('tr[data-criterion]')
  return {
    frame,
    turning,
    verdict: await frame.getAttribute('data-look-ahead'),
    turns: await rows.evaluateAll((all) => all.map((one) => one.getAttribute('data-criterion'))),
  }
}

const runOf = async (person: Person): Promise<unknown> =>
  (await ask<{ gate: string; number: string }>(person, '/api/rollout/gates?company=ALPHA&site=ALPHA')).find(
    (one) => one.gate === 'G3',
  )?.number

// What was done at the first try would be in the way of a second.
describe('the guide, by browser, from a local change to a gate that refuses', () => {
  test('TPL-05 TPL-06 GOV-06 a local change is drift, is allowed for a time by another person, and on the day after its last the gate refuses and names it', async () => {
    const last = addDays(todayIn('Etc/UTC', new Date()), 45)
    const leo = await product.person('leo')
    await leo.go('/ledger/account')
    await leo.page.getByRole('grid').getByText(ACCOUNT, { exact: true }).click()
    await leo.page.getByRole('heading', { level: 1, name: ACCOUNT }).waitFor()
    await press(leo, 'Change')
    await leo.page.getByRole('dialog').getByLabel('Name').fill('Debtors')
    await confirm(leo, 'Change')
    await leo.page.getByText('Debtors').first().waitFor()
    await leave(leo)

    const wiebke = await product.person('wiebke')
    const { page, go } = wiebke
    await go('/rollout/drift?site=ALPHA')
    const object = page.getByRole('region', { name: `Account ${ACCOUNT}` })
    await object.waitFor()
    const told = (await object.locator('tbody tr').textContent()) ?? ''
    for (const part of ['Name', 'Accounts receivable', 'Debtors', 'Leo Marchetti', 'in the app'])
      expect(told).toContain(part)
    await askFor(wiebke, last)

    const yara = await product.person('yara')
    const first = await waiting(yara)
    await press(yara, 'Reject', first)
    await yara.page.getByLabel('Reason', { exact: true }).fill('Say which law')
    await confirm(yara, 'Reject')
    await first.waitFor({ state: 'detached' })
    await go('/rollout/drift?site=ALPHA')
    await object.waitFor()
    await askFor(wiebke, last)

    const mine = await waiting(wiebke)
    expect(await mine.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    const second = await waiting(yara)
    const number = (await second.getAttribute('data-deviation')) ?? ''
    await press(yara, 'Approve', second)
    await confirm(yara, 'Approve')
    await yara.page.locator(`[data-deviation="${number}"]:not([data-standing=requested])`).waitFor()
    await leave(yara)
    await go('/rollout/drift?site=ALPHA')
    await page.getByText('Nothing has drifted at ALPHA').waitFor()

    await go(G3)
    const before = await runOf(wiebke)
    await press(wiebke, 'Evaluate G3')
    await confirm(wiebke, 'Evaluate G3')
    for (const id of ['drift', 'deviations-expired'])
      await page.locator(`tr[data-criterion=${id}][data-verdict=green]`).waitFor()
    await expect.poll(() => runOf(wiebke)).not.toBe(before)
    const kept = await runOf(wiebke)

    // On its last day it holds; on the next it does not.
    const holds = await lookAhead(wiebke, last)
    expect(holds.turns).not.toEqual(expect.arrayContaining(['drift']))
    expect(holds.turns).not.toEqual(expect.arrayContaining(['deviations-expired']))
    const over = await lookAhead(wiebke, addDays(last, 1))
    expect(over.turns).toEqual(expect.arrayContaining(['drift', 'deviations-expired']))
    expect(over.verdict).toBe('refused')
    expect(await page.getByRole('button', { name: /^Evaluate/ }).count()).toBe(0)
    const drift = over.turning.locator('tr[data-criterion=drift]')
    expect(await drift.textContent()).toContain(`Account ${ACCOUNT} · Name (${number})`)
    const gone = over.turning.locator('tr[data-criterion=deviations-expired]')
    await gone.getByRole('link', { name: new RegExp(`^${number} holds until`) }).click()
    await page.getByRole('heading', { level: 1, name: number }).waitFor()
    await page.goBack()
    await page.getByRole('link', { name: 'Back to today' }).click()
    pressed.add('Back to today')
    await page.getByRole('button', { name: 'Evaluate G3' }).waitFor()
    expect(await runOf(wiebke)).toBe(kept)
    await leave(wiebke)
  })

  test('GOV-06 whoever may override but does not sit on the seat is refused, and the gate stays shut', async () => {
    const lotte = await product.person('lotte')
    await lotte.go(G3)
    await press(lotte, 'Override')
    await lotte.page.getByLabel('Reason', { exact: true }).fill('We are late')
    const refused = lotte.page.locator('[data-code=NOT_YOUR_SEAT]')
    await refused.waitFor()
    expect(await refused.textContent()).toContain('Arne Voss')
    expect(await lotte.page.locator('form button[type=submit]:not([disabled])').count()).toBe(0)
    const gates = await ask<{ gate: string; state: string }>(lotte, '/api/rollout/gates?company=ALPHA&site=ALPHA')
    expect(gates.find((one) => one.gate === 'G3')?.state).toBe('refused')
    await leave(lotte)
  })

  test('the guide names every button that was pressed', () => {
    const guide = readFileSync(new URL('../../docs/user/rollout.md', import.meta.url), 'utf8')
    const [, after = ''] = guide.split('\n## In the web app\n')
    const [own = ''] = after.split('\n## ')
    const named = new Set([...own.replaceAll('**', '').matchAll(/\*([^*\n]+)\*/g)].map(([, word]) => word))
    expect([...pressed].filter((one) => !named.has(one))).toEqual([])
    expect(pressed.size).toBeGreaterThan(6)
  })
})
