// The prices of the world: one list a company, and the opening stock that is sold from.
import type { Layer } from '../world.ts'

const LIST = [
  { item: 'P1', price: '20' },
  { item: 'P2', price: '9' },
  { item: 'P1B', price: '22' },
  { item: 'P1N', price: '20' },
  { item: 'P3', price: '20' },
  { item: 'S1', price: '100' },
  { item: 'M1', price: '2' },
  ...Array.from({ length: 10 }, (_, at) => ({ item: `Q${at + 1}`, price: '2' })),
]

const CURRENCY: Readonly<Record<string, string>> = { ALPHA: 'USD', BETA: 'EUR' }

const OPENING = [
  { warehouse: 'W1', quantity: '100' },
  { warehouse: 'W2', quantity: '40' },
] as const

/** The list prices; ALPHA sells to a customer in euro too, at the same figures. */
export async function layPrices(layer: Layer, ids: Record<string, string>): Promise<void> {
  const { code } = layer.company
  const own = CURRENCY[code] ?? 'USD'
  const [list = ''] = await layer.create('pricing.list.create', [
    { code: 'LIST', name: 'List', currency: own, byDefault: true },
  ])
  ids[`${code}/LIST`] = list
  await layer.create(
    'pricing.condition.add',
    LIST.map((one) => ({
      kind: 'list',
      list: 'LIST',
      item: one.item,
      currency: own,
      method: 'price',
      amount: one.price,
    })),
  )
  if (code !== 'ALPHA') return
  await layer.create(
    'warehouse.receipt.receive',
    OPENING.map(({ warehouse, quantity }) => ({
      warehouse,
      kind: 'opening',
      lines: [{ item: 'P1', quantity, unitCost: '10' }],
    })),
  )
}
