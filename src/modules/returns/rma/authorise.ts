// Authorising says what may come back, for which reason and until when, against what was shipped and is not back yet.
import type { Static } from '@sinclair/typebox'
import { type Call, creation } from '#kernel/command'
import { may } from '#kernel/context'
import { relation, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { resolveCustomers } from '#party'
import { resolveLines, resolveWarehouses } from '#sales'
import { taxed } from '#tax'
import { refuse } from '../refusals.ts'
import { rma } from './rma.ts'

/** Quantities in base units. A line names what was sold; without a sale it names an item and its price, by a permission of its own. */
const ReturnInput = T.object({
  id: T.optional(T.id()),
  customer: T.ref('party.customer'),
  warehouse: T.ref('company.warehouse'),
  reason: T.code(),
  note: T.optional(T.text(500)),
  lines: T.list(
    T.object({
      orderLine: T.optional(T.idOf('sales.order-line')),
      item: T.optional(T.ref('catalog.item')),
      quantity: T.quantity(),
      price: T.optional(T.price()),
      unitCost: T.optional(T.price()),
    }),
    500,
  ),
})
type Given = Static<typeof ReturnInput>

type Problem = {
  wrong: 'reason' | 'line' | 'service' | 'quantity' | 'too-much' | 'late' | 'currencies'
  reason: string
  id: string
  customer: string
  line: number
  item: string
  quantity: string
  possible: string
  shipped: string
  days: number
  one: string
  other: string
}
const CODES = {
  reason: 'RETURN_REASON_UNKNOWN',
  line: 'RETURN_LINE_UNKNOWN',
  service: 'RETURN_NOT_GOODS',
  quantity: 'RETURN_QUANTITY',
  'too-much': 'RETURN_TOO_MUCH',
  late: 'RETURN_TOO_LATE',
  currencies: 'RETURN_CURRENCIES',
} as const

export const authorise = creation(rma.verbs.authorise, ReturnInput, async (call) => {
  const lines = await linesOf(call)
  const problem = await write(call, lines)
  if (problem) refuse(CODES[problem.wrong], problem)
})

type Line = {
  rma_id: string
  rma_number: string
  line: number
  customer_id: string
  warehouse_id: string
  reason_code: string
  note: string
  order_line_id: string | null
  item_id: string | null
  quantity: string
  price: string | null
  unit_cost: string | null
}

/** The lines of the whole set with their codes resolved. Refuses lines without a sale to whoever may not return so. */
async function linesOf(call: Call<readonly Given[]>): Promise<readonly Line[]> {
  const { tx, companyId, input, ids, numbers } = call
  const free = input.flatMap((one) => one.lines).filter((line) => line.orderLine === undefined)
  if (free.length > 0 && !may(call.context, 'returns.rma.without-sale')) refuse('RETURN_WITHOUT_SALE')
  if (free.some((line) => line.item === undefined || line.price === undefined)) refuse('RETURN_WITHOUT_SALE')
  const [customers, warehouses, items] = await Promise.all([
    resolveCustomers(
      tx,
      companyId,
      input.map((one) => one.customer),
    ),
    resolveWarehouses(
      tx,
      companyId,
      input.map((one) => one.warehouse),
    ),
    free.length > 0 ? resolveLines(tx, [{ customerId: null, codes: free.map((line) => line.item ?? '') }]) : [],
  ])
  // Two that authorise for one customer at once would each see all that is not back yet.
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended('returns of ' || id, 0)) from (select distinct id from unnest(${[...customers.values()].map((one) => one.id)}::uuid[]) as c (id) order by id) o`,
  )
  return input.flatMap((one, at) =>
    one.lines.map((line, n) => ({
      rma_id: ids[at] ?? '',
      rma_number: numbers[at] ?? '',
      line: n + 1,
      customer_id: customers.get(one.customer)?.id ?? '',
      warehouse_id: warehouses[at] ?? '',
      reason_code: one.reason,
      note: one.note ?? '',
      order_line_id: line.orderLine ?? null,
      item_id: line.orderLine === undefined ? (items[0]?.[free.indexOf(line)]?.itemId ?? null) : null,
      quantity: line.quantity,
      price: line.orderLine === undefined ? (line.price ?? null) : null,
      unit_cost: line.unitCost ?? null,
    })),
  )
}

/** Writes heads and lines when nothing is wrong with any of them; else says what is. */
function write(call: Call<unknown>, lines: readonly Line[]): Promise<Problem | undefined> {
  const { tx, companyId, today } = call
  const given = relation(
    {
      rma_id: 'uuid',
      rma_number: 'text',
      line: 'int',
      customer_id: 'uuid',
      warehouse_id: 'uuid',
      reason_code: 'text',
      note: 'text',
      order_line_id: 'uuid',
      item_id: 'uuid',
      quantity: 'numeric',
      price: 'numeric',
      unit_cost: 'numeric',
    },
    lines,
  )
  return tx.first(sql<Problem>`with given as materialized (select * from ${given} g), sold as materialized (
      select g.rma_id, g.line, l.id, l.item_id, l.kind, l.description, l.unit, l.price, l.tax_code, l.tax_rate, o.currency, case when l.shipped > 0 then l.shipped_cost / l.shipped else 0 end as unit_cost,
             l.shipped - l.returned - coalesce(w.waiting, 0) - coalesce(sum(g.quantity) over (partition by l.id order by g.rma_id, g.line rows between unbounded preceding and 1 preceding), 0) as possible, s.shipped_on
        from given g join sales.v_order_line l on l.company_id = ${companyId} and l.id = g.order_line_id
        join sales.v_order o on o.company_id = l.company_id and o.id = l.order_id and o.customer_id = g.customer_id
        left join lateral (select sum(n.quantity - n.received) as waiting from returns.rma_line n join returns.rma h on h.company_id = n.company_id and h.id = n.rma_id and h.state in ('authorised', 'received')
             where n.company_id = ${companyId} and n.order_line_id = l.id) w on true
        left join lateral (select max(h.shipped_on) as shipped_on from warehouse.v_shipment_line n join warehouse.v_shipment h on h.company_id = n.company_id and h.id = n.shipment_id and h.state = 'shipped'
             where n.company_id = ${companyId} and n.order_line_id = l.id) s on true
    ), free as materialized (
      select g.rma_id, g.line, i.id as item_id, i.kind, i.name as description, i.base_unit as unit, g.price, t.tax_code, t.tax_rate, c.currency, coalesce(g.unit_cost, k.value / nullif(k.quantity, 0), i.standard_cost, 0) as unit_cost
        from given g join catalog.v_item i on i.id = g.item_id join party.v_customer c on c.company_id = ${companyId} and c.id = g.customer_id
        left join costing.v_item_cost k on k.company_id = ${companyId} and k.item_id = i.id
        left join ${taxed(companyId, today, sql`select rma_id::text || line as line, customer_id, null::uuid as ship_to_id, item_id from given where item_id is not null`)} t on t.line = g.rma_id::text || g.line
       where g.order_line_id is null
    ), line as materialized (
      select g.*, c.code as customer, i.code as item, i.tracking, u.whole, coalesce(s.item_id, f.item_id) as found_item, coalesce(s.kind, f.kind) as kind, coalesce(s.description, f.description) as description, coalesce(s.unit, f.unit) as unit,
             coalesce(s.price, f.price) as net_price, coalesce(s.tax_code, f.tax_code) as tax_code, coalesce(s.tax_rate, f.tax_rate) as tax_rate, coalesce(s.unit_cost, f.unit_cost) as cost, coalesce(s.currency, f.currency) as currency,
             s.possible, s.shipped_on, r.window_days, r.state as reason_state, min(coalesce(s.currency, f.currency)) over (partition by g.rma_id) as one, max(coalesce(s.currency, f.currency)) over (partition by g.rma_id) as other
        from given g left join sold s on s.rma_id = g.rma_id and s.line = g.line left join free f on f.rma_id = g.rma_id and f.line = g.line
        left join returns.reason r on r.company_id = ${companyId} and r.code = g.reason_code
        left join catalog.v_item i on i.id = coalesce(s.item_id, f.item_id) left join catalog.v_unit u on u.code = i.base_unit left join party.v_customer c on c.company_id = ${companyId} and c.id = g.customer_id
    ), judged as materialized (
      select *, case when reason_state is distinct from 'active' then 'reason' when found_item is null or tax_code is null then 'line' when kind <> 'stock' then 'service'
                     when quantity <= 0 or (whole and quantity <> trunc(quantity)) or (tracking = 'serial' and quantity <> 1) then 'quantity' when quantity > possible then 'too-much'
                     when shipped_on + window_days < ${today}::date and not ${may(call.context, 'returns.rma.late')} then 'late' when one <> other then 'currencies' end as wrong from line
    ), head as (
      insert into returns.rma (company_id, id, number, customer_id, warehouse_id, reason_code, note, authorised_on, state, created_by, created_at, updated_at)
      select distinct on (rma_id) ${companyId}, rma_id, rma_number, customer_id, warehouse_id, reason_code, note, ${today}::date, 'authorised', ${call.actor}, ${call.now}, ${call.now} from judged
       where not exists (select from judged where wrong is not null) order by rma_id
    ), body as (
      insert into returns.rma_line (company_id, id, rma_id, line, order_line_id, item_id, description, unit, quantity, price, tax_code, tax_rate, unit_cost, shipped_on)
      select ${companyId}, gen_random_uuid(), rma_id, line, order_line_id, found_item, description, unit, trim_scale(quantity), net_price, tax_code, tax_rate, cost, shipped_on from judged
       where not exists (select from judged where wrong is not null)
    )
    select wrong, reason_code as reason, coalesce(order_line_id::text, '') as id, customer, line, coalesce(item, '') as item, quantity::text, possible::text, shipped_on as shipped, window_days as days, one, other
      from judged where wrong is not null order by rma_id, line limit 1`)
}
