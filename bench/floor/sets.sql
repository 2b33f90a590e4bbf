-- The same four business transactions over a set of orders in one call: a fixed number of statements, whatever the size.

-- The k-th order is for p_customers[k]; its lines are those whose p_line_orders is k.
create function floor.confirm_set(p_customers int[], p_line_orders int[], p_items int[], p_quantities numeric[])
returns bigint[]
language plpgsql as $$
declare
  v_orders bigint[];
  v_rows int;
  v_wanted int;
begin
  select array_agg(nextval('floor.head_id')) into v_orders from generate_series(1, cardinality(p_customers));

  insert into floor.sales_order (id, number, customer_id, ordered_on, state, net, tax, gross)
  select v_orders[p.k], 'SO-' || v_orders[p.k], p_customers[p.k], current_date, 'confirmed',
         sum(p.net), sum(p.tax), sum(p.net + p.tax)
    from (select w.k, round(w.quantity * i.list_price, 2) as net,
                 round(round(w.quantity * i.list_price, 2) * i.tax_rate, 2) as tax
            from unnest(p_line_orders, p_items, p_quantities) as w (k, item_id, quantity)
            join floor.item i on i.id = w.item_id) p
   group by p.k;

  insert into floor.order_line (order_id, line_no, item_id, description, quantity, unit_price, tax_rate, net, tax)
  select v_orders[w.k], row_number() over (partition by w.k order by w.position), i.id, i.name, w.quantity,
         i.list_price, i.tax_rate, round(w.quantity * i.list_price, 2),
         round(round(w.quantity * i.list_price, 2) * i.tax_rate, 2)
    from unnest(p_line_orders, p_items, p_quantities) with ordinality as w (k, item_id, quantity, position)
    join floor.item i on i.id = w.item_id;

  with wanted as materialized (
    select item_id, sum(quantity) as quantity
      from unnest(p_items, p_quantities) as w (item_id, quantity) group by item_id
  ), locked as materialized (
    select item_id from floor.stock_balance
     where item_id = any (p_items) and location_id = 1
     order by item_id for no key update
  )
  update floor.stock_balance b set reserved = b.reserved + wanted.quantity
    from locked join wanted using (item_id)
   where b.item_id = locked.item_id and b.location_id = 1;
  get diagnostics v_rows = row_count;
  select count(distinct item_id) into v_wanted from unnest(p_items) as w (item_id);
  if v_rows <> v_wanted then
    raise exception 'an item has no stock balance';
  end if;

  insert into floor.reservation (order_line_id, item_id, location_id, quantity)
  select id, item_id, 1, quantity from floor.order_line where order_id = any (v_orders);

  insert into floor.shipment (id, number, order_id, location_id, state, planned_on)
  select s.id, 'SH-' || s.id, s.order_id, 1, 'assigned', current_date
    from (select nextval('floor.head_id') as id, o.id as order_id from unnest(v_orders) as o (id)) s;

  insert into floor.audit_event (document, document_id, action, data)
  select 'sales_order', v_orders[c.k], 'confirm', jsonb_build_object('customer', c.customer, 'lines', 5)
    from unnest(p_customers) with ordinality as c (customer, k);
  return v_orders;
end
$$;

create function floor.ship_set(p_orders bigint[]) returns void
language plpgsql as $$
declare
  v_shipments bigint[];
