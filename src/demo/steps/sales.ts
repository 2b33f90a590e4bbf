// The order desk's steps: drafting, quoting, confirming, holding, letting go, ending.

import { sql } from '#kernel/db'
import { addDecimals, divideDecimals, multiplyDecimals } from '#kernel/decimal'
import { type Act, orderOf, reasonOf, type Scene } from './scene.ts'

const draft: Act = async ({ desk, files, told, story, doing }) => {
  const closed = files.shipTos.find((one) => one.customer === told.customer?.code && one.active === 'no')
  const known = files.crossReferences.filter((one) => one.scope === told.customer?.code)
  const { ids } = await desk.create('sales.order.draft', doing, [
    {
      customer: told.customer?.code,
      warehouse: story.warehouse,
      ...(story['ship-to'] === 'closed' && closed ? { shipTo: closed.code } : {}),
      ...(story['customer-order-number'] ? { reference: `PO-${told.customer?.code}-17` } : {}),
      lines: told.lines.map((line) => ({
        ...line,
        // A message of a customer names the items as the customer does.
        item: (story.channel === 'edi' && known.find((one) => one.item === line.item)?.number) || line.item,
      })),
    },
  ])
  told.orders.push(ids[0] ?? '')
}

type Priced = { code: string; quantity: string; unit: string; resolved_price: string }

/** The clerk enters the price that the customer asks for, so many percent below what was found, with the reason. */
const revise: Act = async (scene) => {
  const { desk, story, doing } = scene
  const order = orderOf(scene)
  const found = await desk.read<Priced>(
    doing.company,
    sql`select i.code, l.quantity::text, l.unit, l.resolved_price::text from sales.v_order_line v join sales.order_line l on l.company_id = v.company_id and l.id = v.id
        join catalog.v_item i on i.id = l.item_id
       where v.company_id = ${desk.company(doing.company).id} and v.order_id = ${order}::uuid order by v.line`,
  )
  const share = addDecimals('100', story['override-percent'] ?? '0')
  const price = (text: string) =>
    divideDecimals(multiplyDecimals(text, share), '100', { scale: 4, rounding: 'half-up' })
  const lines = found.map((one) => ({
    item: one.code,
    quantity: one.quantity,
    unit: one.unit,
    price: price(one.resolved_price),
    reason: reasonOf(scene),
  }))
  await desk.act('sales.order.revise', doing, [order], { lines })
}

/** A verb on the order that asks for nothing but perhaps a reason. */
const plain =
  (verb: string, reason?: (scene: Scene) => string): Act =>
  async (scene) => {
    const doing = reason ? { ...scene.doing, reason: reason(scene) } : scene.doing
    await scene.desk.act(verb, doing, [orderOf(scene)])
  }

export const SALES: Readonly<Record<string, Act>> = {
  'sales.order.draft': draft,
  'sales.order.revise': revise,
  'sales.order.quote': plain('sales.order.quote'),
  'sales.order.confirm': plain('sales.order.confirm'),
  'sales.order.hold': plain('sales.order.hold', ({ story }) => story.why),
  'sales.order.release-credit': plain('sales.order.release-credit', reasonOf),
  'sales.order.release-price': plain('sales.order.release-price', reasonOf),
  'sales.order.cancel': plain('sales.order.cancel', reasonOf),
  'sales.order.close': plain('sales.order.close', ({ story }) => story.why),
}
