// Two people talk about a document: one mentions the other, whose bell rises without a reload; a file goes from one to the other and back.
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { seriousFindings } from './axe.ts'
import { ask, leave, ON_A_BUSY_MACHINE, type Person, startProduct } from './product.ts'

const product = await startProduct()

afterAll(() => expect(product.complaints).toEqual([]))

const bellOf = ({ page }: Person) => page.getByRole('button', { name: /^Waiting for you: \d+$/ })
const count = async (person: Person) =>
  Number(/\d+$/.exec((await bellOf(person).getAttribute('aria-label')) ?? '')?.[0] ?? -1)

/** Lets the next request through to the server and loses its answer. */
const cutOnce = ({ page }: Person, url: string) =>
  page.route(
    url,
    async (route) => {
      await route.fetch()
      await route.abort('failed')
    },
    { times: 1 },
  )

/** A file as it is dragged or copied. */
const carried = ({ page }: Person, name: string, text: string, type: string) =>
  page.evaluateHandle(
    ([called = '', held = '', as = '']) => {
      const transfer = new DataTransfer()
      const bytes = Uint8Array.from(held, (letter) => letter.charCodeAt(0))
      transfer.items.add(new File([bytes], called, { type: as }))
      return transfer
    },
    [name, text, type],
  )

/** Drops a file onto the box of comments. */
async function drop(person: Person, name: string, text: string): Promise<void> {
  const data = await carried(person, name, text, 'text/csv')
  const { page } = person
  const box = page.getByLabel('Say something about it')
  await box.dispatchEvent('dragover', { dataTransfer: data })
  await box.dispatchEvent('drop', { dataTransfer: data })
}

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(300_000, 'kettle '), Buffer.from('%%EOF\n')])
/** A name that would run if anything took it for what it looks like. */
const NAME = '<img src=x onerror=alert(1)> "offer".pdf'

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
    // The answer is lost on its way back; the same words are sent again under the same key, and said once.
    await cutOnce(ana, '**/comments?*')
    await ana.page.keyboard.press('Control+Enter')
    await ana.page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
    await ana.page.getByRole('alert').waitFor({ state: 'detached' })
    await expect.poll(() => ana.page.locator('mark', { hasText: /^@Ben / }).count()).toBe(1)
    // She has had enough of answers here, and thinks better of it.
    await ana.page.getByRole('button', { name: 'Stop telling me of answers' }).click()
    await ana.page.getByText('You are not told of answers here').waitFor()
    await ana.page.getByRole('button', { name: 'Tell me again' }).click()
    await ana.page.getByText('You are not told of answers here').waitFor({ state: 'detached' })

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

    // The page of notices, by the palette, has nothing unread, and all that was.
    await ben.page.keyboard.press('Control+k')
    await ben.page.getByRole('combobox', { name: 'Search and commands' }).fill('notices')
    await ben.page.getByRole('option', { name: 'Notices' }).waitFor()
    await ben.page.keyboard.press('Enter')
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

  test('a file is brought once, seen by the other without a reload, had byte for byte, and taken back with a reason', async () => {
    const [ana, ben] = await Promise.all([product.person('ana', { theme: 'dark' }), product.person('ben')])
    const [order] = await ask<{ number: string }>(ana, '/api/sales/order?company=ALPHA&limit=1')
    await Promise.all([ana, ben].map(({ go }) => go(`/sales/order/${order?.number}`)))
    const history = ({ page }: Person) => page.getByRole('region', { name: 'History' })
    const choose = (name: string, buffer: Buffer) =>
      ana.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/pdf', buffer })

    // By keyboard the button opens the browser's own choice of files.
    const chooser = ana.page.waitForEvent('filechooser')
    await ana.page.getByRole('button', { name: 'Attach files' }).focus()
    await ana.page.keyboard.press('Enter')
    await cutOnce(ana, '**/api/attachments?*')
    await (await chooser).setFiles({ name: NAME, mimeType: 'application/pdf', buffer: PDF })
    const alert = history(ana).getByRole('alert')
    await alert.getByRole('button', { name: 'Try again' }).click()
    await alert.waitFor({ state: 'detached' })
    await history(ana).getByRole('link', { name: NAME }).waitFor()
    expect(await history(ana).getByRole('link', { name: NAME }).count()).toBe(1)

    const link = history(ben).getByRole('link', { name: NAME })
    await link.waitFor({ timeout: 15_000 })
    const [download] = await Promise.all([ben.page.waitForEvent('download'), link.click()])
    expect(readFileSync(await download.path()).equals(PDF)).toBe(true)
    expect(await history(ben).getByRole('button', { name: 'Take back' }).count()).toBe(0)

    // What lies about itself is refused in words, and put away.
    await choose('really.pdf', Buffer.from('MZ this is a program'))
    await history(ana).locator('[data-code=ATTACHMENT_NOT_AS_NAMED]').waitFor()
    expect(await seriousFindings(ana.page)).toEqual([])
    await history(ana).getByRole('button', { name: 'Leave it' }).click()

    // A picture out of the clipboard, which has no name of its own.
    const cut = await carried(ana, 'image.png', '\u0089PNG\r\n\u001a\n', 'image/png')
    await ana.page.evaluate((clipboardData) => {
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, cut)
    await history(ana)
      .getByRole('link', { name: /^Pasted \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/ })
      .waitFor()

    await drop(ana, 'dropped.csv', 'item;quantity')
    await history(ben).getByRole('link', { name: 'dropped.csv' }).waitFor({ timeout: 15_000 })
    await history(ana).getByRole('listitem').filter({ hasText: 'dropped.csv' }).getByRole('button').click()
    await ana.page.getByLabel('Why').fill('the wrong list')
    expect(await seriousFindings(ana.page)).toEqual([])
    await ana.page.keyboard.press('Enter')
    await history(ben).getByText('the wrong list').waitFor({ timeout: 15_000 })
    expect(await history(ben).getByRole('link', { name: 'dropped.csv' }).count()).toBe(0)
    expect(await seriousFindings(ben.page)).toEqual([])
    await leave(ana, ben)
  })
})
