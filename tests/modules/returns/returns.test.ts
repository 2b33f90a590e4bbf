// Goods that come back: authorised within what was shipped, taken in at their cost, inspected, and credited at their price.
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '#kernel/refusal'
import { verify } from '#kernel/verify'
import { invariants as costing } from '../../../src/modules/costing/invariants.ts'
import { invariants as ledger } from '../../../src/modules/ledger/invariants.ts'
import { invariants as receivables } from '../../../src/modules/receivables/invariants.ts'
import { credit as creditInvoice } from '../../../src/modules/receivables/invoice/credit.ts'
import { issue } from '../../../src/modules/receivables/invoice/issue.ts'
import { invariants } from '../../../src/modules/returns/invariants.ts'
import { create } from '../../../src/modules/returns/reason/create.ts'
import { authorise } from '../../../src/modules/returns/rma/authorise.ts'
import { cancel } from '../../../src/modules/returns/rma/cancel.ts'
import { credit } from '../../../src/modules/returns/rma/credit.ts'
import { inspect } from '../../../src/modules/returns/rma/inspect.ts'
import { receive } from '../../../src/modules/returns/rma/receive.ts'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, contextOf, person } from '../../support/world.ts'
import { booksOf } from '../ledger/books.ts'
import { invoiced, layShop, lineOf, owes, type Shop, shipped } from '../receivables/shop.ts'

const { kernel, admin } = await testDatabase()
let shop: Shop
const c = contextOf({ reason: 'mistake' })

beforeAll(async () => {
  shop = await layShop(kernel, admin)
  await create.run(kernel, c, {
    input: [
      { code: 'WRONG-ITEM', name: 'We sent the wrong item', windowDays: 60 },
      { code: 'NOT-NEEDED', name: 'No longer needed', windowDays: 30, restockingPercent: '20' },
    ],
  })
})

afterEach(async () => {
  const verdict = await verify(kernel.pool, [ALPHA], [...ledger, ...receivables, ...costing, ...invariants])
  expect(verdict.checks.filter((check) => !check.ok).map((check) => [check.id, check.examples])).toEqual([])
})

const refused = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return '-'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
type Line = { orderLine?: string; item?: string; quantity: string; price?: string }
const allow = async (lines: Line[], given: { customer?: string; reason?: string; context?: typeof c } = {}) =>
  (
    await authorise.run(kernel, given.context ?? c, {
      input: [{ customer: given.customer ?? 'C1', warehouse: 'W2', reason: given.reason ?? 'WRONG-ITEM', lines }],
    })
  ).ids[0] ?? ''
const lineOfReturn = async (rma: string): Promise<string> =>
  (await admin.query('select id from returns.rma_line where rma_id = $1', [rma])).rows[0]?.id
const stock = async (kind: string): Promise<string> =>
  (
    await admin.query(
      `select coalesce(trim_scale(sum(b.on_hand)), 0)::text as text from inventory.balance b join inventory.location l on l.company_id = b.company_id and l.id = b.location_id
    where l.kind = $1 and b.item_id = $2`,
      [kind, shop.item],
    )
  ).rows[0].text
/** Four of ten that were sold for 20 each are on their way back. */
const four = async () => {
  const sale = await invoiced(shop, 'C1', '10')
  const line = await lineOf(admin, sale.order)
  const rma = await allow([{ orderLine: line.id, quantity: '4' }])
  return { ...sale, line: line.id, rma }
}
/** What all entries of a return come to, by account. */
const netOf = async (rma: string): Promise<string> =>
  (
    await admin.query(
      `select string_agg(account || ' ' || trim_scale(net), ', ' order by account) as text from (
    select account, sum(debit - credit) as net from ledger.journal_line l join ledger.entry e on e.company_id = l.company_id and e.id = l.entry_id where e.source_id = $1 group by account having sum(debit - credit) <> 0) n`,
      [rma],
    )
  ).rows[0].text

