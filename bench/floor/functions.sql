-- One stored function for each business transaction of one order: confirm, ship, invoice, pay.
-- Names are qualified rather than a search_path set on the function, which would cost on each call.

create function floor.confirm(p_customer int, p_items int[], p_quantities numeric[]) returns bigint
language plpgsql as $$
declare
  v_order bigint := nextval('floor.head_id');
  v_shipment bigint := nextval('floor.head_id');
  v_rows int;
begin
  insert into floor.sales_order (id, number, customer_id, ordered_on, state, net, tax, gross)
  select v_order, 'SO-' || v_order, p_customer, current_date, 'confirmed', sum(p.net), sum(p.tax), sum(p.net + p.tax)
    from (select round(w.quantity * i.list_price, 2) as net,
                 round(round(w.quantity * i.list_price, 2) * i.tax_rate, 2) as tax
            from unnest(p_items, p_quantities) as w (item_id, quantity)
            join floor.item i on i.id = w.item_id) p;

  insert into floor.order_line (order_id, line_no, item_id, description, quantity, unit_price, tax_rate, net, tax)
  select v_order, w.line_no, i.id, i.name, w.quantity, i.list_price, i.tax_rate,
         round(w.quantity * i.list_price, 2), round(round(w.quantity * i.list_price, 2) * i.tax_rate, 2)
    from unnest(p_items, p_quantities) with ordinality as w (item_id, quantity, line_no)
    join floor.item i on i.id = w.item_id;

  with locked as materialized (
    select item_id from floor.stock_balance
     where item_id = any (p_items) and location_id = 1
     order by item_id for no key update
  )
  update floor.stock_balance b set reserved = b.reserved + w.quantity
    from locked, unnest(p_items, p_quantities) as w (item_id, quantity)
   where b.item_id = locked.item_id and b.location_id = 1 and w.item_id = b.item_id;
  get diagnostics v_rows = row_count;
  if v_rows <> cardinality(p_items) then
    raise exception 'an item has no stock balance';
  end if;

  insert into floor.reservation (order_line_id, item_id, location_id, quantity)
  select id, item_id, 1, quantity from floor.order_line where order_id = v_order;

  insert into floor.shipment (id, number, order_id, location_id, state, planned_on)
  values (v_shipment, 'SH-' || v_shipment, v_order, 1, 'assigned', current_date);

  insert into floor.audit_event (document, document_id, action, data)
  values ('sales_order', v_order, 'confirm', jsonb_build_object('customer', p_customer, 'lines', v_rows));
  return v_order;
end
$$;

create function floor.ship(p_order bigint) returns void
language plpgsql as $$
declare
  v_entry bigint := nextval('floor.head_id');
  v_shipment bigint;
  v_value numeric;
begin
  update floor.shipment set state = 'done', shipped_at = now(), version = version + 1
   where order_id = p_order and state = 'assigned'
  returning id into v_shipment;
  if v_shipment is null then
    raise exception 'nothing to ship for order %', p_order;
  end if;

  with moved as (
    insert into floor.stock_move
      (item_id, from_location, to_location, quantity, unit_cost, value, shipment_id, order_line_id)
    select r.item_id, r.location_id, 2, r.quantity, i.unit_cost, round(r.quantity * i.unit_cost, 2), v_shipment, l.id
      from floor.order_line l
      join floor.reservation r on r.order_line_id = l.id
      join floor.item i on i.id = r.item_id
     where l.order_id = p_order
    returning value
  )
  select sum(value) into v_value from moved;

  with locked as materialized (
    select b.item_id, m.quantity
      from floor.stock_move m
      join floor.stock_balance b on b.item_id = m.item_id and b.location_id = 1
     where m.shipment_id = v_shipment
     order by b.item_id for no key update of b
  )
  update floor.stock_balance b set on_hand = b.on_hand - locked.quantity, reserved = b.reserved - locked.quantity
    from locked
   where b.item_id = locked.item_id and b.location_id = 1;

  delete from floor.reservation r using floor.order_line l where l.order_id = p_order and r.order_line_id = l.id;

  insert into floor.journal_entry (id, number, journal, entry_date, period, source, source_id)
  values (v_entry, 'JE-' || v_entry, 'stock', current_date, to_char(current_date, 'YYYY-MM'), 'shipment', v_shipment);
  insert into floor.journal_line (entry_id, account, entry_date, debit, credit, description)
  values (v_entry, 1160, current_date, v_value, 0, 'SH-' || v_shipment),
         (v_entry, 1200, current_date, 0, v_value, 'SH-' || v_shipment);

  insert into floor.audit_event (document, document_id, action, data)
  values ('shipment', v_shipment, 'ship', jsonb_build_object('order', p_order));
