// The demo enterprise agrees with itself and with the template: nothing it names is missing, and its people may do what its stories say.
import { describe, expect, test } from 'vitest'
import {
  type Block,
  block,
  blocks,
  cell,
  column,
  days,
  missing,
  repeated,
  rows,
  tenThousandths,
  texts,
  yaml,
} from './read.ts'

const items = new Map(rows('demo/items.csv').map((row) => [cell(row, 'code'), row]))
const customers = new Map(rows('demo/customers.csv').map((row) => [cell(row, 'code'), row]))
const suppliers = column(rows('demo/suppliers.csv'), 'code')
const units = new Map(rows('units.csv').map((row) => [cell(row, 'code'), row]))
const families = column(rows('item-taxonomy.csv'), 'code')
const terms = new Map(blocks(yaml('payment-terms.yaml').terms).map((one) => [String(one.code), one]))
const roles = new Map(
  blocks(yaml('roles.yaml').roles).map((one) => [String(one.role), new Set(texts(one.permissions))]),
)
const enterprise = yaml('demo/enterprise.yaml')
const warehouses = new Map(blocks(enterprise.warehouses).map((one) => [String(one.code), one]))
const users = new Map(blocks(yaml('demo/users.yaml').users).map((one) => [String(one.user), one]))
const duplicates = blocks(yaml('demo/planted-duplicates.yaml').pairs)
const approvers = new Set(
  blocks(yaml('approval-matrix.yaml').kinds).flatMap((kind) =>
    blocks(kind.steps).flatMap((step) => texts(step.approvers)),
  ),
)
const stories = blocks(yaml('demo/stories.yaml').stories)
const opening = rows('demo/opening-stock.csv')
const sells = (code: string, company: unknown): boolean =>
  cell(items.get(code), 'companies').split(';').includes(String(company))

/** Whether the last digit of a GTIN-13 is right (GS1 General Specifications, section 7.9). */
function gtinIsRight(gtin: string): boolean {
  const sum = [...gtin].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return /^\d{13}$/.test(gtin) && sum % 10 === 0
}

describe('the demo catalogue', () => {
  test('has 360 items with names of their own, right GTINs, families, units and suppliers that exist', () => {
    expect(items.size).toBe(360)
    expect(repeated([...items.values()].map((row) => cell(row, 'name')))).toEqual([])
    expect(repeated([...items.values()].map((row) => cell(row, 'gtin')))).toEqual([])
    for (const [code, row] of items) {
      expect(gtinIsRight(cell(row, 'gtin')), code).toBe(true)
      expect(families, code).toContain(cell(row, 'family'))
      expect(units.has(cell(row, 'base_unit')) && units.has(cell(row, 'sales_unit')), code).toBe(true)
      expect(suppliers, code).toContain(cell(row, 'supplier'))
      expect(Number(cell(row, 'sales_factor')) >= 1 && Number.isInteger(Number(cell(row, 'sales_factor'))), code).toBe(
        true,
      )
      expect(tenThousandths(cell(row, 'cost_usd')) < tenThousandths(cell(row, 'list_price_usd')), code).toBe(true)
    }
  })

  test('PRC-02 every price belongs to an item that the company sells, and each item has one standard price a company', () => {
    const lists = new Map(rows('demo/price-lists.csv').map((row) => [cell(row, 'code'), row]))
    const prices = new Map(
      rows('demo/price-list-items.csv').map((row) => [`${cell(row, 'list')} ${cell(row, 'item')}`, row]),
    )
    expect(prices.size).toBe(rows('demo/price-list-items.csv').length)
    for (const [key, row] of prices) {
      const list = lists.get(cell(row, 'list'))
      expect(sells(cell(row, 'item'), list?.company), key).toBe(true)
      expect(cell(row, 'unit'), key).toBe(items.get(cell(row, 'item'))?.base_unit)
      if (list?.percent !== '-10') continue
      const base = tenThousandths(cell(prices.get(`${list.based_on} ${cell(row, 'item')}`), 'price'))
      const step = base * 9n < 50_000n ? 1n : 100n // four decimals below 0.50, two from there on
      expect(tenThousandths(cell(row, 'price')), key).toBe(((base * 9n * 2n + step * 10n) / (step * 20n)) * step)
    }
    for (const [company, list] of [
      ['ALPHA', 'STD-USD'],
      ['BETA', 'STD-EUR'],
    ])
      expect([...items.keys()].filter((code) => sells(code, company) !== prices.has(`${list} ${code}`))).toEqual([])
  })

  test('PRC-13 contracts, breaks, discounts, promotions and substitutes name what exists, and no contract price is given twice', () => {
    const contracts = rows('demo/contracts.csv')
    for (const row of contracts) {
      expect(
        sells(cell(row, 'item'), row.company) &&
          cell(customers.get(cell(row, 'customer')), 'companies').includes(cell(row, 'company')),
      ).toBe(true)
      expect(Number(row.valid_from_days)).toBeLessThan(Number(row.valid_to_days))
    }
    expect(repeated(contracts.map((row) => `${row.customer} ${row.company} ${row.item}`))).toEqual([])
    for (const file of ['demo/quantity-breaks.csv', 'demo/promotions.csv', 'demo/group-discounts.csv'])
      for (const row of rows(file)) {
        expect(
          row.item ? items.has(row.item) : families.has(cell(row, 'family')),
          `${file} ${row.family}${row.item}`,
        ).toBe(true)
        expect(tenThousandths(cell(row, 'percent'))).toBeLessThan(0n)
      }
    for (const row of rows('demo/substitutes.csv'))
      expect(missing([cell(row, 'item'), cell(row, 'substitute')], new Set(items.keys()))).toEqual([])
  })

  test('MDM-06 a part number is unique in its scope and leads to an item', () => {
    const references = rows('demo/cross-references.csv')
    expect(repeated(references.map((row) => `${row.kind} ${row.scope} ${row.number}`))).toEqual([])
    expect(missing(column(references, 'item'), new Set(items.keys()))).toEqual([])
    const scopes = new Set([...customers.keys(), ...suppliers, 'ALPHA', 'BETA'])
    expect(missing(column(references, 'scope'), scopes)).toEqual([])
  })

  test('INV-08 opening stock is tracked as the item is, whole, in a warehouse of a company that sells it; a serial number stands once', () => {
    const serials = opening.filter((row) => row.serial).map((row) => `${row.item} ${row.serial}`)
    expect(repeated(serials)).toEqual([])
    for (const row of opening) {
      const item = items.get(cell(row, 'item'))
      expect([row.lot !== '', row.serial !== ''], row.item).toEqual([
        item?.tracking === 'lot',
        item?.tracking === 'serial',
      ])
      expect(row.expiry_days !== '', row.item).toBe(item?.expiry === 'yes')
      expect(sells(cell(row, 'item'), warehouses.get(cell(row, 'warehouse'))?.company), row.item).toBe(true)
      expect(/^[1-9]\d*$/.test(cell(row, 'quantity')) && (!row.serial || row.quantity === '1'), row.item).toBe(true)
      expect(row.location !== '', row.item).toBe(warehouses.get(cell(row, 'warehouse'))?.bins === true)
    }
  })
})

