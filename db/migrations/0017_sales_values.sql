-- What an open or an unbilled part of a line is worth to the credit check. Functions of the line as it stands, so that
-- the running exposure moves by the difference of two of them and always equals their sum.
create function sales.open_value(net numeric, tax_rate numeric, ordered numeric, open numeric) returns numeric
  language sql immutable parallel safe as $$ select round(net * (1 + tax_rate) * greatest(open, 0) / ordered, 4) $$;
grant execute on function sales.open_value(numeric, numeric, numeric, numeric) to tw_app;

-- What modules above read of orders.
create view sales.v_order with (security_invoker) as
  select company_id, id, number, customer_id, ship_to_id, warehouse_id, channel, currency, ordered_on, requested_on, customer_reference,
      backorder_rule, tax_rounding, net, tax, total, state, created_by, confirmed_at
    from sales.orders;
create view sales.v_order_line with (security_invoker) as
  select company_id, id, order_id, line, item_id, description, kind, unit, unit_num, unit_den, quantity, ordered, price, unit_cost, tax_code, tax_rate, net,
      shipped, cancelled, invoiced, returned, credited, billed, shipped_cost, billed_cost, promise, first_promise
    from sales.order_line;
create view sales.v_backorder_rule with (security_invoker) as
  select company_id, code, policy, min_fill_percent, max_shipments, keep_open_days from sales.backorder_rule;
grant select on sales.v_order, sales.v_order_line, sales.v_backorder_rule to tw_app;

create view inventory.v_location with (security_invoker) as
  select company_id, id, warehouse_id, code, name, kind, pick_sequence, state from inventory.location;
create view inventory.v_reservation with (security_invoker) as
  select company_id, id, source, source_id, source_line, location_id, item_id, lot_id, quantity, reason, created_at from inventory.reservation;
create view inventory.v_balance with (security_invoker) as
  select company_id, location_id, item_id, lot_id, on_hand, reserved from inventory.balance;
create view inventory.v_move with (security_invoker) as
  select company_id, id, posting_date, item_id, lot_id, from_id, to_id, quantity, event, source, source_id, source_line, moved_by, moved_at from inventory.move;
create view inventory.v_lot with (security_invoker) as
  select company_id, id, item_id, code, serial, expires_on, state from inventory.lot;
grant select on inventory.v_location, inventory.v_reservation, inventory.v_balance, inventory.v_move, inventory.v_lot to tw_app;

create view costing.v_item_cost with (security_invoker) as
  select company_id, item_id, quantity, value from costing.item_cost;
create view costing.v_valuation with (security_invoker) as
  select company_id, id, posting_date, move_id, item_id, quantity, value, event, source_id, source_line from costing.valuation;
grant select on costing.v_item_cost, costing.v_valuation to tw_app;

-- The day on which `days` working days after `from` have passed; `from` itself counts as the start when it is a working
-- day, else the next one does. Without a calendar every day works.
create function sales.working_day(starts date, days int, weekdays int[], holidays date[]) returns date
  language sql immutable parallel safe as $$
  select d::date from generate_series(starts, starts + days * 3 + 30, interval '1 day') d
   where (weekdays is null or extract(isodow from d)::int = any(weekdays)) and (holidays is null or d::date <> all(holidays))
   order by d offset days limit 1 $$;
grant execute on function sales.working_day(date, int, int[], date[]) to tw_app;

create view inventory.v_expected with (security_invoker) as
  select company_id, id, source, source_id, source_line, warehouse_id, item_id, quantity, due_on from inventory.expected;
grant select on inventory.v_expected to tw_app;
