// Everything that can hold an order, looked at together, before any stock is touched (ORD-04, ORD-06).
import { overLimit } from '#credit'
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { marginFloor } from '#pricing'
import { worthOf } from './lines.ts'

/**
 * A reason to hold an order. `fingerprint` is what a release is good for: another price or address voids it. `measure`
 * is what the approval matrix asks for: percent below the found price, or points below the margin floor.
 */
export type Finding = {
  order_id: string
  customer_id: string
  kind: string
  owner_role: string
  reason: string
  detail: Record<string, unknown>
  fingerprint: string
  measure: string | null
  enterer: string | null
}

export type Assessor = Pick<Call<unknown>, 'tx' | 'companyId' | 'now' | 'today' | 'context'>

/** Days in which a second order with the same items counts as a look-alike, and how far (percent) its total may differ. */
const ALIKE_DAYS = 2
const ALIKE_PERCENT = 5

/**
 * What holds these orders now, releases that are still good left out. Credit is looked at for orders that something
 * else holds as well, so that one answer names every reason. The accounts must be locked before. Company settings
 * duplicate_days and duplicate_percent say what looks alike.
 */
export function findings(call: Assessor, set: Sql<{ id: string }>): Promise<Finding[]> {
  const { companyId, now } = call
  return call.tx.rows(sql<Finding>`with asked as materialized (
      select o.id, o.number, o.customer_id, o.ship_to_id, o.currency, o.total, o.customer_reference, o.content_hash, o.items_hash, o.ordered_on, o.created_at, o.created_by,
             o.confirmed_at is not null as once_confirmed, coalesce((b.settings ->> 'duplicate_days')::int, ${ALIKE_DAYS}::int) as days,
             coalesce((b.settings ->> 'duplicate_percent')::numeric, ${ALIKE_PERCENT}::numeric) as percent
        from ${set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id join company.v_company b on b.id = o.company_id
    ), line as materialized (
      select l.*, a.customer_id, a.created_by, i.category_id, sales.open_worth(l) as worth,
             coalesce(k.value / nullif(k.quantity, 0), i.standard_cost) / ${worthOf(companyId, call.today, sql`a.currency`)} * l.unit_num / l.unit_den as cost
        from asked a join sales.order_line l on l.company_id = ${companyId} and l.order_id = a.id
        join catalog.v_item i on i.id = l.item_id left join costing.v_item_cost k on k.company_id = ${companyId} and k.item_id = l.item_id
    ), found as (${addresses(companyId)}
      union all ${duplicates(companyId)}
      union all ${prices()}
      union all ${margins(companyId)}
      union all
      select c.order_id, c.customer_id, 'credit', 'credit-officer', c.reason, c.exposure, c.rule, null, null
        from ${overLimit(companyId, call, sql`select order_id, customer_id, sum(worth) as amount from line group by order_id, customer_id`, 'confirm')} c
      union all
      select h.order_id, a.customer_id, h.kind, h.owner_role, h.reason, h.detail, h.fingerprint, null, null
        from asked a join sales.hold h on h.company_id = ${companyId} and h.order_id = a.id
       where h.kind in ('manual', 'compliance') and h.released_at is null and h.voided_at is null
    )
    select f.order_id, f.customer_id, f.kind, f.owner_role, f.reason, f.detail, f.fingerprint, f.measure::text, f.enterer from found f
     where not exists (select from sales.hold h where h.company_id = ${companyId} and h.order_id = f.order_id and h.kind = f.kind and f.kind <> 'credit'
       and h.released_at is not null and h.voided_at is null and h.fingerprint = f.fingerprint
       and (h.release_expires_at is null or h.release_expires_at > ${now}))
     order by f.order_id, f.kind`)
}

const addresses = (companyId: number) => sql`
      select a.id as order_id, a.customer_id, 'address' as kind, 'data-steward' as owner_role, 'Ship-to ' || s.code || ' is closed' as reason,
             jsonb_build_object('shipTo', s.code) as detail, s.id::text as fingerprint, null::numeric as measure, null::uuid as enterer
        from asked a join party.v_ship_to s on s.company_id = ${companyId} and s.id = a.ship_to_id and s.state <> 'active'`