describe('the demo customers and people', () => {
  test('there are 240 customers whose terms, class, parent and limit the template knows', () => {
    expect(customers.size).toBe(240)
    const risks = new Map(blocks(yaml('credit-policy.yaml')['risk-classes']).map((one) => [String(one.class), one]))
    for (const [code, row] of customers) {
      const risk = risks.get(cell(row, 'risk_class'))
      expect(terms.has(cell(row, 'payment_term')), code).toBe(true)
      expect(texts(risk?.terms), code).toContain(row.payment_term)
      const most = String(block(risk?.['limit-max'])[cell(row, 'credit_currency')])
      expect(
        tenThousandths(cell(row, 'credit_limit')) <= tenThousandths(most),
        `${code} ${row.credit_limit} ${most}`,
      ).toBe(true)
      expect(row.parent === '' || customers.has(cell(row, 'parent')), code).toBe(true)
      expect(row.email?.endsWith('.example'), code).toBe(true)
    }
    expect(repeated([...customers.values()].map((row) => cell(row, 'name')))).toEqual([])
  })

  test('MDM-05 every customer has an open ship-to, and some are closed on purpose', () => {
    const shipTos = rows('demo/ship-tos.csv')
    expect(
      missing(
        customers.keys(),
        column(
          shipTos.filter((row) => row.active === 'yes'),
          'customer',
        ),
      ),
    ).toEqual([])
    expect(missing(column(shipTos, 'customer'), new Set(customers.keys()))).toEqual([])
    expect(shipTos.filter((row) => row.active === 'no' && row.reason).length).toBeGreaterThanOrEqual(3)
    expect(missing(column(rows('demo/tax-exemptions.csv'), 'customer'), new Set(customers.keys()))).toEqual([])
  })

  test('MDM-01 planted duplicates share something with the customer that they look like, and no story uses a blocked one', () => {
    for (const pair of duplicates.filter((one) => one.expect === 'blocked')) {
      const [one, other] = [customers.get(String(pair.customer)), customers.get(String(pair['looks-like']))]
      expect(
        ['tax_id', 'phone', 'street'].some((name) => cell(one, name) !== '' && one?.[name] === other?.[name]),
        String(pair.customer),
      ).toBe(true)
    }
    const blocked = new Set(duplicates.map((one) => String(one.customer)))
    expect(stories.flatMap((story) => texts(story.customers)).filter((code) => blocked.has(code))).toEqual([])
  })

  test('SEC-04 the demo people have roles, companies and warehouses that exist, and every role has somebody', () => {
    const companies = new Set(blocks(enterprise.companies).map((one) => String(one.code)))
    for (const user of users.values()) {
      expect(roles.has(String(user.role)), String(user.user)).toBe(true)
      expect(missing(texts(user.companies), companies)).toEqual([])
      for (const code of texts(user.warehouses))
        expect(texts(user.companies), String(user.user)).toContain(warehouses.get(code)?.company)
    }
    expect(missing(roles.keys(), new Set([...users.values()].map((user) => String(user.role))))).toEqual([])
  })
})

