// The catalogue of the demo: items with their units, every name that they go by, and what may be sent instead.
import { multiplyDecimals, normaliseDecimal } from '#kernel/decimal'
import type { Desk } from '../desk.ts'
import { companiesIn, type DemoFiles, type Item } from '../files.ts'
import { MASTERS_DAY } from './parties.ts'

const STEWARD = 'maya'
/** Items are the enterprise's: they are entered once, from the first company. */
const HOME = 'ALPHA'

const doing = (key: string, company = HOME) => ({ company, by: STEWARD, day: MASTERS_DAY, key: `${key} ${company}` })

export async function loadItems(desk: Desk, files: DemoFiles): Promise<void> {
  const { ids } = await desk.create('catalog.item.create', doing('items'), files.items.map(itemOf))
  await desk.act('catalog.item.activate', doing('items activated'), ids)
  await desk.create('catalog.cross-reference.add', doing('numbers'), [
    ...files.items.map((one) => ({ scope: 'gtin', code: one.gtin, item: one.code, unit: one.base_unit })),
    ...files.crossReferences.flatMap((one) => referenceOf(files, one)),
  ])
  for (const company of ['ALPHA', 'BETA']) {
    const own = files.crossReferences.filter(
      (one) => one.kind === 'customer-part-number' && soldTo(files, one.scope) === company,
    )
    const input = own.map((one) => ({ scope: 'customer', party: one.scope, code: one.number, item: one.item }))
    if (input.length > 0) await desk.create('catalog.cross-reference.add', doing('customer numbers', company), input)
  }
  const substitutes = files.substitutes.map((one) => ({
    item: one.item,
    substitute: one.substitute,
    rank: Number(one.rank),
    priceRule: one.price_rule,
    needsConsent: one.needs_consent === 'yes',
    twoWay: one.two_way === 'yes',
  }))
  await desk.create('catalog.substitute.add', doing('substitutes'), substitutes)
}

function itemOf(one: Item): object {
  const factor = Number(one.sales_factor)
  return {
    code: one.code,
    name: one.name,
    category: one.family,
    class: one.class,
    baseUnit: one.base_unit,
    salesUnit: one.sales_unit,
    ...(one.sales_unit === one.base_unit ? {} : { units: [{ unit: one.sales_unit, num: factor, den: 1 }] }),
    tracking: one.tracking,
    taxClass: one.tax_category,
    standardCost: one.cost_usd,
    weightGrams: normaliseDecimal(multiplyDecimals(one.weight_kg, '1000')),
  }
}

type Reference = DemoFiles['crossReferences'][number]

/** Makers' numbers and our own old ones; those of customers belong to the company that sells to them. */
function referenceOf(files: DemoFiles, one: Reference): readonly object[] {
  switch (one.kind) {
    case 'manufacturer-part-number':
      // A maker's number is the maker's; where two makers use the same, it is his as our supplier.
      return files.crossReferences.some(
        (other) => other !== one && other.kind === one.kind && other.number === one.number,
      )
        ? [{ scope: 'supplier', party: one.scope, code: one.number, item: one.item }]
        : [{ scope: 'manufacturer', code: one.number, item: one.item }]
    case 'legacy-sku':
      return [{ scope: 'legacy', code: one.number, item: one.item }]
    default:
      return []
  }
}

const soldTo = (files: DemoFiles, customer: string): string | undefined =>
  companiesIn(files.customers.find((one) => one.code === customer)?.companies ?? '')[0]
