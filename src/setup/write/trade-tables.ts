// How a company trades: terms, backorder rules, return reasons, limits and floors of prices, approvals. One writer a table.
import { sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { approvalRows, backorderRows, discountLimitRows, marginFloorRows, returnReasonRows, termRows } from '../rows.ts'
import type { Template } from '../template.ts'
import { type Counts, type Written, written } from './written.ts'

export function writeTerms(tx: Tx, companyId: number, template: Template): Promise<Written> {
  return written(
    tx,
    'party.term',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(termRows(template))}::jsonb) as g (code text, name text, due_days int, end_of_month boolean,
        discount_percent numeric, discount_days int, prepaid boolean, locked boolean)
    ), changed as (
      update party.term t set name = g.name, due_days = g.due_days, end_of_month = g.end_of_month,
          discount_percent = g.discount_percent, discount_days = g.discount_days, prepaid = g.prepaid from given g
       where t.company_id = ${companyId} and t.code = g.code and g.locked
         and (t.name, t.due_days, t.end_of_month, t.discount_percent, t.discount_days, t.prepaid)
           is distinct from (g.name, g.due_days, g.end_of_month, g.discount_percent, g.discount_days, g.prepaid) returning 1
    ), added as (
      insert into party.term (company_id, code, name, due_days, end_of_month, discount_percent, discount_days, prepaid)
      select ${companyId}, code, name, due_days, end_of_month, discount_percent, discount_days, prepaid from given
      on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}

export function writeBackorderRules(tx: Tx, companyId: number, template: Template): Promise<Written> {
  return written(
    tx,
    'sales.backorder_rule',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(backorderRows(template))}::jsonb) as g (code text, name text, policy text,
        min_fill_percent numeric, max_shipments int, keep_open_days int, customer_class text, item_class text, channel text, locked boolean)
    ), changed as (
      update sales.backorder_rule r set name = g.name, policy = g.policy, min_fill_percent = g.min_fill_percent,
          max_shipments = g.max_shipments, keep_open_days = g.keep_open_days, customer_class = g.customer_class,
          item_class = g.item_class, channel = g.channel from given g
       where r.company_id = ${companyId} and r.code = g.code and g.locked
         and (r.name, r.policy, r.min_fill_percent, r.max_shipments, r.keep_open_days, r.customer_class, r.item_class, r.channel)
           is distinct from (g.name, g.policy, g.min_fill_percent, g.max_shipments, g.keep_open_days, g.customer_class, g.item_class, g.channel) returning 1
    ), added as (
      insert into sales.backorder_rule (company_id, code, name, policy, min_fill_percent, max_shipments, keep_open_days, customer_class, item_class, channel)
      select ${companyId}, code, name, policy, min_fill_percent, max_shipments, keep_open_days, customer_class, item_class, channel from given
      on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}

export function writeReturnReasons(tx: Tx, companyId: number, template: Template): Promise<Written> {
  return written(
    tx,
    'returns.reason',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(returnReasonRows(template))}::jsonb) as g (code text, name text, window_days int,
        restocking_percent numeric, disposition text, locked boolean)
    ), changed as (
      update returns.reason r set name = g.name, window_days = g.window_days, restocking_percent = g.restocking_percent,
          disposition = g.disposition from given g
       where r.company_id = ${companyId} and r.code = g.code and g.locked
         and (r.name, r.window_days, r.restocking_percent, r.disposition)
           is distinct from (g.name, g.window_days, g.restocking_percent, g.disposition) returning 1
    ), added as (
      insert into returns.reason (company_id, code, name, window_days, restocking_percent, disposition)
      select ${companyId}, code, name, window_days, restocking_percent, disposition from given on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}

export function writeDiscountLimits(tx: Tx, companyId: number, template: Template): Promise<Written> {
  return written(
    tx,
    'pricing.discount_limit',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(discountLimitRows(template))}::jsonb) as g (role text, percent numeric, locked boolean)
    ), changed as (
      update pricing.discount_limit l set percent = g.percent from given g
       where l.company_id = ${companyId} and l.role = g.role and g.locked and l.percent <> g.percent returning 1
    ), added as (
      insert into pricing.discount_limit (company_id, role, percent) select ${companyId}, role, percent from given
      on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}

/** The floor of a family is kept under the family's category; the general one under no category. */
export function writeMarginFloors(tx: Tx, companyId: number, template: Template): Promise<Written> {
  return written(
    tx,
    'pricing.margin_floor',
    sql<Counts>`with given as (
      select g.percent, g.locked, coalesce(c.id, '00000000-0000-0000-0000-000000000000') as category_id
        from jsonb_to_recordset(${JSON.stringify(marginFloorRows(template))}::jsonb) as g (family text, percent numeric, locked boolean)
        left join catalog.category c on c.code = g.family
       where g.family is null or c.id is not null
    ), changed as (
      update pricing.margin_floor f set percent = g.percent from given g
       where f.company_id = ${companyId} and f.category_id = g.category_id and g.locked and f.percent <> g.percent returning 1
    ), added as (
      insert into pricing.margin_floor (company_id, category_id, percent) select ${companyId}, category_id, percent from given
      on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}

export function writeApprovalRules(tx: Tx, companyId: number, template: Template, currency: string): Promise<Written> {
  const rows = approvalRows(template, currency).map((one) => ({ ...one, id: newId() }))
  return written(
    tx,
    'kernel.approval_rule',
    sql<Counts>`with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, kind text, role text, above numeric, up_to numeric, sequence int, locked boolean)
    ), changed as (
      update kernel.approval_rule r set up_to = g.up_to from given g
       where r.company_id = ${companyId} and r.kind = g.kind and r.role = g.role and r.above = g.above and r.sequence = g.sequence
         and g.locked and r.up_to is distinct from g.up_to returning 1
    ), added as (
      -- A kind that has rules is complete: to add a step of the template to those of the company would mix two matrices.
      insert into kernel.approval_rule (company_id, id, kind, role, above, up_to, sequence)
      select ${companyId}, id, kind, role, above, up_to, sequence from given g
       where not exists (select from kernel.approval_rule r where r.company_id = ${companyId} and r.kind = g.kind)
      on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}