end
$$;

create function floor.invoice(p_order bigint) returns bigint
language plpgsql as $$
declare
  v_invoice bigint := nextval('floor.head_id');
  v_entry bigint := nextval('floor.head_id');
  v_order floor.sales_order;
  v_cost numeric;
  v_number text;
begin
  update floor.sales_order set state = 'invoiced', changed_at = now(), version = version + 1
   where id = p_order and state = 'confirmed'
  returning * into v_order;
  if v_order.id is null then
    raise exception 'order % cannot be invoiced', p_order;
  end if;
  select sum(m.value) into v_cost
    from floor.shipment s join floor.stock_move m on m.shipment_id = s.id
   where s.order_id = p_order and s.state = 'done';

  insert into floor.journal_entry (id, number, journal, entry_date, period, source, source_id)
  values (v_entry, 'JE-' || v_entry, 'sales', current_date, to_char(current_date, 'YYYY-MM'), 'invoice', v_invoice);
  insert into floor.journal_line (entry_id, account, customer_id, entry_date, debit, credit, due_on, description)
  select v_entry, i.revenue_account, null::int, current_date, 0, sum(l.net), null::date, v_order.number
    from floor.order_line l join floor.item i on i.id = l.item_id
   where l.order_id = p_order
   group by i.revenue_account
  union all
  values (v_entry, 1100, v_order.customer_id, current_date, v_order.gross, 0, current_date + 30, v_order.number),
         (v_entry, 2200, null, current_date, 0, v_order.tax, null, v_order.number),
         (v_entry, 5000, null, current_date, v_cost, 0, null, v_order.number),
         (v_entry, 1160, null, current_date, 0, v_cost, null, v_order.number);

  -- The gapless number late: from here to the commit, everybody else who invoices waits.
  update floor.number_series set last_number = last_number + 1 where name = 'invoice'
  returning 'INV-' || last_number into v_number;
  insert into floor.invoice
    (id, number, order_id, customer_id, invoiced_on, due_on, state, net, tax, gross, open, entry_id)
  values (v_invoice, v_number, p_order, v_order.customer_id, current_date, current_date + 30, 'posted',
          v_order.net, v_order.tax, v_order.gross, v_order.gross, v_entry);
  insert into floor.invoice_line
    (invoice_id, order_line_id, item_id, description, quantity, unit_price, tax_rate, net, tax, account)
  select v_invoice, l.id, l.item_id, l.description, l.quantity, l.unit_price, l.tax_rate, l.net, l.tax, i.revenue_account
    from floor.order_line l join floor.item i on i.id = l.item_id
   where l.order_id = p_order;

  insert into floor.audit_event (document, document_id, action, data)
  values ('invoice', v_invoice, 'post', jsonb_build_object('number', v_number, 'gross', v_order.gross));
  return v_invoice;
end
$$;

create function floor.pay(p_invoice bigint) returns void
language plpgsql as $$
declare
  v_entry bigint := nextval('floor.head_id');
  v_payment bigint := nextval('floor.head_id');
  v_invoice floor.invoice;
begin
  update floor.invoice set state = 'paid', open = 0, version = version + 1
   where id = p_invoice and state = 'posted'
  returning * into v_invoice;
  if v_invoice.id is null then
    raise exception 'invoice % cannot be paid', p_invoice;
  end if;

  insert into floor.journal_entry (id, number, journal, entry_date, period, source, source_id)
  values (v_entry, 'JE-' || v_entry, 'bank', current_date, to_char(current_date, 'YYYY-MM'), 'payment', v_payment);
  insert into floor.payment (id, customer_id, amount, method, paid_on, entry_id)
  values (v_payment, v_invoice.customer_id, v_invoice.gross, 'transfer', current_date, v_entry);
  insert into floor.journal_line (entry_id, account, customer_id, entry_date, debit, credit, description)
  values (v_entry, 1300, null, current_date, v_invoice.gross, 0, v_invoice.number),
         (v_entry, 1100, v_invoice.customer_id, current_date, 0, v_invoice.gross, v_invoice.number);
  insert into floor.reconciliation (debit_line_id, credit_line_id, amount)
  select d.id, c.id, v_invoice.gross
    from floor.journal_line d, floor.journal_line c
   where d.entry_id = v_invoice.entry_id and d.account = 1100 and c.entry_id = v_entry and c.account = 1100;

  update floor.sales_order set state = 'closed', changed_at = now(), version = version + 1
   where id = v_invoice.order_id;
  insert into floor.audit_event (document, document_id, action, data)
  values ('invoice', p_invoice, 'pay', jsonb_build_object('payment', v_payment));
end
$$;
