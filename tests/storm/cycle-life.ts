// What becomes of an order: it is shipped in parts, billed, paid, unpaid, sent back and credited, each as chance has it.
import { withTax } from './cycle-books.ts'
import { type Client, cents, firstId, money, pieces, pressedTwice, rowsOf, type Told } from './cycle-client.ts'
import {
  allocate,
  cancel,
  change,
  type Invoice,
  type Line,
  newOrder,
  type Order,
  openWorth,
  reread,
  setReserved,
} from './cycle-order.ts'

/** One order from draft to wherever chance leads, at most `steps` steps. */
export async function life(client: Client, steps: number): Promise<void> {
  const order = await newOrder(client)
  if (!order) return
  const deeds = [
    change,
    allocate,
    ship,
    ship,
    ship,
    shipMeanwhile,
    bill,
    bill,
    pay,
    pay,
    payOnAccount,
    sendBack,
    useCredit,
  ]
  for (let step = 0; step < steps && !order.ended; step++) {
    const deed = client.roll(30) === 0 ? cancel : deeds[client.roll(deeds.length)]
    await deed?.(client, order)
  }
}

/** A list of what is reserved, picked and packed where the warehouse works so. Undefined when there is nothing to ship. */
async function readyToLeave(client: Client, order: Order): Promise<string | undefined> {
  if (order.lines.every((one) => one.reserved === 0n)) return undefined
  const released = await client.act('warehouse/shipment/release', { documents: [{ order: order.id }] })
  if (!released) return undefined
  const ids = [firstId(released)]
  if (order.warehouse === 'W1') {
    await client.act('warehouse/shipment/pick', { ids })
    await client.act('warehouse/shipment/pack', { ids })
  }
  return ids[0]
}

/** Ships while somebody else changes or cancels the same order. Whoever comes second is refused, or finds what was left. */
async function shipMeanwhile(client: Client, order: Order): Promise<void> {
  const id = await readyToLeave(client, order)
  if (!id) return
  const [line] = order.lines
  const lines = [{ line: line?.line, quantity: String(1 + client.roll(8)) }]
  const other = [
    () => client.act('sales/order/change', { ids: [order.id], lines }),
    () => client.act('sales/order/cancel', { ids: [order.id], reason: 'changed their mind' }),
    () => client.act('sales/order/unallocate', { ids: [order.id], reason: 'needed elsewhere' }),
  ][client.roll(3)]
  const [left] = await Promise.all([client.act('warehouse/shipment/ship', { ids: [id] }), other?.()])
  if (!left) await client.act('warehouse/shipment/cancel', { ids: [id], reason: 'it did not leave' })
  await reread(client, order)
}

/** Ships what is reserved. */
async function ship(client: Client, order: Order): Promise<void> {
  const id = await readyToLeave(client, order)
  if (!id) return
  const ids = [id]
  const listed = rowsOf(await client.read(`warehouse/shipment/${id}`), 'lines')
  const path = 'warehouse/shipment/ship'
  const shipped = client.roll(4) === 0 ? await pressedTwice(client, path, { ids }) : await client.act(path, { ids })
  if (!shipped) return void client.tally.faults.push(`shipment ${id} could not leave`)
  const before = openWorth(order)
  for (const row of listed) {
    const line = order.lines.find((one) => one.id === row.orderLine)
    if (!line) throw new Error(`a shipment of ${order.id} lists a line of another order`)
    const quantity = pieces(row.quantity)
    setReserved(client, order, line, line.reserved - quantity)
    line.shipped += quantity
    client.books.goods(order.warehouse, line.item, -quantity, '1160')
  }
  const worth = before - openWorth(order)
  client.books.exposure(order.customer, 'open', -worth)
  client.books.exposure(order.customer, 'unbilled', worth)
}

/** Invoices what is shipped and not invoiced. */
async function bill(client: Client, order: Order): Promise<void> {
  const waiting = order.lines.filter((one) => one.shipped > one.invoiced)
  if (waiting.length === 0) return
  const path = 'receivables/invoice/issue'
  const body = { documents: [{ order: order.id }] }
  const issued = client.roll(4) === 0 ? await pressedTwice(client, path, body) : await client.act(path, body)
  if (!issued) return void client.tally.faults.push(`order ${order.id} could not be invoiced`)
  const net = waiting.reduce((sum, one) => sum + (one.shipped - one.invoiced) * one.item.price, 0n)
  for (const line of waiting) {
    client.books.post('5000', '1160', (line.shipped - line.invoiced) * line.item.cost)
    line.invoiced = line.shipped
  }
  client.books.post('1100', '4000', net)
  client.books.post('1100', '2200', withTax(net) - net)
  client.books.exposure(order.customer, 'unbilled', -withTax(net))
  client.books.exposure(order.customer, 'receivable', withTax(net))
  order.invoices.push({ id: firstId(issued), open: withTax(net) })
}

/** A payment for one invoice: all of it, a part, or more than is open. */
async function pay(client: Client, order: Order): Promise<void> {
  const invoice = order.invoices.find((one) => one.open > 0n)
  if (!invoice) return
  const applied = client.roll(2) === 0 ? invoice.open : 1n + (invoice.open * BigInt(client.roll(9))) / 10n
  const amount = applied + BigInt(client.roll(2) * 500)
  const apply = [{ invoice: invoice.id, amount: money(applied) }]
  const documents = [{ customer: order.customer, amount: money(amount), apply }]
  if (!(await client.act('receivables/payment/receive', { documents }))) return
  received(client, order, amount)
  settled(client, order, invoice, applied)
}

