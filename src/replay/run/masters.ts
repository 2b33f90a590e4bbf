// Items, prices and customers, brought in through the verbs of their stewards before the first day.
import { sql } from '#kernel/db'
import type { PlannedCustomer, PlannedItem } from '../masters.ts'
import type { ReplayPlan } from '../plan.ts'
import { BACKORDER_RULE, CURRENCY } from './company.ts'
import { countryCode } from './countries.ts'
import { type Desk, type Doing, inChunks, REVIEWER } from './desk.ts'
import type { IdMaker } from './ids.ts'
import { RETURN_REASON } from './returns.ts'
import type { Survey } from './survey.ts'

const CATEGORY = 'GIFTWARE'
const LIST = 'LIST'
const TERM = 'NET30'
const TAXED = new Set(['United Kingdom', 'Unspecified'])
const TIME = '09:00:00'
const SET = 1000

/**
 * The margin under which an order waits for the sales manager, in percent. The cost is made up (rule S03), so the house
 * standard would hold every fourth order for a reason that nobody had; this one leaves the orders with a line at less
 * than half of the made-up cost.
 */
const MARGIN_FLOOR = '-100'

/** The class of the best customers, and the most that the template lets it have: the file knows no credit limits. */
const RISK_CLASS = 'low'
const CREDIT_LIMIT = '250000'

export type Masters = {
  /** Id of a customer, by key. */
  customers: ReadonlyMap<string, string>
  /** Id of an item, by code. */
  items: ReadonlyMap<string, string>
  /** Id of the delivery address of a customer in a country that is not his own, by `shipToKey`. */
  shipTos: ReadonlyMap<string, string>
}

/** The ids that masters have, whether they are there yet or not. */
export function masterIds(plan: ReplayPlan, survey: Survey, desk: Desk, ids: IdMaker): Masters {
  const at = desk.instant(plan.dates[0] ?? '', TIME)
  return {
    customers: new Map(plan.customers.map((one) => [one.key, ids('customer', one.key, at)])),
    items: new Map(plan.items.map((one) => [one.code, ids('item', one.code, at)])),
    shipTos: new Map(survey.abroad.map((key) => [key, ids('ship-to', key, at)])),
  }
}

/** Brings the masters in; every step has a key, so that what was done before a stop is not done twice. */
export async function bringMasters(
  plan: ReplayPlan,
  desk: Desk,
  masters: Masters,
  { ids, progress }: { ids: IdMaker; progress: (done: number, of: number) => void },
): Promise<void> {
  const day = plan.dates[0] ?? ''
  const of = plan.items.length * 2 + plan.customers.length
  let done = 0
  const bringing: Bringing = {
    desk,
    masters,
    ids,
    at: desk.instant(day, TIME),
    doing: (key, more = {}) => ({ day, time: TIME, key: `masters ${key}`, ...more }),
    advance: (count) => {
      done += count
      progress(done, of)
    },
  }
  progress(0, of)
  await bringItems(bringing, plan.items)
  await bringPrices(bringing, plan.items)
  await bringRules(bringing)
  await bringCustomers(bringing, plan.customers)
}

type Bringing = {
  desk: Desk
  masters: Masters
  ids: IdMaker
  at: Date
  doing: (key: string, more?: Partial<Doing>) => Doing
  advance: (count: number) => void
}

async function bringItems({ desk, masters, ids, at, doing, advance }: Bringing, items: readonly PlannedItem[]) {
  const category = ids('category', CATEGORY, at)
  await desk.create('catalog.category.create', doing('category'), [{ id: category, code: CATEGORY, name: 'Giftware' }])
  for (const [n, some] of inChunks(items, SET).entries()) {
    const input = some.map((one) => itemOf(one, masters, category))
    await desk.create('catalog.item.create', doing(`items ${n}`), input)
    const made = some.map((one) => masters.items.get(one.code) ?? '')
    await desk.act('catalog.item.activate', doing(`items activated ${n}`), made)
    advance(some.length)
  }
}

