// A picker with a scanner: by scans alone from list to truck, told at once when he is wrong, and without a line for a while.
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { seriousFindings } from './axe.ts'
import { filmOf } from './camera.ts'
import { ON_A_BUSY_MACHINE, startProduct } from './product.ts'
import { pickLine, type ScanLine, scan, sent } from './scanner.ts'

const product = await startProduct()

afterAll(() => expect(product.complaints).toEqual([]))

const ask = async <T>(page: Page, path: string): Promise<T> =>
  await page.evaluate(async (address) => (await fetch(address)).json(), path)

/** The lines of one list that is to be picked, in walking order. */
async function listToPick(page: Page): Promise<readonly ScanLine[]> {
  const { items } = await ask<{ items: ScanLine[] }>(page, '/api/warehouse/scan-lines?company=ALPHA')
  const first = items.find((line) => line.state === 'released' && line.picked === '0')
  return items.filter((line) => line.shipment_id === first?.shipment_id)
}

const picksOf = async (page: Page, shipment: string): Promise<readonly string[]> =>
  (
    await ask<{ items: { verb: string }[] }>(page, `/api/warehouse/shipment/${shipment}/history?company=ALPHA`)
  ).items.flatMap((one) => (one.verb === 'pick' ? [one.verb] : []))

/** Everything that the page needs without a line is on the device. */
const keptForOffline = (page: Page) =>
  expect
    .poll(
      () =>
        page.evaluate(async () => ({
          kept: document.documentElement.dataset.offline,
          workers: (await navigator.serviceWorker.getRegistrations()).map((one) => one.active?.state),
          controlled: navigator.serviceWorker.controller !== null,
        })),
      { timeout: 15_000 },
    )
    .toEqual({ kept: 'ready', workers: ['activated'], controlled: true })

describe('with a line', ON_A_BUSY_MACHINE, () => {
  test('a list is picked, packed and shipped by scans; a wrong scan stops, and nothing is recorded of it', async () => {
    const { page, go, context } = await product.person('felix', { width: 360, height: 640 })
    await go('/handheld')
    await page.locator('[data-task=pick]').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    const lines = await listToPick(page)
    const [first] = lines
    if (!first) throw new Error('the demo has no list to pick')
    await scan(page, 'SH-1999-000001')
    await page.locator('[data-wrong]').waitFor()
    await scan(page, first.shipment)
    await page.locator('[data-wrong]').waitFor({ state: 'detached' })
    await scan(page, 'NO-SUCH-BIN')
    await page.getByText(`This is NO-SUCH-BIN. You need bin ${first.location}.`).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await scan(page, first.location)
    await scan(page, '4006381333931')
    await page.getByText(/This is 4006381333931\. You need/).waitFor()
    await page.getByRole('button', { name: 'OK' }).click()
    expect(await page.locator('[data-queued]').count()).toBe(0)
    for (const line of lines) await pickLine(page, line)
    await page.getByRole('button', { name: `Pack ${first.shipment}` }).click()
    await page.getByRole('button', { name: `Ship ${first.shipment}` }).waitFor()
    await scan(page, '1Z999AA10123456784')
    expect(await page.getByLabel('Tracking: scan or type').inputValue()).toBe('1Z999AA10123456784')
    await page.getByRole('button', { name: `Ship ${first.shipment}` }).click()
    await sent(page)
    const shipped = await ask<{ state: string; tracking: string }>(
      page,
      `/api/warehouse/shipment/${first.shipment_id}?company=ALPHA`,
    )
    expect([shipped.state, shipped.tracking]).toEqual(['shipped', '1Z999AA10123456784'])
    await context.close()
  })

  test('a device without a scanner reads with its camera: what it looks at is taken once, and a wrong code stops', async () => {
    const small = { width: 360, height: 640 }
    const { page, context } = await product.person('felix', small)
    const [first] = await listToPick(page)
    if (!first) throw new Error('the demo has no list to pick')
    await context.close()
    const seeing = async (code: string) => {
      const person = await product.person('felix', { ...small, camera: filmOf(code, product.home) })
      await person.go('/handheld')
      await person.page.locator('[data-task=pick]').waitFor()
      await person.page.getByRole('button', { name: 'Scan with the camera' }).click()
      return person
    }
    const right = await seeing(first.shipment)
    await right.page.getByText(/^Line 1 of/).waitFor()
    expect(await seriousFindings(right.page)).toEqual([])
    // The list stays in the picture and is not what a bin is asked for: taken again it would be told as wrong.
    expect(await right.page.locator('[data-wrong]').count()).toBe(0)
    await right.context.close()
    const wrong = await seeing('SH-1999-000001')
    await wrong.page.locator('[data-wrong]').waitFor()
    await wrong.context.close()
  })
})

