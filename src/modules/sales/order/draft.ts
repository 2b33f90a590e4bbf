// Drafting takes down what a customer asks for, priced and taxed, and promises nothing yet (ORD-03).
import { creation } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { isId, newId } from '#kernel/ids'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { insertLines, type WantedLine } from './lines.ts'
import { order } from './order.ts'
import { resolveOrders } from './resolve.ts'
import { retotal } from './totals.ts'

/** One line as callers send it; also what `revise` and `change` take. */
export const LineInput = T.object({
  item: T.ref('catalog.item'),
  quantity: T.quantity(),
  unit: T.optional(T.code()),
  price: T.optional(T.price()),
  reason: T.optional(T.text()),
})

export const OrderInput = T.object({
  id: T.optional(T.id()),
  customer: T.ref('party.customer'),
  shipTo: T.optional(T.ref('party.ship-to')),
  warehouse: T.ref('company.warehouse'),
  requestedOn: T.optional(T.date()),
  validUntil: T.optional(T.date()),
  reference: T.optional(T.text(60)),
  note: T.optional(T.text(2000)),
  lines: T.list(LineInput, 2000, 0),
})

export const draft = creation(order.verbs.draft, OrderInput, async (call) => {
  const { tx, companyId, ids, input, numbers } = call
  const found = await resolveOrders(tx, companyId, input)
  const lines: WantedLine[] = input.flatMap((one, at) =>
    one.lines.map((line, n) => ({
      ...line,
      id: newId(),
      orderId: ids[at] ?? '',
      line: n + 1,
      itemId: found.items[at]?.[n]?.itemId ?? '',
      unit: line.unit ?? found.items[at]?.[n]?.unit,
      code: isId(line.item) ? undefined : line.item,
    })),
  )
  const heads = relation(
    {
      id: 'uuid',
      number: 'text',
      customer_id: 'uuid',
      ship_to_id: 'uuid',
      warehouse_id: 'uuid',
      requested_on: 'date',
      valid_until: 'date',
      reference: 'text',
      note: 'text',
      items: 'jsonb',
    },
    input.map((one, at) => ({
      id: ids[at],
      number: numbers[at],
      customer_id: found.customers[at],
      ship_to_id: found.shipTos[at],
      warehouse_id: found.warehouses[at],
      requested_on: one.requestedOn,
      valid_until: one.validUntil,
      reference: one.reference,
      note: one.note,
      items: found.items[at]?.map((item) => item.itemId) ?? [],
    })),
  )
  const problem = tx.first(sql<{
    code: 'CUSTOMER_NOT_ACTIVE' | 'SHIP_TO_NOT_OURS'
    /** Null when there is no such customer in the company. */
    customer: string | null
    given: string
    state: string
    shipTo: string
  }>`with wanted as materialized (
      select w.*, c.currency, c.state, c.code as customer, coalesce(c.backorder_rule, sales.rule_for(${companyId}, c.class, ${call.context.channel}, w.items), b.settings ->> 'backorder_rule', 'BACKORDER') as backorder_rule, b.tax_rounding,
             s.customer_id as ship_to_owner
        from ${heads} w
        join company.v_company b on b.id = ${companyId}
        left join party.v_customer c on c.company_id = ${companyId} and c.id = w.customer_id
        left join party.v_ship_to s on s.company_id = ${companyId} and s.id = w.ship_to_id
    ), problem as materialized (
      select case when state is distinct from 'active' then 'CUSTOMER_NOT_ACTIVE'
                  when ship_to_id is not null and ship_to_owner is distinct from customer_id then 'SHIP_TO_NOT_OURS' end as code, customer, customer_id as given, state, ship_to_id
        from wanted
    ), written as (
      insert into sales.orders (company_id, id, number, customer_id, ship_to_id, warehouse_id, channel, currency, ordered_on, requested_on, valid_until, customer_reference,
        backorder_rule, tax_rounding, note, created_by, created_at, updated_at)
      select ${companyId}, id, number, customer_id, ship_to_id, warehouse_id, ${call.context.channel}, currency, ${call.today}::date, requested_on, valid_until, reference,
             backorder_rule, tax_rounding, coalesce(note, ''), ${call.actor}, ${call.now}, ${call.now}
        from wanted where not exists (select from problem where code is not null)
    )
    select code, customer, given, state, ship_to_id as "shipTo" from problem where code is not null limit 1`)
  const [bad] = await Promise.all([
    problem,
    lines.length > 0 ? insertLines(call, lines) : undefined,
    lines.length > 0 ? retotal(call, ids) : undefined,
  ])
  if (bad?.customer === null) refuseKernel('UNKNOWN_CODE', { entity: 'customer', code: bad.given })
  if (bad) refuse(bad.code, bad)
})
