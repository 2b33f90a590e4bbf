// An order as the client who looks after it knows it: what he asked for and was told, line by line.

import { type Goods, withTax } from './cycle-books.ts'
import { type Client, firstId, pieces, pressedTwice, rowsOf } from './cycle-client.ts'

export type Line = {
  readonly id: string
  readonly line: number
  readonly item: Goods
  ordered: bigint
  reserved: bigint
  shipped: bigint
  invoiced: bigint
  returned: bigint
}

export type Invoice = { readonly id: string; open: bigint }

export type Order = {
  readonly id: string
  readonly customer: string
  readonly warehouse: string
  readonly lines: readonly Line[]
  readonly invoices: Invoice[]
  /** Credit notes of the order, with what is left of them. */
  readonly credits: Invoice[]
  ended: boolean
}

export const WAREHOUSES = ['W1', 'W2'] as const

/** Drafts an order and confirms it, or drops it. Undefined when it did not come to a confirmed order. */
export async function newOrder(client: Client): Promise<Order | undefined> {
  const { roll, goods, customers } = client
  const customer = customers[roll(customers.length)] ?? ''
  const warehouse = WAREHOUSES[roll(WAREHOUSES.length)] ?? 'W2'
  const wanted = Array.from({ length: 1 + roll(3) }, () => ({ item: pick(client, goods), quantity: 1 + roll(6) }))
  const drafted = await client.act('sales/order/draft', {
    documents: [
      {
        customer,
        warehouse,
        reference: `storm ${crypto.randomUUID()}`,
        lines: wanted.map((one) => ({ item: one.item.code, quantity: String(one.quantity) })),
      },
    ],
  })
  if (!drafted) return undefined
  const id = firstId(drafted)
  if (roll(12) === 0) {
    await client.act('sales/order/cancel', { ids: [id], reason: 'thought better of it' })
    return undefined
  }
  const confirm = { ids: [id] }
  const path = 'sales/order/confirm'
  const confirmed = roll(4) === 0 ? await pressedTwice(client, path, confirm) : await client.act(path, confirm)
  if (!confirmed) return undefined
  const rows = rowsOf(await client.read(`sales/order/${id}`), 'lines')
  const lines = rows.map((row, at) => ({
    id: row.id ?? '',
    line: Number(row.line),
    item: wanted[at]?.item ?? pick(client, goods),
    ordered: BigInt(wanted[at]?.quantity ?? 0),
    reserved: 0n,
    shipped: 0n,
    invoiced: 0n,
    returned: 0n,
  }))
  const order: Order = { id, customer, warehouse, lines, invoices: [], credits: [], ended: false }
  const [state] = Object.values(confirmed.states ?? {})
  if (state !== 'confirmed') throw new Error(`the order is ${String(state)}`)
  client.books.exposure(customer, 'open', openWorth(order))
  await readReserved(client, order)
  return order
}

const pick = (client: Client, goods: readonly Goods[]): Goods => {
  const one = goods[client.roll(goods.length)]
  if (!one) throw new Error('there are no goods')
  return one
}

/** What is ordered and not shipped, with tax, in cents. */
export const openWorth = (order: Order): bigint =>
  withTax(order.lines.reduce((sum, one) => sum + (one.ordered - one.shipped) * one.item.price, 0n))

/** Asks what is reserved for an order now. Only its own client moves that, so nothing changes between answer and entry. */
export async function readReserved(client: Client, order: Order): Promise<void> {
  const items = rowsOf(await client.read(`inventory/reservations?source=${order.id}`), 'items')
  for (const line of order.lines) {
    const found = items.filter((row) => row.source_line === line.id)
    setReserved(
      client,
      order,
      line,
      found.reduce((sum, row) => sum + pieces(row.quantity), 0n),
    )
  }
}

export function setReserved(client: Client, order: Order, line: Line, reserved: bigint): void {
  client.books.reserve(order.warehouse, line.item, reserved - line.reserved)
  line.reserved = reserved
}

/** More or less of one line, never below what is shipped or invoiced. */
export async function change(client: Client, order: Order): Promise<void> {
  const line = order.lines[client.roll(order.lines.length)]
  if (!line) return
  const floor = line.shipped > 0n ? line.shipped : 1n
  const quantity = floor + BigInt(client.roll(6))
  const before = openWorth(order)
  const lines = [{ line: line.line, quantity: String(quantity) }]
  if (!(await client.act('sales/order/change', { ids: [order.id], lines }))) return
  line.ordered = quantity
  client.books.exposure(order.customer, 'open', openWorth(order) - before)
  await readReserved(client, order)
}

/** Cancels what is open; of an order of which something is shipped only the rest. */
export async function cancel(client: Client, order: Order): Promise<void> {
  const before = openWorth(order)
  if (before === 0n) return
  if (!(await client.act('sales/order/cancel', { ids: [order.id], reason: 'changed their mind' }))) return
  for (const line of order.lines) {
    line.ordered = line.shipped
    setReserved(client, order, line, 0n)
  }
  client.books.exposure(order.customer, 'open', -before)
  order.ended = true
}

/** Tries to get stock for what is not reserved yet. */
export async function allocate(client: Client, order: Order): Promise<void> {
  if (order.lines.every((one) => one.reserved === one.ordered - one.shipped)) return
  if (await client.act('sales/order/allocate', { ids: [order.id] })) await readReserved(client, order)
}

/**
 * Two hands on one order: reads afterwards what has become of it, and enters the difference. What left is entered as
 * shipped, what is not wanted any more as not open.
 */
export async function reread(client: Client, order: Order): Promise<void> {
  const before = openWorth(order)
  const told = await client.read(`sales/order/${order.id}`)
  let left = 0n
  for (const row of rowsOf(told, 'lines')) {
    const line = order.lines.find((one) => one.id === row.id)
    if (!line) throw new Error(`order ${order.id} has a line that nobody added`)
    const gone = pieces(row.shipped) - line.shipped
    line.shipped += gone
    line.ordered = pieces(row.ordered) - pieces(row.cancelled)
    left += gone * line.item.price
    client.books.goods(order.warehouse, line.item, -gone, '1160')
  }
  client.books.exposure(order.customer, 'unbilled', withTax(left))
  client.books.exposure(order.customer, 'open', openWorth(order) - before)
  order.ended = told.state !== 'confirmed'
  await readReserved(client, order)
}
