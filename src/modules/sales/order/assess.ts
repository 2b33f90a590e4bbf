// Everything that can hold an order, looked at together, before any stock is touched (ORD-04, ORD-06).
import { overLimit } from '#credit'
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { discountLimit, marginFloor } from '#pricing'

/** A reason to hold an order. `fingerprint` is what a release is good for: another price or address voids it. */
export type Finding = {
  order_id: string
  kind: string
  owner_role: string
  reason: string
  detail: Record<string, unknown>
  fingerprint: string
}

/** Days in which a second order with the same content counts as near-identical. */
const SAME_CONTENT_DAYS = 2

/**
 * What holds these orders now, releases that are still good left out. Credit is looked at for orders that nothing else
 * holds as well, so that one answer names every reason. The accounts must be locked before.
 */
export function findings(
  call: Pick<Call<unknown>, 'tx' | 'companyId' | 'now' | 'today' | 'context'>,
  set: Sql<{ id: string }>,
): Promise<Finding[]> {
  const { companyId, today, now } = call
  const roles = call.context.principal.kind === 'system' ? null : call.context.principal.roles.map((held) => held.role)
  const trusted = roles === null
  return call.tx.rows(sql<Finding>`with asked as materialized (
      select o.id, o.number, o.customer_id, o.ship_to_id, o.total, o.customer_reference, o.content_hash, o.ordered_on, o.created_by
        from sales.orders o join ${set} s on s.id = o.id where o.company_id = ${companyId}
    ), line as materialized (
      select l.*, i.category_id from sales.order_line l join asked a on a.id = l.order_id join catalog.v_item i on i.id = l.item_id where l.company_id = ${companyId}
    ), found as (
      select a.id as order_id, 'address' as kind, 'data-steward' as owner_role, 'Ship-to ' || s.code || ' is closed' as reason,
             jsonb_build_object('shipTo', s.code) as detail, s.id::text as fingerprint
        from asked a join party.v_ship_to s on s.company_id = ${companyId} and s.id = a.ship_to_id and s.state <> 'active'
      union all
      select a.id, 'duplicate', 'sales-manager', 'Looks like ' || min(d.number) || case when bool_or(d.customer_reference = a.customer_reference) then ': same customer order number ' || a.customer_reference else ': same content' end,
             jsonb_build_object('orders', jsonb_agg(d.number)), min(d.id::text)
        from asked a join sales.orders d on d.company_id = ${companyId} and d.customer_id = a.customer_id and d.id <> a.id
         and d.state not in ('draft', 'cancelled')
         and ((a.customer_reference is not null and d.customer_reference = a.customer_reference)
           or (a.customer_reference is null and d.customer_reference is null and d.content_hash = a.content_hash and d.ordered_on >= a.ordered_on - ${SAME_CONTENT_DAYS}::int))
       group by a.id, a.customer_reference
      union all
      select l.order_id, 'price', 'sales-manager', count(*) || ' line(s) beyond the discount limit of ' || max(m.percent) || ' %',
             jsonb_agg(jsonb_build_object('line', l.line, 'price', l.price, 'resolved', l.resolved_price,
               'margin_before', round(100 - 100 * l.unit_cost * l.unit_num / l.unit_den / nullif(l.resolved_price, 0), 1),
               'margin_after', round(100 - 100 * l.unit_cost * l.unit_num / l.unit_den / nullif(l.price, 0), 1)) order by l.line),
             string_agg(l.line || '@' || l.price, ',' order by l.line)
        from line l cross join ${discountLimit(companyId, roles ?? [])} m
       where not ${trusted}::boolean and l.price < l.resolved_price * (1 - m.percent / 100)
       group by l.order_id
      union all
      select l.order_id, 'margin', 'sales-manager', 'Margin under the floor of ' || max(m.percent) || ' % on ' || count(*) || ' line(s)',
             jsonb_agg(jsonb_build_object('line', l.line, 'margin', round(100 - 100 * l.unit_cost * l.unit_num / l.unit_den / nullif(l.price, 0), 1), 'floor', m.percent) order by l.line),
             string_agg(l.line || '@' || l.price || '/' || round(l.unit_cost, 4), ',' order by l.line)
        from line l join ${marginFloor(companyId, sql`select id as line, category_id from line`)} m on m.line = l.id
       where l.kind = 'stock' and l.price > 0 and l.price - l.unit_cost * l.unit_num / l.unit_den < l.price * m.percent / 100
       group by l.order_id
      union all
      select c.order_id, 'credit', 'credit-officer', c.reason, c.exposure, c.rule
        from ${overLimit(companyId, { now, today }, sql`select id as order_id, customer_id, total as amount from asked`, 'confirm')} c
    )
    select f.* from found f
     where not exists (select from sales.hold h where h.company_id = ${companyId} and h.order_id = f.order_id and h.kind = f.kind and f.kind <> 'credit'
       and h.released_at is not null and h.voided_at is null and h.fingerprint = f.fingerprint
       and (h.release_expires_at is null or h.release_expires_at > ${now}))
     order by f.order_id, f.kind`)
}