/** The median price of each item stands on the list; what a line was really sold for is given on the line. */
async function bringPrices({ desk, masters, ids, at, doing, advance }: Bringing, items: readonly PlannedItem[]) {
  const list = ids('list', LIST, at)
  await desk.create('pricing.list.create', doing('list'), [
    { id: list, code: LIST, name: 'Median prices of the year', currency: CURRENCY, byDefault: true },
  ])
  for (const [n, some] of inChunks(items, SET).entries()) {
    const input = some.flatMap((one) => {
      if (one.medianPrice === null) return []
      const item = masters.items.get(one.code) ?? ''
      const id = ids('condition', one.code, at)
      return [{ id, kind: 'list', list, item, currency: CURRENCY, method: 'price', amount: one.medianPrice }]
    })
    await desk.create('pricing.condition.add', doing(`prices ${n}`), input)
    advance(some.length)
  }
}

/** Why goods may come back, and from which margin on an order waits. */
async function bringRules({ desk, ids, at, doing }: Bringing) {
  const reason = {
    id: ids('reason', RETURN_REASON, at),
    code: RETURN_REASON,
    name: 'Cancelled; the source gives no reason',
    windowDays: 36_500,
    restockingPercent: '0',
    disposition: 'restock',
  }
  await desk.create('returns.reason.create', doing('return reason'), [reason])
  const floors = await desk.read(sql<{ id: string }>`select id from pricing.margin_floor
    where company_id = ${desk.companyId} and code = '' order by id`)
  const lower = doing('margin floor', { reason: 'The cost of the replay is made up.' })
  const general = floors.map((row) => row.id)
  await desk.act('pricing.margin-floor.change', lower, general, { percent: MARGIN_FLOOR })
}

/** Asked for by one and approved by another; with a credit account each, and addresses abroad where the source has them. */
async function bringCustomers({ desk, masters, doing, advance }: Bringing, customers: readonly PlannedCustomer[]) {
  const reason = 'The source knows no credit limits.'
  for (const [n, some] of inChunks(customers, SET).entries()) {
    const input = some.map((one) => customerOf(one, masters))
    await desk.create('party.customer.request', doing(`customers ${n}`), input)
    const asked = some.map((one) => masters.customers.get(one.key) ?? '')
    await desk.act('party.customer.approve', doing(`customers approved ${n}`, { by: REVIEWER }), asked)
    const accounts = asked.map((id) => ({ id }))
    await desk.create('credit.account.open', doing(`credit ${n}`), accounts)
    const graded = doing(`credit class ${n}`, { reason })
    await desk.act('credit.account.change-class', graded, asked, { riskClass: RISK_CLASS })
    const limited = doing(`credit limits ${n}`, { reason })
    await desk.act('credit.account.change-limit', limited, asked, { limit: CREDIT_LIMIT })
    advance(some.length)
  }
  const homes = new Map(customers.map((one) => [one.key, one]))
  const addresses = [...masters.shipTos].map(([key, id]) => shipToOf(id, key, homes, masters))
  await desk.create('party.ship-to.add', doing('addresses'), addresses)
}

function itemOf(one: PlannedItem, masters: Masters, category: string): object {
  return {
    id: masters.items.get(one.code) ?? '',
    code: one.code,
    name: one.description,
    category,
    kind: one.kind,
    baseUnit: 'EA',
    standardCost: one.cost ?? '0',
  }
}

const positionOf = (country: string): string => (TAXED.has(country) ? 'domestic' : 'export')

function customerOf(one: PlannedCustomer, masters: Masters): object {
  return {
    id: masters.customers.get(one.key) ?? '',
    code: one.key,
    // The file has no names. A customer is called by his number alone: a word that all share would make all alike.
    name: one.cash ? one.name : one.key,
    country: countryCode(one.country),
    term: TERM,
    taxPosition: positionOf(one.country),
    currency: CURRENCY,
    backorderRule: BACKORDER_RULE,
  }
}

function shipToOf(id: string, key: string, homes: ReadonlyMap<string, PlannedCustomer>, masters: Masters): object {
  const [customer = '', country = ''] = key.split('|')
  return {
    id,
    customer: masters.customers.get(customer) ?? '',
    code: `${customer}-${countryCode(country)}`,
    name: `${homes.get(customer)?.name ?? customer}, ${country}`,
    country: countryCode(country),
    taxPosition: positionOf(country),
  }
}
