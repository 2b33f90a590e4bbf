// The pictures of the user guide are taken from the product itself: `TRADEWRIGHT_PICTURES=1` writes them, any other run
// proves that each screen of the guide still opens for the person who is said to use it, and that its pictures are there.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { ON_A_BUSY_MACHINE, type Person, startProduct } from './product.ts'

const GUIDE = new URL('../../docs/user/', import.meta.url)
const PICTURES = new URL('pictures/', GUIDE)
const WRITES = process.env.TRADEWRIGHT_PICTURES === '1'

type Picture = {
  readonly name: string
  readonly as: string
  readonly path: string
  /** What is done before the picture is taken. */
  readonly first?: (person: Person) => Promise<void>
}

/** Opens the newest order that was shipped in part or whole, so that its whole way shows. */
const openOrder = async ({ page, go }: Person) => {
  const shipments = await page.evaluate(async () =>
    (await fetch('/api/warehouse/shipment?company=ALPHA&filter[state]=shipped&limit=1')).json(),
  )
  await go(`/sales/order/${shipments.items[0].order}`)
}

const pictures: readonly Picture[] = [
  { name: 'home', as: 'ana', path: '/' },
  { name: 'order-desk', as: 'ana', path: '/desk' },
  { name: 'orders', as: 'ana', path: '/sales/order' },
  { name: 'order', as: 'ana', path: '/sales/order', first: openOrder },
  { name: 'what-waits', as: 'carmen', path: '/work' },
  { name: 'credit-holds', as: 'erin', path: '/work?queue=credit' },
  { name: 'credit-accounts', as: 'erin', path: '/credit/account' },
  { name: 'stock', as: 'iris', path: '/stock' },
  { name: 'warehouse-board', as: 'hugo', path: '/warehouse' },
  { name: 'handheld', as: 'felix', path: '/handheld' },
  { name: 'shipments', as: 'hugo', path: '/warehouse/shipment' },
  { name: 'receivables', as: 'jonas', path: '/finance/receivables' },
  { name: 'trial-balance', as: 'kira', path: '/finance/trial-balance' },
  { name: 'journal', as: 'kira', path: '/finance/journal' },
  { name: 'close', as: 'leo', path: '/finance/close' },
  { name: 'customers', as: 'maya', path: '/party/customer' },
  { name: 'duplicates', as: 'maya', path: '/party/duplicate' },
  { name: 'items', as: 'maya', path: '/catalog/item' },
  { name: 'companies', as: 'nils', path: '/company/company' },
  { name: 'dashboards', as: 'carmen', path: '/dashboards' },
  { name: 'consistency', as: 'olga', path: '/consistency' },
  { name: 'separation', as: 'leo', path: '/separation' },
  { name: 'sites', as: 'wiebke', path: '/rollout/board' },
  { name: 'drift', as: 'wiebke', path: '/rollout/drift' },
  { name: 'template', as: 'wiebke', path: '/rollout/template' },
  { name: 'gates', as: 'wiebke', path: '/rollout/gates' },
  { name: 'deviations', as: 'wiebke', path: '/rollout/deviations' },
  { name: 'fit-gap', as: 'wiebke', path: '/rollout/fit-gap' },
  { name: 'acceptance', as: 'wiebke', path: '/rollout/acceptance' },
  { name: 'governance', as: 'wiebke', path: '/rollout/governance' },
]

const product = await startProduct()
if (WRITES) mkdirSync(PICTURES, { recursive: true })

afterAll(() => expect(product.complaints).toEqual([]))

// Signing in is slow on purpose; each person does it once.
const people = new Map<string, Person>()
async function personOf(as: string, theme: 'light' | 'dark'): Promise<Person> {
  const known = people.get(`${as} ${theme}`) ?? (await product.person(as, { theme }))
  people.set(`${as} ${theme}`, known)
  return known
}

describe.each(WRITES ? (['light', 'dark'] as const) : (['light'] as const))('the guide in %s', (theme) => {
  test.each(pictures)('$name opens for $as', async ({ name, as, path, first }) => {
    const person = await personOf(as, theme)
    const { page } = person
    await person.go(path)
    await first?.(person)
    // What is still on its way is drawn as grey bars, which no reader of a guide should take for the screen.
    await page.waitForFunction(() => document.querySelector('#main output[aria-label]') === null)
    const words = (await page.locator('#main').innerText()).trim()
    expect(words.length, `${path} as ${as} shows nothing`).toBeGreaterThan(20)
    if (WRITES) {
      await page.waitForTimeout(1_500)
      await page.screenshot({ path: new URL(`${name}-${theme}.png`, PICTURES).pathname })
    }
    for (const kept of ['light', 'dark'])
      expect(
        existsSync(new URL(`${name}-${kept}.png`, PICTURES)) || WRITES,
        `docs/user/pictures/${name}-${kept}.png`,
      ).toBe(true)
  })
})

describe('the guide', ON_A_BUSY_MACHINE, () => {
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
    const registry = readFileSync(new URL('../../web/screens/index.ts', import.meta.url), 'utf8')
    const offered = [...registry.matchAll(/path: '([^'$]+)',(?:(?!path:)[\s\S])*?nav: /g)].map(([, path]) => path ?? '')
    expect(offered.length).toBeGreaterThan(5)
    expect(offered.filter((path) => !taken.includes(path))).toEqual([])
  })
})