describe('the demo stories', () => {
  test.each(stories.map((story): [string, Block] => [String(story.id), story]))('%s can be told', (_, story) => {
    const named = texts(story.customers)
    if (named.length > 0) expect(named.length).toBe(story.count)
    for (const code of named) expect(cell(customers.get(code), 'companies').split(';'), code).toContain(story.company)
    const [from = 1, to = 0] = days(story.day)
    expect(from <= to && to <= 0).toBe(true)
    for (const step of blocks(story.steps)) {
      const user = users.get(String(step.by))
      // Deciding an approval is no permission: the matrix names the role.
      if (step.verb === 'approval.decide') expect(approvers, `${step.by} ${step.verb}`).toContain(user?.role)
      else expect(roles.get(String(user?.role)), `${step.by} ${step.verb}`).toContain(step.verb)
      expect(texts(user?.companies), String(step.by)).toContain(story.company)
      const places = texts(user?.warehouses)
      if (story.warehouse && places.length > 0) expect(places, `${step.by} ${step.verb}`).toContain(story.warehouse)
    }
    if (story.lines) linesExist(story, block(story.lines))
    if (story['expect-overdue-days']) agesFit(story, named)
  })

  test('show every state that a newcomer should see', () => {
    expect(repeated(stories.map((story) => String(story.id)))).toEqual([])
    const seen = new Set(stories.map((story) => `${story.document} ${story.state}`))
    const wanted =
      'sales.order draft,sales.order quoted,sales.order expired,sales.order on_hold,sales.order confirmed,sales.order allocated,sales.order partially_shipped,sales.order shipped,sales.order invoiced,sales.order closed,sales.order cancelled,warehouse.shipment released,warehouse.shipment picked,warehouse.shipment packed,warehouse.receipt posted,receivables.invoice issued,receivables.invoice paid,receivables.invoice part-paid,receivables.payment posted,receivables.credit-note issued,receivables.credit-note waiting-approval,returns.rma authorised,returns.rma received,returns.rma credited,inventory.adjustment waiting-approval,inventory.adjustment posted,ledger.entry waiting-approval'
    expect(missing(wanted.split(','), seen)).toEqual([])
    const holds = new Set(stories.flatMap((story) => texts(story.hold)))
    expect(missing(['credit', 'price', 'margin', 'address', 'duplicate', 'manual'], holds)).toEqual([])
  })
})

/** The items of a story exist in its company; unless it wants a backorder or stands in a waiting state, its warehouse holds enough. */
function linesExist(story: Block, lines: Block): void {
  const known = texts(lines.items)
  const chosen = [...items].filter(
    ([code, row]) =>
      sells(code, story.company) && texts(lines.families).some((one) => cell(row, 'family').startsWith(one)),
  )
  if (known.length === 0 && !lines.contract) expect(chosen.length, String(story.id)).toBeGreaterThan(3)
  const waits = new Set([
    ...texts(story.backorder),
    ...(['order-waiting-for-stock', 'order-ship-complete'].includes(String(story.id)) ? known : []),
  ])
  for (const code of known) {
    expect(sells(code, story.company), code).toBe(true)
    const held = opening
      .filter((row) => row.item === code && row.warehouse === story.warehouse)
      .reduce((sum, row) => sum + Number(row.quantity), 0)
    const needed = Number(lines.quantity) * Number(story.count)
    if (!waits.has(code) && story.document !== 'warehouse.receipt')
      expect(held, code).toBeGreaterThanOrEqual(needed < 0 ? -needed : needed)
    if (texts(story.backorder).includes(code)) expect(held, code).toBe(0)
  }
}

/** An invoice of the story's first and last day has the promised age today, by the terms of each of its customers. */
function agesFit(story: Block, named: readonly string[]): void {
  const [least = 0, most = 0] = days(story['expect-overdue-days'])
  for (const code of named) {
    const due = block(terms.get(cell(customers.get(code), 'payment_term'))?.due)
    for (const day of days(story.day)) {
      const overdue = -day - Number(due.days)
      expect(due.from === 'invoice-date' && overdue >= least && overdue <= most, `${code} ${overdue}`).toBe(true)
    }
  }
}
