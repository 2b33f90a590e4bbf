// What must be true of shipments and receipts; each is a question that must find nothing.
import { sql } from '#kernel/db'
import { invariant } from '#kernel/verify'

export const invariants = [
  invariant(
    'W01',
    'warehouse',
    'Every shipment and every receipt that moved value is posted exactly once',
    sql`
    select h.company_id, h.id, h.number, 'shipped' as event, count(e.id) as entries
      from warehouse.shipment h left join ledger.v_entry e on e.company_id = h.company_id and e.source_id = h.id and e.event = 'shipped'
     where h.state = 'shipped' and exists (select from costing.v_valuation v where v.company_id = h.company_id and v.source_id = h.id and v.value <> 0)
     group by h.company_id, h.id, h.number having count(e.id) <> 1
    union all
    select h.company_id, h.id, h.number, 'received', count(e.id)
      from warehouse.receipt h left join ledger.v_entry e on e.company_id = h.company_id and e.source_id = h.id and e.event = 'received'
     where h.state = 'posted' and exists (select from costing.v_valuation v where v.company_id = h.company_id and v.source_id = h.id and v.value <> 0)
     group by h.company_id, h.id, h.number having count(e.id) <> 1
    union all
    select e.company_id, e.source_id, e.number, e.event, 1
      from ledger.v_entry e left join warehouse.shipment h on h.company_id = e.company_id and h.id = e.source_id
     where e.source = 'warehouse.shipment' and e.event = 'shipped' and h.state is distinct from 'shipped'`,
  ),
  invariant(
    'W02',
    'warehouse',
    'What shipments took out is what their orders say was shipped',
    sql`
    select company_id, order_line_id, coalesce(s.shipped, 0) as by_shipments, l.shipped as by_order
      from (select company_id, id as order_line_id, shipped from sales.v_order_line) l
      left join (select n.company_id, n.order_line_id, sum(n.picked) as shipped from warehouse.shipment_line n
          join warehouse.shipment h on h.company_id = n.company_id and h.id = n.shipment_id and h.state = 'shipped' group by 1, 2) s using (company_id, order_line_id)
     where coalesce(s.shipped, 0) <> l.shipped`,
  ),
  invariant(
    'W03',
    'warehouse',
    'What open lists have to take is promised to their orders at that place',
    sql`
    select n.company_id, n.order_line_id, n.from_id, n.lot_id, sum(n.quantity - n.picked - n.short) as listed, coalesce(max(r.quantity), 0) as promised
      from warehouse.shipment_line n join warehouse.shipment h on h.company_id = n.company_id and h.id = n.shipment_id and h.state = 'released'
      join inventory.v_location l on l.company_id = n.company_id and l.id = n.from_id and l.kind = 'stock'
      left join inventory.v_reservation r on r.company_id = n.company_id and r.source_line = n.order_line_id and r.location_id = n.from_id and r.lot_id = n.lot_id
     where not exists (select from kernel.outbox o where o.company_id = h.company_id and o.document_id = h.order_id and o.at > h.updated_at and o.topic like 'sales.order.%')
     group by n.company_id, n.order_line_id, n.from_id, n.lot_id having sum(n.quantity - n.picked - n.short) > coalesce(max(r.quantity), 0)`,
  ),
  invariant(
    'I26',
    'warehouse',
    'Goods received and not invoiced is the worth of the receipts that no supplier has billed',
    // No module takes suppliers' bills yet, so every posted receipt of goods is open with all that it was worth.
    sql`
    with booked as (
      select j.company_id, sum(j.credit - j.debit) as amount from ledger.v_journal_line j
       where j.account in (select m.account from ledger.v_mapping m where m.company_id = j.company_id and m.role = 'goods-received-not-invoiced') group by j.company_id
    ), open as (
      select h.company_id, sum(round(n.quantity * n.unit_cost, y.digits)) as amount
        from warehouse.receipt h join warehouse.receipt_line n on n.company_id = h.company_id and n.receipt_id = h.id
        join company.v_company b on b.id = h.company_id join company.v_currency y on y.code = b.currency
       where h.state = 'posted' and h.kind = 'goods' group by h.company_id
    )
    select company_id, coalesce(b.amount, 0) as booked, coalesce(o.amount, 0) as received from booked b full join open o using (company_id)
     where coalesce(b.amount, 0) <> coalesce(o.amount, 0)`,
  ),
  invariant(
    'W05',
    'warehouse',
    'Shipped and not invoiced, line by line, is what the account says',
    sql`
    with booked as (
      select j.company_id, sum(j.debit - j.credit) as amount from ledger.v_journal_line j
       where j.account in (select m.account from ledger.v_mapping m where m.company_id = j.company_id and m.role = 'shipped-not-invoiced') group by j.company_id
    ), open as (
      select company_id, sum(shipped_cost - billed_cost) as amount from sales.v_order_line group by company_id
    )
    select company_id, coalesce(b.amount, 0) as booked, coalesce(o.amount, 0) as open from booked b full join open o using (company_id)
     where coalesce(b.amount, 0) <> coalesce(o.amount, 0)`,
  ),
] as const
