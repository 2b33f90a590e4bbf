// The items and customers that the file implies: an item per code in upper case, a customer per id, a cash account per
// country.
import { decimalText, divideRounded, powerOfTen } from '#kernel/decimal'
import { isServiceCode, SERVICE_CODES } from './services.ts'
import { at, PRICE_SCALE, priceOf, quantityOf, type SourceTable, textAt } from './source.ts'

/**
 * An item to create before the first day. `medianPrice` and `cost` are pounds per piece without tax as decimal text;
 * both are synthesised or derived (rule S03), and null for a service or when the item never had a price.
 */
export interface PlannedItem {
  code: string
  description: string
  kind: 'stock' | 'service'
  medianPrice: string | null
  cost: string | null
  sourceCodes: string[]
}

/** A customer to create before the first day. Cash accounts are not customers of the file and are never counted so. */
export interface PlannedCustomer {
  key: string
  name: string
  country: string
  cash: boolean
}

/** Items and customers, and the way from a row to them. Items are numbered by the first appearance of their code. */
export interface Masters {
  items: PlannedItem[]
  customers: PlannedCustomer[]
  itemOf: (row: number) => number
  isService: (item: number) => boolean
  customerKeyOf: (row: number) => string
  /** The country in which the customer of a row is registered; a document may have another (rule R07). */
  homeCountryOf: (row: number) => string
  /** Whether the item carries any description on a line at a price (rule R05). */
  hasCatalogueName: (item: number) => boolean
  /** Whether the item carries this description (trimmed) on a line at a price. */
  isCatalogueName: (item: number, description: string) => boolean
}

/** The key of the cash account of a country. */
export function cashKey(country: string): string {
  return `${CASH_PREFIX}${country.toUpperCase()}`
}

/** Whether a customer key is that of a cash account. */
export function isCashKey(key: string): boolean {
  return key.startsWith(CASH_PREFIX)
}

/** Builds the masters from the whole file. */
export function buildMasters(table: SourceTable): Masters {
  const { itemCodes, itemOfCode } = foldCodes(table)
  const evidence = gatherEvidence(table, itemOfCode, itemCodes.length)
  const sourceCodes: string[][] = itemCodes.map(() => [])
  for (const [code, item] of itemOfCode.entries()) {
    sourceCodes[item]?.push(textAt(table.codes, code))
  }
  const items = itemCodes.map((code, item) => toItem(code, evidence[item], sourceCodes[item] ?? []))
  const services = Uint8Array.from(itemCodes, (code) => (isServiceCode(code) ? 1 : 0))
  const customers = buildCustomers(table)
  const homes = new Map(customers.map(({ key, country }) => [key, country]))
  return {
    items,
    customers,
    itemOf: (row) => at(itemOfCode, at(table.code, row)),
    isService: (item) => services[item] === 1,
    customerKeyOf: (row) => customerKeyOf(table, row),
    homeCountryOf: (row) => homes.get(customerKeyOf(table, row)) ?? '',
    hasCatalogueName: (item) => (evidence[item]?.names.size ?? 0) > 0,
    isCatalogueName: (item, description) => evidence[item]?.names.has(description) ?? false,
  }
}

const CASH_PREFIX = 'CASH-'
const CENT = powerOfTen(PRICE_SCALE - 2)
const COST_PERCENT = 55n

interface Evidence {
  /** Trimmed descriptions of priced lines with their number of lines, in order of appearance. */
  names: Map<string, number>
  /** Prices of ordinary sales with their number of lines. */
  prices: Map<bigint, number>
}

function foldCodes(table: SourceTable): { itemCodes: string[]; itemOfCode: Uint32Array } {
  const known = new Map<string, number>()
  const itemCodes: string[] = []
  const itemOfCode = Uint32Array.from(table.codes, (text) => {
    const code = text.trim().toUpperCase()
    const item = known.get(code) ?? itemCodes.length
    if (item === itemCodes.length) {
      known.set(code, item)
      itemCodes.push(code)
    }
    return item
  })
  return { itemCodes, itemOfCode }
}

function gatherEvidence(table: SourceTable, itemOfCode: Uint32Array, items: number): Evidence[] {
  const evidence = Array.from({ length: items }, (): Evidence => ({ names: new Map(), prices: new Map() }))
  const trimmed = table.descriptions.map((text) => text.trim())
  for (let row = 0; row < table.rows; row += 1) {
    const price = priceOf(table, row)
    const entry = evidence[at(itemOfCode, at(table.code, row))]
    if (price <= 0n || !entry) {
      continue
    }
    const name = textAt(trimmed, at(table.description, row))
    if (name !== '') {
      entry.names.set(name, (entry.names.get(name) ?? 0) + 1)
    }
    if (quantityOf(table, row) > 0n) {
      entry.prices.set(price, (entry.prices.get(price) ?? 0) + 1)
    }
  }
  return evidence
}

function toItem(code: string, evidence: Evidence | undefined, sourceCodes: string[]): PlannedItem {
  const name = mostFrequent(evidence?.names ?? new Map())
  const kind = isServiceCode(code) ? 'service' : 'stock'
  const median = lowerMedian(evidence?.prices ?? new Map())
  return {
    code,
    description: name ?? SERVICE_CODES.get(code) ?? `Item ${code}, never named at a price`,
    kind,
    medianPrice: median === null ? null : priceText(median),
    cost: kind === 'stock' ? priceText(costOf(median ?? 0n)) : null,
    sourceCodes,
  }
}

function costOf(median: bigint): bigint {
  const cents = divideRounded(median * COST_PERCENT, CENT * 100n, 'half-up')
  return (cents > 1n ? cents : 1n) * CENT
}

/** A price at PRICE_SCALE as text with the places it needs, at least two: '2.55', '0.001', '0.00'. */
export function priceText(units: bigint): string {
  const text = decimalText({ units, scale: PRICE_SCALE })
  const shortest = text.replace(/0+$/, '')
  const places = shortest.length - shortest.indexOf('.') - 1
  return places >= 2 ? shortest : text.slice(0, text.indexOf('.') + 3)
}

function mostFrequent(counts: ReadonlyMap<string, number>): string | null {
  let best: string | null = null
  let most = 0
  for (const [text, count] of counts) {
    if (count > most) {
      best = text
      most = count
    }
  }
  return best
}

function lowerMedian(counts: ReadonlyMap<bigint, number>): bigint | null {
  const sorted = [...counts].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
  const lines = sorted.reduce((sum, [, count]) => sum + count, 0)
  let left = Math.floor((lines + 1) / 2)
  for (const [price, count] of sorted) {
    left -= count
    if (left <= 0) {
      return price
    }
  }
  return null
}

function customerKeyOf(table: SourceTable, row: number): string {
  const customer = textAt(table.customers, at(table.customer, row))
  return customer === '' ? cashKey(textAt(table.countries, at(table.country, row))) : customer
}

function buildCustomers(table: SourceTable): PlannedCustomer[] {
  const countries = new Map<string, Map<string, number>>()
  for (let row = 0; row < table.rows; row += 1) {
    const key = customerKeyOf(table, row)
    const country = textAt(table.countries, at(table.country, row))
    const seen = countries.get(key) ?? new Map<string, number>()
    seen.set(country, (seen.get(country) ?? 0) + 1)
    countries.set(key, seen)
  }
  const customers = [...countries].map(([key, seen]) => {
    const country = mostFrequent(seen) ?? ''
    const cash = isCashKey(key)
    return { key, name: cash ? `Cash sales, ${country}` : `Customer ${key}`, country, cash }
  })
  return customers.sort((left, right) => (left.key < right.key ? -1 : 1))
}
