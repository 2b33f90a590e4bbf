// What shipping, invoicing, returning and crediting do to an order's lines and to the customer's exposure.
import { beforeAll, expect, test } from 'vitest'
import type { Call } from '#kernel/command'
import { type Sql, sql, transaction } from '#kernel/db'
import { recordCredited, recordReturned, takeBillable } from '#sales'
import { refusal, type Shop, shop } from './shop.ts'

let s: Shop

beforeAll(async () => {
  s = await shop()
  await s.stock(await s.item('P1'), '1000')
})

type Recorder = Pick<Call<unknown>, 'tx' | 'companyId'>
const act = <T>(work: (call: Recorder) => Promise<T>) =>
  transaction(s.kernel.pool, { companies: [1] }, (tx) => work({ tx, companyId: 1 }))
const bill = (id: string, quantity: string | null = null) =>
  act((call) =>
    takeBillable(
      call,
      sql`select ${id}::uuid as order_id, null::uuid as order_line_id, ${quantity}::numeric as quantity`,
    ),
  )
const lineId = async (id: string) => (await s.lineOf(id)).id ?? ''
const back = async (id: string, quantity: string) => {
  const line = await lineId(id)
  return act((call) => recordReturned(call, sql`select ${line}::uuid as order_line_id, ${quantity}::text as quantity`))
}
const credit = async (id: string, quantity: string, reinvoice: boolean) => {
  const line = await lineId(id)
  return act((call) =>
    recordCredited(
      call,
      sql`select ${line}::uuid as order_line_id, ${quantity}::text as quantity, ${reinvoice}::boolean as reinvoice` as Sql<{
        order_line_id: string
        quantity: string
        reinvoice: boolean
      }>,
    ),
  )
}
const shipped = async (code: string, quantity: string, more = {}) => {
  const account = await s.customer(code, more)
  const id = await s.confirmed(code, [{ item: 'P1', quantity }])
  await s.ship(id, quantity)
  return { id, account }
}
const toInvoice = async (id: string) =>
  (
    await s.one<{ q: string }>('select trim_scale(to_invoice)::text as q from sales.v_order_line where order_id = $1', [
      id,
    ])
  ).q

test('T-CRD-02 C34: each piece counts once: ordered, shipped, invoiced', async () => {
  const account = await s.customer('C1')
  const id = await s.confirmed('C1', [{ item: 'P1', quantity: '10' }])
  expect(await s.exposure(account)).toEqual({ open_orders: '220', unbilled: '0' })
  await s.ship(id, '6')
  expect(await s.exposure(account)).toEqual({ open_orders: '88', unbilled: '132' })
  await bill(id)
  expect(await s.exposure(account)).toEqual({ open_orders: '88', unbilled: '0' })
  await s.sound()
})

test('C34: who is invoiced when he orders is not counted as an open order as well', async () => {
  const account = await s.customer('C2', { policy: 'ordered' })
  const id = await s.confirmed('C2', [{ item: 'P1', quantity: '10' }])
  await bill(id, '4')
  expect(await s.exposure(account)).toEqual({ open_orders: '132', unbilled: '0' })
  await s.ship(id, '10')
  expect(await s.exposure(account)).toEqual({ open_orders: '0', unbilled: '132' })
  await s.sound()
})

test('RET-03 C39: goods that come back and are credited are done with; they are not invoiced again', async () => {
  const { id, account } = await shipped('C3', '10')
  await bill(id)
  await back(id, '4')
  await credit(id, '4', false)
  expect(await toInvoice(id)).toBe('0')
  expect(await bill(id)).toEqual([])
  expect(await s.exposure(account)).toEqual({ open_orders: '0', unbilled: '0' })
  expect(
    await s.one('select returned::text, credited::text, invoiced::text from sales.order_line where order_id = $1', [
      id,
    ]),
  ).toEqual({ returned: '4', credited: '4', invoiced: '10' })
  await s.sound()
})

test('T-RET-06 C39: credited with the choice to invoice again, the quantity and its amount are open for an invoice', async () => {
  const { id, account } = await shipped('C4', '10')
  await bill(id)
  await credit(id, '10', true)
  expect(await toInvoice(id)).toBe('10')
  expect(await s.exposure(account)).toEqual({ open_orders: '0', unbilled: '220' })
  const again = await bill(id)
  expect(again).toMatchObject([{ quantity: '10', net: '200.00', cost: '0.00' }])
  await s.sound()
})

test('goods that come back before their invoice are not invoiced', async () => {
  const { id, account } = await shipped('C5', '10')
  await back(id, '3')
  expect(await s.exposure(account)).toEqual({ open_orders: '0', unbilled: '154' })
  expect(await bill(id)).toMatchObject([{ quantity: '7', net: '140.00' }])
  await s.sound()
})

test('partial invoices add up to the cent', async () => {
  await s.item('ODD', { price: '0.333333' })
  await s.stock((await s.one<{ id: string }>(`select id from catalog.item where code = 'ODD'`)).id, '10')
  await s.admin.query('delete from pricing.margin_floor')
  await s.customer('C6')
  const id = await s.confirmed('C6', [{ item: 'ODD', quantity: '7' }])
  await s.ship(id, '7')
  const nets: string[] = []
  for (const part of ['2', '2', '3']) nets.push(...(await bill(id, part)).map((one) => one.net))
  expect(nets).toEqual(['0.67', '0.66', '1.00'])
  expect(await s.one('select net::text, billed::text from sales.order_line where order_id = $1', [id])).toEqual({
    net: '2.33',
    billed: '2.33',
  })
})

test('ORD-13 T-SHP-05: never more back than left, more credited than invoiced, more invoiced or shipped than there is', async () => {
  const { id } = await shipped('C7', '10')
  expect(await refusal(back(id, '11'))).toBe('RETURN_MORE_THAN_SHIPPED')
  expect(await refusal(credit(id, '1', false))).toBe('CREDIT_MORE_THAN_INVOICED')
  expect(await refusal(bill(id, '11'))).toBe('INVOICE_MORE_THAN_SHIPPED')
  expect(await refusal(s.ship(id, '1'))).toBe('SHIP_MORE_THAN_OPEN')
  expect(await toInvoice(id)).toBe('10')
  await s.sound()
})
