// A past for the world: a third company that has traded before, so that the database plans like one that is in use.
import { type readTemplate, setUpCompany } from '../../setup/index.ts'
import type { Layer } from '../world.ts'

export const PAST = {
  code: 'SCN-PAST',
  name: 'Past Trading',
  currency: 'USD',
  timeZone: 'Etc/UTC',
  country: 'US',
} as const

const ORDERS = 40
const SHIPPED = 20
const LINES = Array.from({ length: 10 }, (_, at) => ({ item: `Q${at + 1}`, quantity: '2' }))
const RECEIVED = LINES.map(({ item }) => ({ item, quantity: '500', unitCost: '1' }))

/** Sets the company up. */
export const setUpPast = (
  kernel: Layer['kernel'],
  template: ReturnType<typeof readTemplate>,
  months: { openFrom: string; openMonths: number },
  now: Date,
) => setUpCompany(kernel, template, { ...PAST, ...months, warehouses: [{ code: 'W9', name: 'Old house' }] }, { now })

/** Some orders in each state, their shipments, invoices and postings. Without rows, statistics cannot be made of them. */
export async function layPast(layer: Layer): Promise<void> {
  const [customer = ''] = await layer.create('party.customer.request', [
    { code: 'P-1', name: 'Vermilion Outfitters', country: 'US' },
  ])
  await layer.act('party.customer.approve', [customer])
  await layer.create('credit.account.open', [{ id: customer }])
  await layer.act('credit.account.change-class', [customer], { riskClass: 'low' }, 'Opening class')
  await layer.act('credit.account.change-limit', [customer], { limit: '200000' }, 'Opening limit')
  await layer.create('pricing.list.create', [{ code: 'OLD', name: 'Old list', currency: 'USD', byDefault: true }])
  await layer.create(
    'pricing.condition.add',
    LINES.map(({ item }) => ({ kind: 'list', list: 'OLD', item, currency: 'USD', method: 'price', amount: '2' })),
  )
  await layer.create('warehouse.receipt.receive', [{ warehouse: 'W9', kind: 'opening', lines: RECEIVED }])
  const orders = await layer.create(
    'sales.order.draft',
    Array.from({ length: ORDERS }, (_, at) => ({
      customer: 'P-1',
      warehouse: 'W9',
      reference: `OLD-${at + 1}`,
      lines: LINES,
    })),
  )
  await layer.act('sales.order.confirm', orders)
  const gone = orders.slice(0, SHIPPED).map((order) => ({ order }))
  const shipments = await layer.create('warehouse.shipment.release', gone)
  await layer.act('warehouse.shipment.ship', shipments)
  const invoices = await layer.create('receivables.invoice.issue', gone)
  await layer.create(
    'receivables.payment.receive',
    invoices.slice(0, SHIPPED / 2).map((invoice) => ({ customer: 'P-1', amount: '44', apply: [{ invoice }] })),
  )
}
