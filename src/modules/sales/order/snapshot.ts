// An order as it stands, and how it differs from how it stood: what a change shows before saving and keeps after (ORD-19).
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'

export type LineState = {
  id: string
  line: number
  item: string
  quantity: string
  unit: string
  ordered: string
  shipped: string
  cancelled: string
  invoiced: string
  price: string
  priceReason: string | null
  taxCode: string
  net: string
  promise: string | null
  reserved: string
  exposure: string
}
export type OrderState = {
  id: string
  customer_id: string
  head: Record<
    | 'shipTo'
    | 'warehouse'
    | 'requestedOn'
    | 'validUntil'
    | 'reference'
    | 'note'
    | 'backorderRule'
    | 'net'
    | 'tax'
    | 'total',
    string | null
  >
  lines: LineState[]
}

type Reader = Pick<Call<unknown>, 'tx' | 'companyId'>

/**
 * The orders with their lines, what is reserved for each (base units) and what each counts in the customer's exposure
 * (order currency). Locks the lines in order, so that nobody ships in between.
 */
export function snapshot(call: Reader, set: Sql<{ id: string }>): Promise<OrderState[]> {
  const { companyId } = call
  return call.tx.rows(sql<OrderState>`with line as materialized (
      select l.*, sales.open_worth(l) as worth from ${set} s join sales.order_line l on l.company_id = ${companyId} and l.order_id = s.id
       order by l.order_id, l.id for no key update of l
    )
    select o.id, o.customer_id,
        jsonb_build_object('shipTo', t.code, 'warehouse', w.code, 'requestedOn', o.requested_on, 'validUntil', o.valid_until, 'reference', o.customer_reference, 'note', o.note, 'backorderRule', o.backorder_rule,
          'net', o.net::text, 'tax', o.tax::text, 'total', o.total::text) as head,
        coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'line', l.line, 'item', i.code, 'quantity', l.quantity::text, 'unit', l.unit, 'ordered', l.ordered::text,
            'shipped', l.shipped::text, 'cancelled', l.cancelled::text, 'invoiced', l.invoiced::text, 'price', trim_scale(l.price)::text, 'priceReason', l.price_reason,
            'taxCode', l.tax_code, 'net', l.net::text, 'promise', l.promise, 'exposure', l.worth::text,
            'reserved', trim_scale(coalesce((select sum(r.quantity) from inventory.v_reservation r where r.company_id = l.company_id and r.source_line = l.id), 0))::text) order by l.line)
          from line l join catalog.v_item i on i.id = l.item_id where l.order_id = o.id), '[]'::jsonb) as lines
      from ${set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id
      join company.v_warehouse w on w.company_id = o.company_id and w.id = o.warehouse_id
      left join party.v_ship_to t on t.company_id = o.company_id and t.id = o.ship_to_id order by o.id`)
}

/** What of the open quantities was in the exposure, by order: the sum over its lines. */
export const exposures = (states: readonly OrderState[]): Sql<{ customer_id: string; open_orders: string }> => sql`
  select customer_id, sum(worth) as open_orders from unnest(${states.flatMap((one) => one.lines.map(() => one.customer_id))}::uuid[],
    ${states.flatMap((one) => one.lines.map((line) => line.exposure))}::numeric[]) as e (customer_id, worth) group by customer_id`

type Change = [unknown, unknown]
export type Differences = {
  head?: Record<string, Change>
  lines?: Record<string, Record<string, Change> | { added: LineState } | { removed: LineState }>
}

/** Field by field, before and after; what stayed is left out. Nothing at all is undefined. */
export function differences(before: OrderState, after: OrderState): Differences | undefined {
  const head = fields(before.head, after.head)
  const lines: NonNullable<Differences['lines']> = {}
  const old = new Map(before.lines.map((line) => [line.line, line]))
  for (const line of after.lines) {
    const was = old.get(line.line)
    const changed = was && was.item === line.item ? fields(was, line, ['id']) : undefined
    if (!was) lines[line.line] = { added: line }
    else if (was.item !== line.item) lines[line.line] = fields(was, line, ['id'])
    else if (changed && Object.keys(changed).length > 0) lines[line.line] = changed
    old.delete(line.line)
  }
  for (const [number, line] of old) lines[number] = { removed: line }
  const found = {
    ...(Object.keys(head).length > 0 ? { head } : {}),
    ...(Object.keys(lines).length > 0 ? { lines } : {}),
  }
  return Object.keys(found).length > 0 ? found : undefined
}

function fields(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  without: readonly string[] = [],
): Record<string, Change> {
  const keys = Object.keys(after).filter((key) => !without.includes(key) && before[key] !== after[key])
  return Object.fromEntries(keys.map((key) => [key, [before[key] ?? null, after[key] ?? null] satisfies Change]))
}

/** The differences of many orders, by id, as the audit keeps them. */
export function changesOf(before: readonly OrderState[], after: readonly OrderState[]): Map<string, Differences> {
  const was = new Map(before.map((one) => [one.id, one]))
  const changes = new Map<string, Differences>()
  for (const one of after) {
    const old = was.get(one.id)
    const found = old ? differences(old, one) : undefined
    changes.set(one.id, found ?? {})
  }
  return changes
}
