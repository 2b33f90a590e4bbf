// Two people talk about a document: one mentions the other, whose bell rises without a reload, and who opens what it tells.
import { afterAll, describe, expect, test } from 'vitest'
import { seriousFindings } from './axe.ts'
import { ask, leave, ON_A_BUSY_MACHINE, type Person, startProduct } from './product.ts'

const product = await startProduct('copy')

afterAll(() => expect(product.complaints).toEqual([]))

const bellOf = ({ page }: Person) => page.getByRole('button', { name: /^Waiting for you: \d+$/ })
const count = async (person: Person) =>
  Number(/\d+$/.exec((await bellOf(person).getAttribute('aria-label')) ?? '')?.[0] ?? -1)

describe('talk about a document', ON_A_BUSY_MACHINE, () => {
  test('a mention by keyboard raises the other’s bell, leads her there, and is read from then on', async () => {
    const [ana, ben] = await Promise.all([product.person('ana'), product.person('ben', { theme: 'dark' })])
    const [order] = await ask<{ number: string }>(ana, '/api/sales/order?company=ALPHA&limit=1')
    const number = order?.number ?? ''
    await bellOf(ben).waitFor()
    await expect.poll(() => count(ben)).toBeGreaterThanOrEqual(0)
    const before = await count(ben)

    await ana.go(`/sales/order/${number}`)
    const box = ana.page.getByLabel('Say something about it')
    const people = ana.page.getByRole('listbox', { name: 'People who may read this' })
    await box.pressSequentially('Please look, @Ben')
    await people.getByRole('option', { name: /^Ben / }).waitFor()
    expect(await seriousFindings(ana.page)).toEqual([])
    // Escape puts the list away and keeps the screen and the words; another @ opens it again.
    await ana.page.keyboard.press('Escape')
    await people.waitFor({ state: 'detached' })
    expect(await box.inputValue()).toBe('Please look, @Ben')
    await box.fill('Please look, ')
    await box.pressSequentially('@Whitakre')
    await people.getByRole('option', { name: /^Ben / }).waitFor()
    await ana.page.keyboard.press('ArrowDown')
    await ana.page.keyboard.press('ArrowUp')
    await ana.page.keyboard.press('Enter')
    expect(await box.inputValue()).toMatch(/^Please look, @Ben \S+ $/)
    await ana.page.keyboard.press('Control+Enter')
    await ana.page.locator('mark', { hasText: /^@Ben / }).waitFor()

    await expect.poll(() => count(ben), { timeout: 15_000 }).toBe(before + 1)
    await bellOf(ben).click()
    const told = ben.page.getByRole('link', { name: /mentioned you/ })
    await told.waitFor()
    expect(await seriousFindings(ben.page)).toEqual([])
    await told.click()
    await ben.page.getByRole('heading', { level: 1, name: new RegExp(number) }).waitFor()
    await ben.page.locator('mark', { hasText: /^@Ben / }).waitFor()
    await expect.poll(() => count(ben)).toBe(before)
    expect(await seriousFindings(ben.page)).toEqual([])

    // The page of notices has nothing unread, and all that was.
    await ben.go('/notices')
    await ben.page.getByRole('heading', { name: 'You have read everything' }).waitFor()
    expect(await seriousFindings(ben.page)).toEqual([])
    await ben.page.keyboard.press('2')
    await ben.page
      .getByRole('list', { name: 'Notices' })
      .getByRole('link', { name: /mentioned you/ })
      .waitFor()
    expect(await seriousFindings(ben.page)).toEqual([])
    await leave(ana, ben)
  })
})
