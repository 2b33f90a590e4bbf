-- What must be true when the load is over: one row a check, with the number of offending rows (0 is right).
select 'an entry that does not balance' as check, count(*)::int as offending
  from (select entry_id from floor.journal_line group by entry_id having sum(debit) <> sum(credit)) x
union all
select 'a gap or a double in the invoice numbers',
       (abs(count(*) - (select last_number from floor.number_series where name = 'invoice'))
        + abs(count(*) - count(distinct number))
        + count(*) filter (where substr(number, 5)::bigint not between 1
            and (select last_number from floor.number_series where name = 'invoice')))::int
  from floor.invoice
union all
select 'an order that is not closed', count(*)::int from floor.sales_order where state <> 'closed'
union all
select 'an order without exactly five lines, five moves, one shipment, one paid invoice of five lines', count(*)::int
  from floor.sales_order o
 where (select count(*) from floor.order_line l where l.order_id = o.id) <> 5
    or (select count(*) from floor.shipment s where s.order_id = o.id and s.state = 'done') <> 1
    or (select count(*) from floor.shipment s join floor.stock_move m on m.shipment_id = s.id
         where s.order_id = o.id) <> 5
    or (select count(*) from floor.invoice v where v.order_id = o.id and v.state = 'paid' and v.open = 0) <> 1
    or (select count(*) from floor.invoice v join floor.invoice_line l on l.invoice_id = v.id
         where v.order_id = o.id) <> 5
union all
select 'a stock balance that differs from its moves', count(*)::int
  from floor.stock_balance b
 where b.on_hand <> (select sum(case when m.to_location = 1 then m.quantity else -m.quantity end)
                       from floor.stock_move m where m.item_id = b.item_id)
union all
select 'a reservation left over',
       ((select count(*) from floor.reservation) + (select count(*) from floor.stock_balance where reserved <> 0))::int
union all
select 'an account that must be zero and is not', count(*)::int
  from (select account from floor.journal_line where account in (1100, 1160)
         group by account having sum(debit) <> sum(credit)) x
union all
select 'inventory credited differs from the value of the moves',
       (coalesce((select sum(credit - debit) from floor.journal_line where account = 1200), 0)
        <> coalesce((select sum(value) from floor.stock_move where shipment_id is not null), 0))::int
union all
select 'an invoice that is not reconciled in full', count(*)::int
  from floor.invoice v
 where v.gross <> coalesce((select sum(r.amount) from floor.journal_line j
                              join floor.reconciliation r on r.debit_line_id = j.id
                             where j.entry_id = v.entry_id and j.account = 1100), 0)
union all
select 'audit events that are not four an order',
       abs((select count(*) from floor.audit_event) - 4 * (select count(*) from floor.sales_order))::int;