test('T-RET-01 RET-03: four of ten come back to the shelf and are credited at their price, tax and cost', async () => {
  const { rma, order, invoice } = await four()
  const before = Number(await stock('stock'))
  await receive.run(kernel, c, { ids: [rma], input: {} })
  expect(await booksOf(admin, rma)).toBe('Dr1200 40 Cr5000 40')
  expect(await stock('quarantine')).toBe('4')
  await inspect.run(kernel, c, { ids: [rma], input: { lines: [{ line: await lineOfReturn(rma), restock: '4' }] } })
  expect(Number(await stock('stock'))).toBe(before + 4)
  const answer = await credit.run(kernel, c, { ids: [rma], input: {} })
  const [note] = (answer.result as { creditNotes: { id: string; number: string }[] }).creditNotes
  expect(note?.number).toBe('CN-2026-000001')
  expect(await booksOf(admin, note?.id ?? '', 'issued')).toBe('Dr2200 8 Dr4010 80 Cr1100 88')
  expect(await lineOf(admin, order)).toMatchObject({ shipped: '10', invoiced: '10', returned: '4', credited: '4' })
  // It settled what was open of its invoice.
  const open = await admin.query(
    `select trim_scale(open)::text as open from receivables.invoice where id = any($1) order by kind`,
    [[invoice, note?.id]],
  )
  expect(open.rows).toEqual([{ open: '0' }, { open: '132' }])
  expect(await owes(admin, shop.customers.C1)).toBe('132 less 0')
  expect(await refused(issue.run(kernel, c, { input: [{ order }] }))).toBe('NOTHING_TO_INVOICE')
  // What is left of the invoice to credit is what did not come back.
  await creditInvoice.run(kernel, c, { ids: [invoice], input: {} })
  expect(await owes(admin, shop.customers.C1)).toBe('0 less 0')
})

test('T-RET-02: one of four was damaged by the customer and goes back to him; three are credited', async () => {
  const { rma, order } = await four()
  await receive.run(kernel, c, { ids: [rma], input: {} })
  const line = await lineOfReturn(rma)
  expect(await refused(credit.run(kernel, c, { ids: [rma], input: {} }))).toBe('RETURN_NOT_INSPECTED')
  expect(
    await refused(inspect.run(kernel, c, { ids: [rma], input: { lines: [{ line, restock: '3', reject: '2' }] } })),
  ).toBe('RETURN_MORE_THAN_RECEIVED')
  await inspect.run(kernel, c, { ids: [rma], input: { lines: [{ line, restock: '3', reject: '1' }] } })
  expect(await netOf(rma)).toBe('1200 30, 5000 -30')
  await credit.run(kernel, c, { ids: [rma], input: {} })
  expect(await lineOf(admin, order)).toMatchObject({ returned: '3', credited: '3' })
})

test('T-RET-03: accepted as defective and scrapped: nothing to stock, the cost moves from sales to scrap', async () => {
  const { rma } = await four()
  await receive.run(kernel, c, { ids: [rma], input: {} })
  await inspect.run(kernel, c, { ids: [rma], input: { lines: [{ line: await lineOfReturn(rma), scrap: '4' }] } })
  expect(await netOf(rma)).toBe('5000 -40, 5030 40')
  expect(await stock('quarantine')).toBe('0')
  await credit.run(kernel, c, { ids: [rma], input: {} })
})

test('RET-01: the fee of the reason is kept on a line of its own, with its tax', async () => {
  const { order } = await invoiced(shop, 'C3', '10')
  const { id } = await lineOf(admin, order)
  const rma = await allow([{ orderLine: id, quantity: '4' }], { customer: 'C3', reason: 'NOT-NEEDED' })
  await receive.run(kernel, c, { ids: [rma], input: { to: 'stock' } })
  await inspect.run(kernel, c, { ids: [rma], input: { lines: [{ line: await lineOfReturn(rma), restock: '4' }] } })
  const answer = await credit.run(kernel, c, { ids: [rma], input: {} })
  const [note] = (answer.result as { creditNotes: { id: string }[] }).creditNotes
  // 80 less 20 % is 64; tax 6.40.
  expect(await booksOf(admin, note?.id ?? '', 'issued')).toBe('Dr2200 6.4 Dr4010 80 Cr1100 70.4 Cr4120 16')
})

