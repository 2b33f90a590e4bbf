// The pictures of the user guide are taken from the product itself: `TRADEWRIGHT_PICTURES=1` writes them, any other run
// proves that each screen of the guide still opens for the person who is said to use it, and that its pictures are there.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { screens } from '../../web/screens/index.ts'
import { type Person, startProduct } from './product.ts'

const GUIDE = new URL('../../docs/user/', import.meta.url)
const PICTURES = new URL('pictures/', GUIDE)
const WRITES = process.env.TRADEWRIGHT_PICTURES === '1'

type Picture = {
  readonly name: string
  readonly as: string
  readonly path: string
  /** What is done before the picture is taken. */
  readonly first?: (person: Person) => Promise<void>
  readonly width?: number
}

/** Opens the first document of a list. */
const openFirst = async ({ page }: Person) => {
  await page.locator('[role=row] a, [role=row] [role=gridcell]').nth(1).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.locator('#main h1').first().waitFor()
}

const pictures: readonly Picture[] = [
  { name: 'home', as: 'ana', path: '/' },
  { name: 'order-desk', as: 'ana', path: '/desk' },
  { name: 'orders', as: 'ana', path: '/sales/order' },
  { name: 'order', as: 'ana', path: '/sales/order', first: openFirst },
  { name: 'what-waits', as: 'carmen', path: '/work' },
  { name: 'credit-holds', as: 'erin', path: '/work?queue=credit' },
  { name: 'credit-accounts', as: 'erin', path: '/credit/account' },
  { name: 'stock', as: 'iris', path: '/stock' },
  { name: 'shipments', as: 'hugo', path: '/warehouse/shipment' },
  { name: 'receivables', as: 'jonas', path: '/finance/receivables' },
  { name: 'trial-balance', as: 'kira', path: '/finance/trial-balance' },
  { name: 'journal', as: 'kira', path: '/finance/journal' },
  { name: 'close', as: 'leo', path: '/finance/close' },
  { name: 'customers', as: 'maya', path: '/party/customer' },
  { name: 'duplicates', as: 'maya', path: '/party/duplicate' },
  { name: 'items', as: 'maya', path: '/catalog/item' },
  { name: 'companies', as: 'nils', path: '/company/company' },
]

const product = await startProduct()
if (WRITES) mkdirSync(PICTURES, { recursive: true })

afterAll(() => expect(product.complaints).toEqual([]))

describe.each(['light', 'dark'] as const)('the guide in %s', (theme) => {
  test.each(pictures)('$name opens for $as', async ({ name, as, path, first, width = 1280 }) => {
    const person = await product.person(as, { theme, width })
    await person.go(path)
    await first?.(person)
    // What is still loading is drawn as grey bars, which no reader of a guide should take for the screen.
    await person.page.waitForLoadState('networkidle')
    await person.page.waitForTimeout(WRITES ? 600 : 0)
    const words = (await person.page.locator('#main').innerText()).trim()
    expect(words.length, `${path} as ${as} shows nothing`).toBeGreaterThan(20)
    if (WRITES) await person.page.screenshot({ path: new URL(`${name}-${theme}.png`, PICTURES).pathname })
    else expect(existsSync(new URL(`${name}-${theme}.png`, PICTURES)), `docs/user/pictures/${name}-${theme}.png`).toBe(true)
    await person.context.close()
  })
})

describe('the guide', () => {
  const pages = readdirSync(GUIDE).filter((file) => file.endsWith('.md'))
  const text = pages.map((file) => readFileSync(new URL(file, GUIDE), 'utf8')).join('\n')

  test('shows every picture that is taken, and none that is not', () => {
    const shown = new Set([...text.matchAll(/pictures\/([\w-]+)-(?:light|dark)\.png/g)].map(([, name]) => name))
    expect([...shown].sort()).toEqual(pictures.map((one) => one.name).sort())
  })

  test('has a page for each role', () => {
    for (const role of ['order-desk', 'warehouse', 'credit', 'finance', 'steward', 'administrator'])
      expect(pages).toContain(`${role}.md`)
  })

  test('shows every screen that the navigation offers', () => {
    const taken = pictures.map((one) => one.path.replace(/\?.*/, ''))
    const offered = screens.filter((one) => one.nav && !one.path.includes('$')).map((one) => one.path)
    expect(offered.filter((path) => !taken.includes(path))).toEqual([])
  })
})