describe('without a line', ON_A_BUSY_MACHINE, () => {
  test('the handheld goes on, also after a reload, and each scan is done exactly once when the line is back', async () => {
    const { page, go, context } = await product.person('felix', { width: 360, height: 640 })
    await go('/handheld')
    await page.locator('[data-task=pick]').waitFor()
    await keptForOffline(page)
    const lines = await listToPick(page)
    const [first, ...rest] = lines
    if (!first) throw new Error('the demo has no second list to pick')
    // The first answer is lost on its way back: the server has done it, and the device cannot know.
    let lost = 0
    await context.route('**/api/warehouse/shipment/pick**', async (route) => {
      if (lost > 0) return await route.continue()
      lost += 1
      await route.fetch()
      await route.abort('connectionreset')
    })
    await scan(page, first.shipment)
    await page.getByText(`Line 1 of ${lines.length}`).waitFor()
    await context.setOffline(true)
    await page.locator('[data-line=off]').waitFor()
    await pickLine(page, first)
    await page.locator('[data-queued="1"]').waitFor()
    await page.reload()
    await page.locator('[data-queued="1"]').waitFor()
    await scan(page, first.shipment)
    for (const line of rest) await pickLine(page, line)
    await page.getByRole('button', { name: `Pack ${first.shipment}` }).click()
    await page.locator(`[data-queued="${lines.length + 1}"]`).waitFor()
    await context.setOffline(false)
    await sent(page)
    expect(lost).toBe(1)
    const after = await ask<{ state: string; lines: { picked: string; quantity: string }[] }>(
      page,
      `/api/warehouse/shipment/${first.shipment_id}?company=ALPHA`,
    )
    expect(after.state).toBe('packed')
    for (const line of after.lines) expect(line.picked).toBe(line.quantity)
    expect(await picksOf(page, first.shipment_id)).toHaveLength(lines.length)
    await context.close()
  })

  test('what cannot be done any more is told with what to do, and given up when one says so', async () => {
    const { page, go, context } = await product.person('felix', { width: 360, height: 640 })
    const hugo = await product.person('hugo')
    await go('/handheld')
    await page.locator('[data-task=pick]').waitFor()
    await keptForOffline(page)
    const [first] = await listToPick(page)
    if (!first) throw new Error('the demo has no third list to pick')
    await scan(page, first.shipment)
    await page.getByText(/^Line 1 of/).waitFor()
    await context.setOffline(true)
    await pickLine(page, first)
    await page.locator('[data-queued="1"]').waitFor()
    const cancelled = await hugo.page.evaluate(
      async (id) =>
        (
          await fetch('/api/warehouse/shipment/cancel?company=ALPHA', {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
            body: JSON.stringify({ ids: [id], reason: 'the customer called' }),
          })
        ).status,
      first.shipment_id,
    )
    expect(cancelled).toBe(200)
    await context.setOffline(false)
    await page.getByText('1 needs you').click()
    await page.locator('[data-refused=WRONG_STATE]').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('[data-refused=WRONG_STATE]').waitFor()
    await page.getByRole('button', { name: 'Give up' }).click()
    await sent(page)
    await context.close()
    await hugo.context.close()
  })

  test('goods are received by scan without anybody naming a cost', async () => {
    const { page, go, context } = await product.person('felix', { width: 360, height: 640 })
    await go('/handheld')
    const { items } = await ask<{ items: { code: string; tracking: string; state: string }[] }>(
      page,
      '/api/catalog/item?company=ALPHA&limit=50&filter[tracking]=none&filter[state]=active&filter[kind]=stock',
    )
    const item = items[0]
    if (!item) throw new Error('the demo has no item without lots')
    await page.locator('[data-task=receive]').click()
    const place = page.getByRole('button', { name: /^W1 / })
    if (await place.isVisible()) await place.click()
    await page.getByText('Scan what came in').waitFor()
    await scan(page, 'NOBODY-KNOWS-IT')
    await page.locator('[data-wrong]').waitFor()
    await scan(page, item.code)
    await page.locator('[data-code]').waitFor()
    await scan(page, item.code)
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[data-code] input')].some((one) => (one as HTMLInputElement).value === '2'),
    )
    await page.getByRole('button', { name: /^Receive 1 line/ }).click()
    await page.locator('[data-task=pick]').waitFor()
    await sent(page)
    const posted = await ask<{ items: { state: string }[] }>(page, '/api/warehouse/receipt?company=ALPHA&limit=1')
    expect(posted.items[0]?.state).toBe('posted')
    await context.close()
  })
})
