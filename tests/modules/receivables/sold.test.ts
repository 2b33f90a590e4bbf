// What a line says was sold, at the price beside it, is its amount: whole packs, parts of a pack, credits, claims and returns.
import { afterEach, beforeAll, expect, test } from 'vitest'
import { transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import { verify } from '#kernel/verify'
import { readBill } from '../../../src/documents/read-bill.ts'
import { invariants } from '../../../src/modules/receivables/invariants.ts'
import { credit } from '../../../src/modules/receivables/invoice/credit.ts'
import { issue } from '../../../src/modules/receivables/invoice/issue.ts'
import { create } from '../../../src/modules/returns/reason/create.ts'
import { authorise } from '../../../src/modules/returns/rma/authorise.ts'
import { credit as creditReturn } from '../../../src/modules/returns/rma/credit.ts'
import { inspect } from '../../../src/modules/returns/rma/inspect.ts'
import { receive } from '../../../src/modules/returns/rma/receive.ts'
import { receive as take } from '../../../src/modules/warehouse/receipt/receive.ts'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, contextOf } from '../../support/world.ts'
import { layShop, lineOf, type Shop, shipped } from './shop.ts'

const { kernel, admin } = await testDatabase()
let shop: Shop
const c = contextOf({ reason: 'price was wrong' })

/** Two pieces of goods in boxes of twelve: a box of BX costs 12 × 5.6764 = 68.1168, one of TN costs 10, which is no price of a piece. */
beforeAll(async () => {
  shop = await layShop(kernel, admin)
  for (const [code, unit, amount] of [
    ['BX', null, '5.6764'],
    ['TN', 'BOX', '10'],
  ]) {
    const id = newId()
    await admin.query(
      `insert into catalog.item (id, code, name, base_unit, sales_unit, standard_cost, state, created_at, updated_at) values ($1, $2, $2, 'EA', 'EA', 1, 'active', now(), now())`,
      [id, code],
    )
    await admin.query(`insert into catalog.item_unit (item_id, unit, num, den) values ($1, 'BOX', 12, 1)`, [id])
    await admin.query(
      `insert into pricing.condition (company_id, id, kind, rank, list_id, object_id, currency, method, amount, unit, per_num)
       select 1, gen_random_uuid(), 'list', 80, l.id, $1, l.currency, 'price', $2, $3, case when $3::text is null then 1 else 12 end from pricing.list l where l.code = 'STD'`,
      [id, amount, unit],
    )
    await take.run(kernel, contextOf(), {
      input: [{ warehouse: 'W2', kind: 'opening', lines: [{ item: code, quantity: '1000', unitCost: '1' }] }],
    })
  }
})
afterEach(async () => {
  const verdict = await verify(kernel.pool, [ALPHA], invariants)
  expect(verdict.checks.filter((check) => !check.ok).map((check) => [check.id, check.examples])).toEqual([])
})

/** The lines of an invoice or credit note, as 'base quantity: sold unit × price = net'. */
const told = async (id: string): Promise<readonly string[]> =>
  (
    await admin.query<{ text: string }>(
      `select trim_scale(quantity) || ': ' || coalesce(trim_scale(sold)::text, '?') || ' ' || unit || ' × ' || trim_scale(price) || ' = ' || net as text
         from receivables.invoice_line where invoice_id = $1 order by line`,
      [id],
    )
  ).rows.map((row) => row.text)
const bill = async (order: string, quantity?: string): Promise<string> => {
  const { id: line } = await lineOf(admin, order)
  const lines = quantity === undefined ? {} : { lines: [{ line, quantity }] }
  return (await issue.run(kernel, c, { input: [{ order, ...lines }] })).ids[0] ?? ''
}
const lineIn = async (invoice: string): Promise<string> =>
  (await admin.query('select id from receivables.invoice_line where invoice_id = $1', [invoice])).rows[0]?.id
const creditOf = async (invoice: string, line?: object): Promise<string> => {
  const input = line === undefined ? {} : { lines: [{ line: await lineIn(invoice), ...line }] }
  const { result } = await credit.run(kernel, c, { ids: [invoice], input })
  return (result as { creditNotes: readonly string[] }).creditNotes[0] ?? ''
}

test('two boxes are two boxes at the price of a box, billed and credited', async () => {
  const invoice = await bill(await shipped(shop, 'C1', '2', { item: 'BX', unit: 'BOX' }))
  expect(await told(invoice)).toEqual(['24: 2 BOX × 68.1168 = 136.23'])
  expect(await told(await creditOf(invoice))).toEqual(['24: 2 BOX × 68.1168 = 136.23'])
})

