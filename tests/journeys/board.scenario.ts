// The warehouse board: a wave of orders released after one preview for all, by keyboard, seen at once by somebody else.
import { afterAll, expect, test } from 'vitest'
import { seriousFindings } from './axe.ts'
import { startProduct } from './product.ts'

const product = await startProduct()

afterAll(() => expect(product.complaints).toEqual([]))

test('a wave is chosen and released by keyboard; the lists appear on another screen by themselves', async () => {
  const hugo = await product.person('hugo')
  const felix = await product.person('felix')
  await hugo.go('/warehouse')
  await felix.go('/warehouse')
  const waiting = hugo.page.locator('[data-stage=waiting] [role=option]')
  await waiting.first().waitFor()
  expect(await seriousFindings(hugo.page)).toEqual([])
  const before = await waiting.count()
  const lists = felix.page.locator('[data-stage=released] [role=option]')
  const released = await lists.count()
  await hugo.page.keyboard.press('j')
  await hugo.page.keyboard.press('x')
  await hugo.page.keyboard.press('j')
  await hugo.page.keyboard.press('x')
  await hugo.page.getByText('2 selected').waitFor()
  await hugo.page.keyboard.press('r')
  const panel = hugo.page.getByRole('dialog', { name: 'Release wave' })
  const said = (await panel.getByText(/pick lists? go/).textContent()) ?? ''
  const going = Number(/^\d+/.exec(said)?.[0] ?? '0')
  expect(going).toBeGreaterThan(0)
  expect(await waiting.count()).toBe(before)
  await panel.getByRole('button', { name: 'Release wave' }).click()
  await expect.poll(() => waiting.count(), { timeout: 15_000 }).toBe(before - going)
  await expect.poll(() => lists.count(), { timeout: 15_000 }).toBe(released + going)
  await hugo.context.close()
  await felix.context.close()
})

test('the papers of a shipment are printed from its page, and the board is clean in the dark and in German', async () => {
  const { page, go, context } = await product.person('hugo', { theme: 'dark', language: 'de' })
  await go('/warehouse')
  await page.locator('[data-stage=released] [role=option]').first().waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.locator('[data-stage=released] [role=option]').first().dblclick()
  await page.getByRole('button', { name: 'Drucken' }).click()
  const [opened] = await Promise.all([
    context.waitForEvent('request', (request) => request.url().includes('/paper/pick-list.pdf')),
    page.getByRole('menuitem', { name: 'Pickliste' }).click(),
  ])
  const answer = await page.request.get(opened.url())
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf'])
  await context.close()
})