test('goods that were never invoiced go back to shipped-not-invoiced, and there is nothing to credit', async () => {
  const order = await shipped(shop, 'C1', '10')
  const { id } = await lineOf(admin, order)
  const rma = await allow([{ orderLine: id, quantity: '4' }])
  await receive.run(kernel, c, { ids: [rma], input: {} })
  expect(await booksOf(admin, rma)).toBe('Dr1200 40 Cr1160 40')
  const line = await lineOfReturn(rma)
  await inspect.run(kernel, c, { ids: [rma], input: { lines: [{ line, restock: '3', reject: '1' }] } })
  expect(await netOf(rma)).toBe('1160 -30, 1200 30')
  expect((await credit.run(kernel, c, { ids: [rma], input: {} })).result).toEqual({ creditNotes: [] })
  const [invoice = ''] = (await issue.run(kernel, c, { input: [{ order }] })).ids
  expect(
    (await admin.query('select trim_scale(net)::text as net from receivables.invoice where id = $1', [invoice])).rows,
  ).toEqual([{ net: '140' }])
})

test('RET-02: a lot comes back only if it was shipped on that line', async () => {
  const sale = await invoiced(shop, 'C1', '10', { item: 'P2' })
  const { id } = await lineOf(admin, sale.order)
  const rma = await allow([{ orderLine: id, quantity: '4' }])
  const line = await lineOfReturn(rma)
  const lots = await admin.query<{ code: string }>(
    `select distinct t.code from warehouse.shipment_line n join inventory.lot t on t.id = n.lot_id where n.order_line_id = $1`,
    [id],
  )
  const went = lots.rows[0]?.code ?? ''
  expect(await refused(receive.run(kernel, c, { ids: [rma], input: {} }))).toBe('RETURN_LOT')
  expect(
    await refused(
      receive.run(kernel, c, {
        ids: [rma],
        input: { lines: [{ line, quantity: '4', lot: went === 'L1' ? 'L2' : 'L1' }] },
      }),
    ),
  ).toBe('RETURN_LOT')
  await receive.run(kernel, c, { ids: [rma], input: { lines: [{ line, quantity: '1', lot: went }] } })
  await receive.run(kernel, c, { ids: [rma], input: { lines: [{ line, quantity: '3', lot: went }] } })
  expect(
    await refused(receive.run(kernel, c, { ids: [rma], input: { lines: [{ line, quantity: '1', lot: went }] } })),
  ).toBe('RETURN_MORE_THAN_AUTHORISED')
  await inspect.run(kernel, c, { ids: [rma], input: { lines: [{ line, quarantine: '4' }] } })
  await credit.run(kernel, c, { ids: [rma], input: {} })
})

test('without a sale a return needs a permission of its own, and is credited at the price it names', async () => {
  const clerk = contextOf({ principal: person('clerk', ['returns.rma.authorise']) })
  expect(await refused(allow([{ item: 'P1', quantity: '2', price: '15' }], { context: clerk }))).toBe(
    'RETURN_WITHOUT_SALE',
  )
  const rma = await allow([{ item: 'P1', quantity: '2', price: '15' }], { customer: 'C3' })
  await receive.run(kernel, c, { ids: [rma], input: {} })
  await inspect.run(kernel, c, { ids: [rma], input: { lines: [{ line: await lineOfReturn(rma), restock: '2' }] } })
  const answer = await credit.run(kernel, c, { ids: [rma], input: {} })
  const [note] = (answer.result as { creditNotes: { id: string }[] }).creditNotes
  expect(await booksOf(admin, note?.id ?? '', 'issued')).toBe('Dr2200 3 Dr4010 30 Cr1100 33')
})