/** Money that is first on account, then applied, and perhaps taken off again. */
async function payOnAccount(client: Client, order: Order): Promise<void> {
  const invoice = order.invoices.find((one) => one.open > 0n)
  const amount = invoice?.open ?? 1_000n
  const documents = [{ customer: order.customer, amount: money(amount) }]
  const paid = await client.act('receivables/payment/receive', { documents })
  if (!paid) return
  received(client, order, amount)
  if (!invoice) return
  const ids = [firstId(paid)]
  const applied = await client.act('receivables/payment/apply', { ids, apply: [{ invoice: invoice.id }] })
  if (!applied) return
  settled(client, order, invoice, amount)
  if (client.roll(2) === 0) return
  const applications = applicationsOf(applied)
  const body = { ids, applications, reason: 'meant for another invoice' }
  if (await client.act('receivables/payment/unapply', body)) settled(client, order, invoice, -amount)
}

function received(client: Client, order: Order, amount: bigint): void {
  client.books.post('1300', '1100', amount)
  client.books.exposure(order.customer, 'unapplied', amount)
}

function settled(client: Client, order: Order, invoice: Invoice, amount: bigint): void {
  invoice.open -= amount
  client.books.exposure(order.customer, 'receivable', -amount)
  client.books.exposure(order.customer, 'unapplied', -amount)
}

const applicationsOf = ({ result }: Told): readonly string[] => {
  const made = typeof result === 'object' && result !== null && 'applications' in result ? result.applications : []
  return Array.isArray(made) ? made.map((one: { id: string }) => one.id) : []
}

/** Some of what was invoiced comes back, is looked at, goes on the shelf or to the scrap, and is credited. */
async function sendBack(client: Client, order: Order): Promise<void> {
  const line = order.lines.find((one) => one.invoiced === one.shipped && one.shipped > one.returned)
  if (!line) return
  const quantity = 1n + BigInt(client.roll(Number(line.shipped - line.returned)))
  const wanted = { orderLine: line.id, quantity: String(quantity) }
  const documents = [{ customer: order.customer, warehouse: order.warehouse, reason: 'WRONG', lines: [wanted] }]
  const authorised = await client.act('returns/rma/authorise', { documents })
  if (!authorised) return
  const ids = [firstId(authorised)]
  if (!(await client.act('returns/rma/receive', { ids }))) return
  line.returned += quantity
  client.books.goods(order.warehouse, line.item, quantity, '5000')
  const [back] = rowsOf(await client.read(`returns/rma/${ids[0]}`), 'lines')
  const scrap = BigInt(client.roll(Number(quantity) + 1))
  const fate = { line: back?.id, restock: String(quantity - scrap), scrap: String(scrap) }
  if (!(await client.act('returns/rma/inspect', { ids, lines: [fate] }))) return
  client.books.goods(order.warehouse, line.item, -scrap, '5030')
  const credited = await client.act('returns/rma/credit', { ids })
  if (credited) await bookCredit(client, order, line, quantity, credited)
}

/** The credit note settles the invoice that it corrects as far as that is open; the rest is on account. */
async function bookCredit(client: Client, order: Order, line: Line, quantity: bigint, told: Told): Promise<void> {
  const net = quantity * line.item.price
  client.books.post('4010', '1100', net)
  client.books.post('2200', '1100', withTax(net) - net)
  client.books.exposure(order.customer, 'unapplied', withTax(net))
  const { result } = told
  const notes = typeof result === 'object' && result !== null && 'creditNotes' in result ? result.creditNotes : []
  const [made] = Array.isArray(notes) ? notes : []
  const note = await client.read(`receivables/credit-note/${made?.id}`)
  const invoice = order.invoices.find((one) => one.id === note.corrects)
  if (!invoice) return void client.tally.faults.push(`credit note ${made?.id} corrects no invoice of its order`)
  settled(client, order, invoice, withTax(net) - cents(note.open))
  order.credits.push({ id: String(made?.id), open: cents(note.open) })
}

/** What is left of a credit note goes to another invoice, and is taken off again half of the time. */
async function useCredit(client: Client, order: Order): Promise<void> {
  const credit = order.credits.find((one) => one.open > 0n)
  const invoice = order.invoices.find((one) => one.open > 0n)
  if (!credit || !invoice) return
  let amount = credit.open
  if (invoice.open < amount) amount = invoice.open
  const ids = [credit.id]
  const apply = [{ invoice: invoice.id, amount: money(amount) }]
  const applied = await client.act('receivables/credit-note/apply', { ids, apply })
  if (!applied) return
  credit.open -= amount
  settled(client, order, invoice, amount)
  if (client.roll(2) === 0) return
  const body = { ids, applications: applicationsOf(applied), reason: 'meant for another invoice' }
  if (!(await client.act('receivables/credit-note/unapply', body))) return
  credit.open += amount
  settled(client, order, invoice, -amount)
}
