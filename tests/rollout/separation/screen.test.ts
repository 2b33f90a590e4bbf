// Separation of duties as people use it: a role is simulated and asked for, waived, agreed to, and looked at again in a review.
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { seriousFindings } from '../../journeys/axe.ts'
import { ask, ON_A_BUSY_MACHINE, type Person, startProduct } from '../../journeys/product.ts'

const product = await startProduct()

afterAll(() => expect(product.complaints).toEqual([]))

/** A picture for whoever looks at the screens; only where a folder is named. */
const picture = async ({ page }: Person, name: string) => {
  const folder = process.env.TRADEWRIGHT_PICTURES
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: false })
}

/** Does a verb by its button: the panel opens beside it, looks first, and does it when one says so. */
async function doIt({ page }: Person, button: string, within: string, reason?: string) {
  await page.locator(within).getByRole('button', { name: button, exact: true }).click()
  const panel = page.getByRole('dialog', { name: button })
  await panel.waitFor()
  if (reason) await panel.getByRole('textbox').last().fill(reason)
  await panel.locator('button[type=submit]:not([disabled])').click()
  await panel.waitFor({ state: 'detached' })
}

async function simulate({ page }: Person, role: string) {
  await page.getByLabel('Role').selectOption({ label: role })
  await page.getByRole('status').filter({ hasText: role }).waitFor()
}

const askFor = async ({ page }: Person, reason: string): Promise<string> => {
  await page.getByLabel('Reason').fill(reason)
  await page.getByRole('button', { name: 'Ask for access' }).click()
  const told = page.getByText(/Request AR-\d+-\d+ is on its way/).first()
  await told.waitFor()
  return /AR-[\d-]+/.exec((await told.textContent()) ?? '')?.[0] ?? ''
}

