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
  const doing = (key: string, more: Partial<Doing> = {}): Doing => ({ day, time: TIME, key: `masters ${key}`, ...more })
  const of = plan.items.length * 2 + plan.customers.length
  let done = 0
  const advance = (count: number) => {
    done += count
    progress(done, of)
  }
  progress(0, of)
  const at = desk.instant(day, TIME)
  const category = ids('category', CATEGORY, at)
  await desk.create('catalog.category.create', doing('category'), [{ id: category, code: CATEGORY, name: 'Giftware' }])
  for (const [n, some] of inChunks(plan.items, SET).entries()) {
    await desk.create(
      'catalog.item.create',
      doing(`items ${n}`),
      some.map((one) => itemOf(one, masters, category)),
    )
    await desk.act(
      'catalog.item.activate',
      doing(`items activated ${n}`),
      some.map((one) => masters.items.get(one.code) ?? ''),
    )
    advance(some.length)
  }
  const list = ids('list', LIST, at)
  await desk.create('pricing.list.create', doing('list'), [
    { id: list, code: LIST, name: 'Median prices of the year', currency: CURRENCY, byDefault: true },
  ])
  for (const [n, some] of inChunks(plan.items, SET).entries()) {
    const priced = some.filter((one) => one.medianPrice !== null)
    const input = priced.map((one) => ({
      id: ids('condition', one.code, at),
      kind: 'list',
      list,
      item: masters.items.get(one.code) ?? '',
      currency: CURRENCY,
      method: 'price',
      amount: one.medianPrice ?? '0',
    }))
    await desk.create('pricing.condition.add', doing(`prices ${n}`), input)
    advance(some.length)
  }
  await desk.create('returns.reason.create', doing('return reason'), [
    {
      id: ids('reason', RETURN_REASON, at),
      code: RETURN_REASON,
      name: 'Cancelled; the source gives no reason',
      windowDays: 36_500,
      restockingPercent: '0',
      disposition: 'restock',
    },
  ])
  await lowerMarginFloor(desk, doing('margin floor', { reason: 'The cost of the replay is made up.' }))
  for (const [n, some] of inChunks(plan.customers, SET).entries()) {
    await desk.create(
      'party.customer.request',
      doing(`customers ${n}`),
      some.map((one) => customerOf(one, masters)),
    )
    const asked = some.map((one) => masters.customers.get(one.key) ?? '')
    await desk.act('party.customer.approve', doing(`customers approved ${n}`, { by: REVIEWER }), asked)
    await desk.create(
      'credit.account.open',
      doing(`credit ${n}`),
      asked.map((id) => ({ id })),
    )
    const reason = 'The source knows no credit limits.'
    await desk.act('credit.account.change-class', doing(`credit class ${n}`, { reason }), asked, {
      riskClass: RISK_CLASS,
    })
    const limit = doing(`credit limits ${n}`, { reason })
    await desk.act('credit.account.change-limit', limit, asked, { limit: CREDIT_LIMIT })
    advance(some.length)
  }
  const homes = new Map(plan.customers.map((one) => [one.key, one]))
  await desk.create(
    'party.ship-to.add',
    doing('addresses'),
    [...masters.shipTos].map(([key, id]) => shipToOf(id, key, homes, masters)),
  )
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

async function lowerMarginFloor(desk: Desk, doing: Doing): Promise<void> {
  const rows = await desk.read(sql<{ id: string }>`select id from pricing.margin_floor
    where company_id = ${desk.companyId} and code = '' order by id`)
  await desk.act(
    'pricing.margin-floor.change',
    doing,
    rows.map((row) => row.id),
    { percent: MARGIN_FLOOR },
  )
}