begin
  with shipped as (
    update floor.shipment set state = 'done', shipped_at = now(), version = version + 1
     where order_id = any (p_orders) and state = 'assigned'
    returning id
  )
  select array_agg(id) into v_shipments from shipped;
  if cardinality(v_shipments) is distinct from cardinality(p_orders) then
    raise exception 'an order of the set has nothing to ship';
  end if;

  insert into floor.stock_move
    (item_id, from_location, to_location, quantity, unit_cost, value, shipment_id, order_line_id)
  select r.item_id, r.location_id, 2, r.quantity, i.unit_cost, round(r.quantity * i.unit_cost, 2), s.id, l.id
    from floor.shipment s
    join floor.order_line l on l.order_id = s.order_id
    join floor.reservation r on r.order_line_id = l.id
    join floor.item i on i.id = r.item_id
   where s.id = any (v_shipments);

  with moved as materialized (
    select item_id, sum(quantity) as quantity from floor.stock_move where shipment_id = any (v_shipments) group by item_id
  ), locked as materialized (
    select b.item_id from floor.stock_balance b
     where b.item_id in (select item_id from moved) and b.location_id = 1
     order by b.item_id for no key update
  )
  update floor.stock_balance b set on_hand = b.on_hand - moved.quantity, reserved = b.reserved - moved.quantity
    from locked join moved using (item_id)
   where b.item_id = locked.item_id and b.location_id = 1;

  delete from floor.reservation r using floor.order_line l
   where l.order_id = any (p_orders) and r.order_line_id = l.id;

  with entry as (
    insert into floor.journal_entry (id, number, journal, entry_date, period, source, source_id)
    select e.id, 'JE-' || e.id, 'stock', current_date, to_char(current_date, 'YYYY-MM'), 'shipment', e.shipment_id
      from (select nextval('floor.head_id') as id, s.id as shipment_id from unnest(v_shipments) as s (id)) e
    returning id, source_id
  ), cost as (
    select entry.id, entry.source_id, sum(m.value) as value
      from entry join floor.stock_move m on m.shipment_id = entry.source_id
     group by entry.id, entry.source_id
  )
  insert into floor.journal_line (entry_id, account, entry_date, debit, credit, description)
  select c.id, side.account, current_date, c.value * side.debit, c.value * side.credit, 'SH-' || c.source_id
    from cost c, (values (1160, 1, 0), (1200, 0, 1)) as side (account, debit, credit);

  insert into floor.audit_event (document, document_id, action, data)
  select 'shipment', s.id, 'ship', jsonb_build_object('order', s.order_id)
    from floor.shipment s where s.id = any (v_shipments);
end
$$;

create function floor.invoice_set(p_orders bigint[]) returns bigint[]
language plpgsql as $$
declare
  v_count int := cardinality(p_orders);
  v_invoices bigint[];
  v_entries bigint[];
  v_before bigint;
  v_rows int;
begin
  perform 1 from floor.sales_order where id = any (p_orders) order by id for no key update;
  update floor.sales_order set state = 'invoiced', changed_at = now(), version = version + 1
   where id = any (p_orders) and state = 'confirmed';
  get diagnostics v_rows = row_count;
  if v_rows <> v_count then
    raise exception 'an order of the set cannot be invoiced';
  end if;
  select array_agg(nextval('floor.head_id')), array_agg(nextval('floor.head_id'))
    into v_invoices, v_entries from generate_series(1, v_count);

  insert into floor.journal_entry (id, number, journal, entry_date, period, source, source_id)
  select x.entry, 'JE-' || x.entry, 'sales', current_date, to_char(current_date, 'YYYY-MM'), 'invoice', x.invoice
    from unnest(v_entries, v_invoices) as x (entry, invoice);

  with head as materialized (
    select x.entry, o.id, o.number, o.customer_id, o.gross, o.tax,
           (select sum(m.value) from floor.shipment s join floor.stock_move m on m.shipment_id = s.id
             where s.order_id = o.id and s.state = 'done') as cost
      from unnest(p_orders, v_entries) as x (order_id, entry) join floor.sales_order o on o.id = x.order_id
  )
  insert into floor.journal_line (entry_id, account, customer_id, entry_date, debit, credit, due_on, description)
  select h.entry, i.revenue_account, null::int, current_date, 0, sum(l.net), null::date, h.number
    from head h join floor.order_line l on l.order_id = h.id join floor.item i on i.id = l.item_id
   group by h.entry, h.number, i.revenue_account
  union all
  select h.entry, 1100, h.customer_id, current_date, h.gross, 0, current_date + 30, h.number from head h
  union all
  select h.entry, 2200, null, current_date, 0, h.tax, null, h.number from head h
  union all
  select h.entry, 5000, null, current_date, h.cost, 0, null, h.number from head h
  union all
  select h.entry, 1160, null, current_date, 0, h.cost, null, h.number from head h;

  update floor.number_series set last_number = last_number + v_count where name = 'invoice'
  returning last_number - v_count into v_before;
  insert into floor.invoice
    (id, number, order_id, customer_id, invoiced_on, due_on, state, net, tax, gross, open, entry_id)
  select x.id, 'INV-' || v_before + x.k, o.id, o.customer_id, current_date, current_date + 30, 'posted',
         o.net, o.tax, o.gross, o.gross, x.entry
    from unnest(p_orders, v_invoices, v_entries) with ordinality as x (order_id, id, entry, k)
    join floor.sales_order o on o.id = x.order_id;
  insert into floor.invoice_line
    (invoice_id, order_line_id, item_id, description, quantity, unit_price, tax_rate, net, tax, account)
  select x.id, l.id, l.item_id, l.description, l.quantity, l.unit_price, l.tax_rate, l.net, l.tax, i.revenue_account
    from unnest(p_orders, v_invoices) as x (order_id, id)
    join floor.order_line l on l.order_id = x.order_id
    join floor.item i on i.id = l.item_id;

  insert into floor.audit_event (document, document_id, action, data)
  select 'invoice', id, 'post', jsonb_build_object('number', number, 'gross', gross)
    from floor.invoice where id = any (v_invoices);
  return v_invoices;