describe('separation of duties', ON_A_BUSY_MACHINE, () => {
  test('SEC-05, SEC-12: a clerk sees what a role would break, asks for one that breaks nothing, and gets it from its owner', async () => {
    const ben = await product.person('ben')
    await ben.go('/separation?company=ALPHA')
    await simulate(ben, 'Credit officer')
    await ben.page.getByText('Who earns on the sale decides on its risk').waitFor()
    expect(await ben.page.locator('[data-waived=false]').count()).toBe(2)
    await ben.page.getByText('What could be given instead').waitFor()
    expect(await seriousFindings(ben.page)).toEqual([])
    await picture(ben, 'simulator')
    await simulate(ben, 'Pricing manager')
    await ben.page.getByText('Nothing stands against giving Ben Whitaker the role Pricing manager.').waitFor()
    const number = await askFor(ben, 'Dmitri is away in March')
    const leo = await product.person('leo')
    await leo.go('/separation?part=requests&company=ALPHA')
    const card = `[data-request="${number}"]`
    await leo.page.locator(card).getByText('Dmitri is away in March').waitFor()
    await picture(leo, 'requests')
    await doIt(leo, 'Approve', card)
    await leo.page.locator(card).waitFor({ state: 'detached' })
    await ben.go('/separation?part=requests&company=ALPHA')
    await ben.page.locator(card).getByText('Granted').waitFor()
  })

  test('SEC-05: what clashes is waived by the owner of the rule before it is given, and the days left are shown', async () => {
    const petra = await product.person('petra')
    await petra.go('/separation?company=BETA')
    await simulate(petra, 'Credit officer')
    const [earlier] = await ask<{ number: string; role: string }>(petra, '/api/rollout/my-access-requests?company=BETA')
    const number = earlier?.number ?? (await askFor(petra, 'Erin is ill'))
    await petra.page.getByRole('button', { name: 'Ask for a waiver' }).first().click()
    const form = petra.page.getByRole('form', { name: 'Ask for a waiver' })
    await form.getByLabel('Control in its place').fill('The controller reads every release on Friday')
    await form.getByLabel('Reason').fill('Erin is ill')
    await picture(petra, 'ask-waiver')
    if (earlier === undefined) {
      await form.getByRole('button', { name: 'Ask for a waiver' }).click()
      await petra.page
        .getByText(/Waiver AW-\d+-\d+ is asked for/)
        .first()
        .waitFor()
    }
    const erin = await product.person('erin')
    await erin.go('/separation?part=waivers&company=BETA')
    const waiver = '[data-waiver^=AW]'
    await erin.page.locator(waiver).getByText('The controller reads every release on Friday').waitFor()
    if (await erin.page.locator(waiver).getByRole('button', { name: 'Agree' }).isVisible())
      await doIt(erin, 'Agree', waiver)
    await erin.page
      .locator(waiver)
      .getByText(/\d+ days left/)
      .waitFor()
    await picture(erin, 'waivers')
    const leo = await product.person('leo')
    await leo.go('/separation?part=requests&company=BETA')
    const card = leo.page.locator(`[data-request="${number}"]`)
    await card.getByText(/Breaks SOD-10, SOD-24: needs a waiver/).waitFor()
    await card.getByRole('button', { name: 'Approve', exact: true }).click()
    await leo.page.locator('[data-code=SEPARATION_CONFLICT]').first().waitFor()
  })

  test('SEC-12: a review is opened, confirmed line by line by whoever decides about the roles, and tells what is undecided', async () => {
    const nils = await product.person('nils')
    await nils.go('/separation?part=reviews&company=ALPHA')
    const opened = await nils.page.evaluate(async () => {
      const documents = [
        { role: 'order-desk-clerk', endsOn: new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10) },
      ]
      const answer = await fetch('/api/rollout/access-review/open?company=ALPHA', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify({ documents }),
      })
      return await answer.json()
    })
    expect(opened.ids, JSON.stringify(opened)).toHaveLength(1)
    const carmen = await product.person('carmen')
    await carmen.go('/separation?part=reviews&company=ALPHA')
    await carmen.page.getByText(/grants are undecided/).waitFor()
    await carmen.page
      .getByRole('checkbox', { name: /Ana Delacroix/ })
      .first()
      .check()
    await picture(carmen, 'review')
    expect(await seriousFindings(carmen.page)).toEqual([])
    await doIt(carmen, 'Confirm', '#main')
    await carmen.page
      .getByRole('row', { name: /Ana Delacroix/ })
      .getByText('Confirmed')
      .first()
      .waitFor()
  })

  test('SEC-05: while a role is composed, what it would break is seen before it is anybody’s', async () => {
    const nils = await product.person('nils')
    await nils.go('/separation?part=compose&role=order-desk-clerk&company=ALPHA')
    await nils.page.getByText('The role Order desk clerk, composed like this, breaks no rule').waitFor()
    await nils.page.getByLabel('Add a permission').fill('order: release credit')
    await nils.page.getByRole('checkbox', { name: 'Sales order: Release credit' }).first().check()
    await nils.page.getByText('Who earns on the sale decides on its risk').first().waitFor()
    await nils.page.getByText('composed like this, breaks').waitFor()
    await picture(nils, 'compose')
    expect(await seriousFindings(nils.page)).toEqual([])
  })

  test('in German, in the dark and on a telephone everything stands in its place', async () => {
    const carmen = await product.person('carmen', { language: 'de', theme: 'dark', width: 390, height: 844 })
    for (const part of ['simulate', 'requests', 'waivers', 'reviews']) {
      await carmen.go(`/separation?part=${part}&company=ALPHA${part === 'simulate' ? '&role=credit-officer' : ''}`)
      await carmen.page.getByRole('heading', { name: 'Funktionstrennung' }).waitFor()
      await carmen.page.waitForTimeout(600)
      await picture(carmen, `phone-${part}`)
      const wider = await carmen.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(wider, part).toBeLessThanOrEqual(0)
      expect(await seriousFindings(carmen.page), part).toEqual([])
    }
  })
})