/**
 * Earlier orders of the customer that look like this one: the same order number of his, or the same items for about the
 * same money within some days, unless both carry numbers of his that differ. The later one is held, never the first.
 */
const duplicates = (companyId: number) => sql`
      select t.order_id, t.customer_id, 'duplicate', 'sales-manager', 'Looks like ' || string_agg(t.number || ': ' || t.why, ', ' order by t.number),
             jsonb_build_object('orders', jsonb_agg(jsonb_build_object('number', t.number, 'id', t.id, 'why', t.why) order by t.number)), min(t.id::text), null, null
        from (
          select a.id as order_id, a.customer_id, d.id, d.number, 'same customer order number ' || a.customer_reference as why
            from asked a join sales.orders d on d.company_id = ${companyId} and d.customer_id = a.customer_id and d.customer_reference = a.customer_reference
           where ${earlier}
          union all
          select a.id, a.customer_id, d.id, d.number, case when d.content_hash = a.content_hash then 'same content' else 'same items for about the same total' end
            from asked a join sales.orders d on d.company_id = ${companyId} and d.customer_id = a.customer_id and d.items_hash = a.items_hash
             and d.ordered_on between a.ordered_on - a.days and a.ordered_on
           where ${earlier} and (a.customer_reference is null or d.customer_reference is null)
             and (d.content_hash = a.content_hash or abs(d.total - a.total) <= a.total * a.percent / 100)
        ) t group by t.order_id, t.customer_id`

const earlier = sql`not a.once_confirmed and (d.created_at, d.id) < (a.created_at, a.id)
             and (d.state in ('on_hold', 'confirmed', 'closed') or d.state in ('draft', 'quoted') and d.id in (select id from asked))`

const prices = () => sql`
      select l.order_id, l.customer_id, 'price', 'sales-manager', count(*) || ' line(s) beyond the discount limit of ' || trim_scale(min(l.price_limit)) || ' %',
             jsonb_build_object('lines', jsonb_agg(jsonb_build_object('line', l.line, 'price', l.price::text, 'resolved', l.resolved_price::text, 'limit', l.price_limit::text, 'reason', l.price_reason,
               'margin_before', round(100 - 100 * l.cost / nullif(l.resolved_price, 0), 1)::text,
               'margin_after', round(100 - 100 * l.cost / nullif(l.price, 0), 1)::text) order by l.line)),
             string_agg(l.line || '@' || trim_scale(l.price), ',' order by l.line), max(round(100 - 100 * l.price / nullif(l.resolved_price, 0), 4)), min(l.price_by::text)::uuid
        from line l where l.price_limit is not null and l.price < l.resolved_price * (1 - l.price_limit / 100)
       group by l.order_id, l.customer_id`

const margins = (companyId: number) => sql`
      select l.order_id, l.customer_id, 'margin', 'sales-manager', 'Margin under the floor of ' || trim_scale(max(m.percent)) || ' % on ' || count(*) || ' line(s)',
             jsonb_build_object('lines', jsonb_agg(jsonb_build_object('line', l.line, 'price', l.price::text, 'cost', round(l.cost, 4)::text,
               'margin', round(100 - 100 * l.cost / l.price, 1)::text, 'floor', m.percent::text) order by l.line)),
             string_agg(l.line || '@' || trim_scale(l.price) || '/' || round(l.cost, 4), ',' order by l.line), max(round(m.percent - 100 + 100 * l.cost / l.price, 4)),
             min(coalesce(l.price_by, l.created_by)::text)::uuid
        from line l join ${marginFloor(companyId, sql`select id as line, category_id from line`)} m on m.line = l.id
       where l.kind = 'stock' and l.price > 0 and l.price - l.cost < l.price * m.percent / 100
       group by l.order_id, l.customer_id`