describe('When a return is refused, nothing is written', () => {
  test.each([
    ['RETURN_REASON_UNKNOWN', { quantity: '1' }, { reason: 'BORED' }],
    ['RETURN_LINE_UNKNOWN', { quantity: '1' }, { customer: 'C3' }],
    ['RETURN_TOO_MUCH', { quantity: '11' }, {}],
    ['RETURN_QUANTITY', { quantity: '1.5' }, {}],
    ['RETURN_QUANTITY', { quantity: '0' }, {}],
    [
      'RETURN_TOO_LATE',
      { quantity: '1' },
      {
        reason: 'NOT-NEEDED',
        context: contextOf({ today: '2026-04-02', principal: person('clerk', ['returns.rma.authorise']) }),
      },
    ],
    [
      '-',
      { quantity: '1' },
      {
        reason: 'NOT-NEEDED',
        context: contextOf({ today: '2026-04-01', principal: person('clerk', ['returns.rma.authorise']) }),
      },
    ],
  ])('%s', async (code, line, given) => {
    const { order } = await invoiced(shop, 'C1', '10')
    const { id } = await lineOf(admin, order)
    expect(await refused(allow([{ orderLine: id, ...line }], given))).toBe(code)
    const written = await admin.query('select 1 from returns.rma_line where order_line_id = $1', [id])
    expect(written.rowCount).toBe(code === '-' ? 1 : 0)
  })

  test('RETURN_TOO_MUCH counts what is on its way, and what several lines of one call ask for', async () => {
    const { order } = await invoiced(shop, 'C1', '10')
    const { id } = await lineOf(admin, order)
    expect(
      await refused(
        allow([
          { orderLine: id, quantity: '6' },
          { orderLine: id, quantity: '5' },
        ]),
      ),
    ).toBe('RETURN_TOO_MUCH')
    const first = await allow([{ orderLine: id, quantity: '6' }])
    expect(await refused(allow([{ orderLine: id, quantity: '5' }]))).toBe('RETURN_TOO_MUCH')
    await cancel.run(kernel, c, { ids: [first], input: {} })
    await allow([{ orderLine: id, quantity: '5' }])
    const both = await Promise.allSettled([
      allow([{ orderLine: id, quantity: '3' }]),
      allow([{ orderLine: id, quantity: '3' }]),
    ])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('RETURN_NOT_GOODS, RETURN_CURRENCIES', async () => {
    await admin.query(
      `insert into company.rate (company_id, currency, valid_on, rate, source) values (1, 'EUR', '2026-03-02', 1.10, 'test')`,
    )
    const [dollars, euros] = [await invoiced(shop, 'C1', '10'), await invoiced(shop, 'E1', '1')]
    await admin.query('update sales.orders set customer_id = $1 where id = $2', [shop.customers.C1, euros.order])
    const [one, two] = [await lineOf(admin, dollars.order), await lineOf(admin, euros.order)]
    expect(
      await refused(
        allow([
          { orderLine: one.id, quantity: '1' },
          { orderLine: two.id, quantity: '1' },
        ]),
      ),
    ).toBe('RETURN_CURRENCIES')
    await admin.query('update sales.orders set customer_id = $1 where id = $2', [shop.customers.E1, euros.order])
    await admin.query(`update sales.order_line set kind = 'service' where id = $1`, [one.id])
    expect(await refused(allow([{ orderLine: one.id, quantity: '1' }]))).toBe('RETURN_NOT_GOODS')
    await admin.query(`update sales.order_line set kind = 'stock' where id = $1`, [one.id])
  })

  test('RECEIVER_CREDITS, RETURN_NOTHING_ACCEPTED', async () => {
    const { rma } = await four()
    const bob = contextOf({
      principal: person('bob', ['returns.rma.receive', 'returns.rma.inspect', 'returns.rma.credit']),
    })
    await receive.run(kernel, bob, { ids: [rma], input: {} })
    await inspect.run(kernel, bob, { ids: [rma], input: { lines: [{ line: await lineOfReturn(rma), reject: '4' }] } })
    expect(await refused(credit.run(kernel, bob, { ids: [rma], input: {} }))).toBe('RECEIVER_CREDITS')
    expect(await refused(credit.run(kernel, c, { ids: [rma], input: {} }))).toBe('RETURN_NOTHING_ACCEPTED')
    expect(await refused(cancel.run(kernel, c, { ids: [rma], input: {} }))).toBe('WRONG_STATE')
  })
})