end
$$;

create function floor.pay_set(p_invoices bigint[]) returns void
language plpgsql as $$
declare
  v_count int := cardinality(p_invoices);
  v_entries bigint[];
  v_payments bigint[];
  v_rows int;
begin
  update floor.invoice set state = 'paid', open = 0, version = version + 1
   where id = any (p_invoices) and state = 'posted';
  get diagnostics v_rows = row_count;
  if v_rows <> v_count then
    raise exception 'an invoice of the set cannot be paid';
  end if;
  select array_agg(nextval('floor.head_id')), array_agg(nextval('floor.head_id'))
    into v_entries, v_payments from generate_series(1, v_count);

  insert into floor.journal_entry (id, number, journal, entry_date, period, source, source_id)
  select x.entry, 'JE-' || x.entry, 'bank', current_date, to_char(current_date, 'YYYY-MM'), 'payment', x.payment
    from unnest(v_entries, v_payments) as x (entry, payment);
  insert into floor.payment (id, customer_id, amount, method, paid_on, entry_id)
  select x.payment, v.customer_id, v.gross, 'transfer', current_date, x.entry
    from unnest(p_invoices, v_entries, v_payments) as x (invoice, entry, payment)
    join floor.invoice v on v.id = x.invoice;
  insert into floor.journal_line (entry_id, account, customer_id, entry_date, debit, credit, description)
  select x.entry, 1300, null, current_date, v.gross, 0, v.number
    from unnest(p_invoices, v_entries) as x (invoice, entry) join floor.invoice v on v.id = x.invoice
  union all
  select x.entry, 1100, v.customer_id, current_date, 0, v.gross, v.number
    from unnest(p_invoices, v_entries) as x (invoice, entry) join floor.invoice v on v.id = x.invoice;
  insert into floor.reconciliation (debit_line_id, credit_line_id, amount)
  select d.id, c.id, v.gross
    from unnest(p_invoices, v_entries) as x (invoice, entry)
    join floor.invoice v on v.id = x.invoice
    join floor.journal_line d on d.entry_id = v.entry_id and d.account = 1100
    join floor.journal_line c on c.entry_id = x.entry and c.account = 1100;

  update floor.sales_order o set state = 'closed', changed_at = now(), version = o.version + 1
    from floor.invoice v
   where v.id = any (p_invoices) and o.id = v.order_id;
  insert into floor.audit_event (document, document_id, action, data)
  select 'invoice', x.invoice, 'pay', jsonb_build_object('payment', x.payment)
    from unnest(p_invoices, v_payments) as x (invoice, payment);
end
$$;
