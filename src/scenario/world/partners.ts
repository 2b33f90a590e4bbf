// The partners of the world: each customer stands for one way of buying that scenarios speak of.
import type { Layer } from '../world.ts'

type Customer = {
  readonly code: string
  readonly name: string
  readonly limit: string
  readonly [field: string]: string | number | boolean
}

/** Names are unlike each other, so that nobody is taken for somebody else. */
const CUSTOMERS: Readonly<Record<string, readonly Customer[]>> = {
  ALPHA: [
    { code: 'C1', name: 'Northwind Hardware', limit: '5000' },
    { code: 'C2', name: 'Kessel Bridgeworks', limit: '50000', class: 'key' },
    { code: 'C3', name: 'Umbra Lighting', limit: '50000', class: 'small', consentsToSubstitutes: true },
    { code: 'C4', name: 'Figwood Joinery', limit: '50000', backorderRule: 'BO-220' },
    { code: 'C5', name: 'Ostrava Motors', limit: '50000', backorderRule: 'BO-400' },
    { code: 'C6', name: 'Quill and Partner', limit: '50000', backorderRule: 'BO-510' },
    { code: 'C7', name: 'Meridian Dairy', limit: '50000', minRemainingLifeDays: 60 },
    { code: 'C8', name: 'Tiny Tinsmith', limit: '100', taxPosition: 'export' },
    { code: 'C9', name: 'Zephyr Kites', limit: '0', term: 'PREPAID' },
    { code: 'C10', name: 'Lyon Outillage', limit: '50000', currency: 'EUR' },
    { code: 'C11', name: 'Havel Gastro', limit: '10000' },
    { code: 'C12', name: 'Pemberton Yachts', limit: '10000' },
    { code: 'C13', name: 'Bluebell Schools', limit: '50000', term: '2-10-NET30' },
    { code: 'C14', name: 'Jarrow Shipyard', limit: '50000', invoicePolicy: 'monthly' },
    { code: 'C15', name: 'Drummond Estates', limit: '50000', group: 'TRADE' },
    { code: 'C16', name: 'Castaway Stores', limit: '50000', class: 'small' },
    { code: 'C17', name: 'Universal Wholesale', limit: '75000' },
  ],
  BETA: [{ code: 'B1', name: 'Havelland Werkzeug', limit: '50000' }],
}

const COUNTRY: Readonly<Record<string, string>> = { ALPHA: 'US', BETA: 'DE' }

/** Customers with credit and one ship-to each, and the supplier; let in by the program, which asks nobody. */
export async function layPartners(layer: Layer, ids: Record<string, string>): Promise<void> {
  const { code: company } = layer.company
  const country = COUNTRY[company] ?? 'US'
  const customers = CUSTOMERS[company] ?? []
  const made = await layer.create(
    'party.customer.request',
    customers.map(({ limit: _, ...one }) => ({ ...one, country, city: `Town of ${one.name}` })),
  )
  await layer.act('party.customer.approve', made)
  const places = await layer.create(
    'party.ship-to.add',
    customers.map((one) => ({ customer: one.code, code: 'MAIN', name: `${one.name}, gate`, country })),
  )
  await layer.create(
    'credit.account.open',
    made.map((id) => ({ id })),
  )
  await layer.act('credit.account.change-class', made, { riskClass: 'standard' }, 'Opening class')
  for (const [at, one] of customers.entries()) {
    ids[one.code] = made[at] ?? ''
    ids[`${one.code}/MAIN`] = places[at] ?? ''
    if (one.limit === '0') continue
    await layer.act('credit.account.change-limit', [made[at] ?? ''], { limit: one.limit }, 'Opening limit')
  }
  if (company !== 'ALPHA') return
  const [supplier = ''] = await layer.create('party.supplier.request', [
    { code: 'V1', name: 'Granite Foundry', country, leadTimeDays: 7 },
  ])
  await layer.act('party.supplier.approve', [supplier])
  ids.V1 = supplier
}
