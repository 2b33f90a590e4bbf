// What an order desk gets wrong on an ordinary day: each mistake has its code and its sentence, and changes nothing.
import { beforeAll, describe, expect, test } from 'vitest'
import { difference, fingerprint } from '../security/support/effects.ts'
import { complaint } from './support/bad-values.ts'
import type { Client } from './support/client.ts'
import { type DemoSite, demoSite, NOW } from './support/demo-site.ts'

const clock = { now: NOW }
let site: DemoSite
let client: Client

beforeAll(async () => {
  site = await demoSite({ clock: () => clock.now })
  client = (await site.machine(site.companies[0]?.id ?? 1)).client
}, 240_000)

describe('an order desk', () => {
  const day = (days: number) => new Date(NOW.getTime() + days * 24 * 3_600_000).toISOString().slice(0, 10)
  let known: { customer: string; item: string; warehouse: string; unit: string }
  const line = () => ({ item: known.item, quantity: '1' })
  const order = (change: object = {}) => ({
    documents: [{ customer: known.customer, warehouse: known.warehouse, lines: [line()], ...change }],
  })
  const post = (path: string, body: unknown) => client.post(`/api/${path}?company=ALPHA`, body)
  const made = async (change: object = {}): Promise<string> => {
    const answer = await post('sales/order/draft', order(change))
    expect(answer.status, answer.text).toBe(200)
    return String((answer.body.ids as string[])[0])
  }

  const holdsOf = async (id: string): Promise<readonly string[]> => {
    const answer = await client('/api/sales/holds?company=ALPHA&limit=5000')
    const items = answer.body.items as { order_id: string; kind: string }[]
    return items.filter((one) => one.order_id === id).map((one) => one.kind)
  }

  beforeAll(async () => {
    const { rows } = await site.admin.query(`select c.code as customer, i.code as item, w.code as warehouse, l.unit
      from sales.orders o join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id
      join party.customer c on c.company_id = o.company_id and c.id = o.customer_id and c.state = 'active'
      join catalog.item i on i.id = l.item_id and i.state = 'active' and i.kind = 'stock'
      join company.warehouse w on w.company_id = o.company_id and w.id = o.warehouse_id
     where o.company_id = 1 and o.state = 'confirmed' order by o.number limit 1`)
    known = rows[0]
  })

  const tooMany = () => Array.from({ length: 100_000 }, line)
  const TABLE: [string, () => object, number, string][] = [
    ['an unknown item', () => order({ lines: [{ item: 'NO-SUCH-ITEM', quantity: '1' }] }), 400, 'ITEM_UNKNOWN'],
    ['an unknown customer', () => order({ customer: 'NOBODY' }), 400, 'UNKNOWN_CODE'],
    ['an unknown warehouse', () => order({ warehouse: 'W99' }), 400, 'UNKNOWN_CODE'],
    ['quantity zero', () => order({ lines: [{ ...line(), quantity: '0' }] }), 400, 'QUANTITY_NOT_POSITIVE'],
    ['a negative quantity', () => order({ lines: [{ ...line(), quantity: '-1' }] }), 400, 'INPUT_INVALID'],
    ['quantity 10^18', () => order({ lines: [{ ...line(), quantity: `1${'0'.repeat(18)}` }] }), 400, 'INPUT_INVALID'],
    ['a quantity too fine', () => order({ lines: [{ ...line(), quantity: '0.0000001' }] }), 400, 'INPUT_INVALID'],
    ['half a piece', () => order({ lines: [{ ...line(), quantity: '0.5' }] }), 400, 'QUANTITY_NOT_WHOLE'],
    ['100,000 lines', () => order({ lines: tooMany() }), 400, 'INPUT_INVALID'],
    ['a wrong unit', () => order({ lines: [{ ...line(), unit: 'PALLET-99' }] }), 400, 'UNIT_UNKNOWN'],
    [
      'a price by hand without a reason',
      () => order({ lines: [{ ...line(), price: '1' }] }),
      400,
      'PRICE_REASON_NEEDED',
    ],
  ]
  test.each(TABLE)('is told of %s', async (_what, body, status, code) => {
    const before = await fingerprint(site.admin)
    const answer = await post('sales/order/draft', body())
    expect([answer.status, answer.body.code], answer.text).toEqual([status, code])
    expect(complaint(answer)).toBeUndefined()
    expect(difference(before, await fingerprint(site.admin))).toEqual([])
  })

  test('ORD-04 an order to a closed ship-to is held until somebody mends the address', async () => {
    const { rows } = await site.admin.query(`select c.code as customer, s.id as "shipTo" from party.ship_to s
      join party.customer c on c.company_id = s.company_id and c.id = s.customer_id
     where s.company_id = 1 and s.state = 'closed' and c.state = 'active' limit 1`)
    const id = await made(rows[0])
    const answer = await post('sales/order/confirm', { ids: [id] })
    expect(answer.body.states, answer.text).toEqual({ [id]: 'on_hold' })
    expect(await holdsOf(id)).toContain('address')
  })

  test('is told of a quotation that would be valid until yesterday', async () => {
    const answer = await post('sales/order/quote', { ids: [await made()], validUntil: day(-1) })
    expect([answer.status, answer.body.code], answer.text).toEqual([400, 'QUOTE_DATE_PAST'])
  })

  test('is told of an expired quotation', async () => {
    const id = await made({ validUntil: day(2) })
    expect((await post('sales/order/quote', { ids: [id] })).status).toBe(200)
    clock.now = new Date(NOW.getTime() + 4 * 24 * 3_600_000)
    const answer = await post('sales/order/confirm', { ids: [id] })
    clock.now = NOW
    expect([answer.status, answer.body.code], answer.text).toEqual([422, 'QUOTE_EXPIRED'])
  })

  test("ORD-08 a second order with the customer's own number is held, and says of which it is the double", async () => {
    const [first, second] = [await made({ reference: 'PO-4711-X' }), await made({ reference: 'PO-4711-X' })]
    expect((await post('sales/order/confirm', { ids: [first] })).status).toBe(200)
    const answer = await post('sales/order/confirm', { ids: [second] })
    expect(answer.body.states, answer.text).toEqual({ [second]: 'on_hold' })
    expect(await holdsOf(second)).toEqual(['duplicate'])
  })

  test('is told of a locked period', async () => {
    const accounts = await site.admin.query(
      `select code from ledger.account where company_id = 1 and state = 'active' and control = 'none' order by code limit 2`,
    )
    const locked = await site.admin.query(
      `select starts::text as day from ledger.period where company_id = 1 and state = 'locked' order by starts desc limit 1`,
    )
    // Whether somebody must agree to an entry is asked first; here nobody must.
    await site.admin.query(`delete from kernel.approval_rule where company_id = 1 and kind = 'journal'`)
    const [one, two] = accounts.rows
    const lines = [
      { account: one.code, debit: '1' },
      { account: two.code, credit: '1' },
    ]
    const answer = await post('ledger/entry/post', {
      documents: [{ date: locked.rows[0].day, description: 'too late', lines }],
    })
    expect([answer.status, answer.body.code], answer.text).toEqual([422, 'PERIOD_LOCKED'])
  })

  test('is told of malformed JSON and of a wrong content type', async () => {
    const malformed = await client('/api/sales/order/draft?company=ALPHA', { method: 'POST', raw: '{"documents": [' })
    expect([malformed.status, malformed.body.code]).toEqual([400, 'JSON_INVALID'])
    const raw = JSON.stringify(order())
    const wrong = await client('/api/sales/order/draft?company=ALPHA', {
      method: 'POST',
      raw,
      headers: { 'content-type': 'text/csv' },
    })
    expect([wrong.status, wrong.body.code]).toEqual([415, 'CONTENT_TYPE_UNKNOWN'])
  })
})