test('a part is a fraction of a box where six places say it, else pieces at the price of one', async () => {
  const order = await shipped(shop, 'C1', '3', { item: 'BX', unit: 'BOX' })
  expect(await told(await bill(order, '18'))).toEqual(['18: 1.5 BOX × 68.1168 = 102.18'])
  const five = await bill(order, '5')
  expect(await told(five)).toEqual(['5: 5 EA × 5.6764 = 28.38'])
  expect(await told(await bill(order))).toEqual(['13: 13 EA × 5.6764 = 73.79'])
  expect(await told(await creditOf(five, { quantity: '3' }))).toEqual(['3: 3 EA × 5.6764 = 17.03'])
})

test('the price of one piece that has no end is told to six places, and the amount is the exact share', async () => {
  const order = await shipped(shop, 'C1', '1', { item: 'TN', unit: 'BOX' })
  expect(await told(await bill(order, '5'))).toEqual(['5: 5 EA × 0.833333 = 4.17'])
  expect(await told(await bill(order))).toEqual(['7: 7 EA × 0.833333 = 5.83'])
})

test('of a box that is credited in part the same holds; a claim is so much for each piece', async () => {
  const invoice = await bill(await shipped(shop, 'C1', '2', { item: 'BX', unit: 'BOX' }))
  expect(await told(await creditOf(invoice, { quantity: '6' }))).toEqual(['6: 0.5 BOX × 68.1168 = 34.06'])
  expect(await told(await creditOf(invoice, { quantity: '5' }))).toEqual(['5: 5 EA × 5.6764 = 28.38'])
  expect(await told(await creditOf(invoice, { quantity: '12', price: '0.5' }))).toEqual(['12: 12 EA × 0.5 = 6.00'])
})

test('after a claim the rest of the money is credited, which is less than the goods at their price', async () => {
  const invoice = await bill(await shipped(shop, 'C1', '2', { item: 'BX', unit: 'BOX' }))
  await creditOf(invoice, { quantity: '24', price: '1' })
  expect(await told(await creditOf(invoice))).toEqual(['24: 2 BOX × 68.1168 = 112.23'])
})

test('what comes back is credited in boxes where it is boxes, and the fee is its own price', async () => {
  const order = await shipped(shop, 'C1', '2', { item: 'BX', unit: 'BOX' })
  await bill(order)
  await create.run(kernel, c, { input: [{ code: 'UNWANTED', name: 'Unwanted', restockingPercent: '10' }] })
  const back = async (quantity: string): Promise<readonly string[]> => {
    const { id: orderLine } = await lineOf(admin, order)
    const lines = [{ orderLine, quantity }]
    const { ids } = await authorise.run(kernel, c, {
      input: [{ customer: 'C1', warehouse: 'W2', reason: 'UNWANTED', lines }],
    })
    await receive.run(kernel, c, { ids, input: {} })
    const line = (await admin.query('select id from returns.rma_line where rma_id = $1', [ids[0]])).rows[0].id
    await inspect.run(kernel, c, { ids, input: { lines: [{ line, restock: quantity }] } })
    const { result } = await creditReturn.run(kernel, c, { ids, input: {} })
    return await told((result as { creditNotes: readonly { id: string }[] }).creditNotes[0]?.id ?? '')
  }
  expect(await back('12')).toEqual(['12: 1 BOX × 68.1168 = 68.12', '1: 1 BOX × 6.81 = -6.81'])
  expect(await back('5')).toEqual(['5: 5 EA × 5.6764 = 28.38', '1: 1 BOX × 2.84 = -2.84'])
})

test('a line from before says nothing of it, and paper reckons it from the order', async () => {
  const invoice = await bill(await shipped(shop, 'C1', '2', { item: 'BX', unit: 'BOX' }))
  const onPaper = async () =>
    await transaction(
      kernel.pool,
      { companies: [ALPHA] },
      async (tx) => (await readBill(tx, c, 'invoice', invoice)).lines,
    )
  const now = await onPaper()
  expect(now).toMatchObject([{ quantity: '2', unit: 'BOX', price: '68.1168', net: '136.23' }])
  await admin.query('update receivables.invoice_line set sold = null where invoice_id = $1', [invoice])
  expect(await told(invoice)).toEqual(['24: ? BOX × 68.1168 = 136.23'])
  expect(await onPaper()).toEqual(now)
})
