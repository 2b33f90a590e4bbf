// The goods of the world: what each item costs, how it is counted and tracked, and what may be sent in its place.
import type { Layer } from '../world.ts'

const CATEGORY = 'SCN'

/** P1 by the piece and the box of twelve; P2 in lots that expire; S1 with serial numbers; M1 by the metre. */
const ITEMS = [
  { code: 'P1', name: 'Product one', standardCost: '10', units: [{ unit: 'BOX', num: 12, den: 1 }] },
  { code: 'P2', name: 'Product two', standardCost: '5', tracking: 'lot' },
  { code: 'P1B', name: 'Product one, other make', standardCost: '10' },
  { code: 'P1N', name: 'Product one, new design', standardCost: '10' },
  { code: 'P3', name: 'Product three', standardCost: '10' },
  { code: 'S1', name: 'Device with serial number', standardCost: '60', tracking: 'serial' },
  { code: 'M1', name: 'Cable by the metre', standardCost: '1', baseUnit: 'M' },
] as const

/** Ten items that are alike, for crowds. */
const CROWD = Array.from({ length: 10 }, (_, at) => ({
  code: `Q${at + 1}`,
  name: `Crowd item ${at + 1}`,
  standardCost: '1',
}))

/** The enterprise's own: laid once, whatever company comes first. */
export async function layGoods(layer: Layer, ids: Record<string, string>): Promise<void> {
  await layer.create('catalog.category.create', [{ code: CATEGORY, name: 'Goods of the scenarios' }])
  const made = await layer.create(
    'catalog.item.create',
    [...ITEMS, ...CROWD].map((one) => ({ baseUnit: 'EA', category: CATEGORY, ...one })),
  )
  await layer.act('catalog.item.activate', made)
  for (const [at, one] of [...ITEMS, ...CROWD].entries()) ids[one.code] = made[at] ?? ''
  await layer.create('catalog.substitute.add', [
    { item: 'P1', substitute: 'P1B', rank: 1, priceRule: 'lower', needsConsent: true, twoWay: false },
  ])
}
