-- What of a line the credit check counts, each piece once: open while it is neither shipped nor invoiced, unbilled while
-- it is shipped, not invoiced and not come back. `credited` is credited for good; what is credited to be invoiced
-- again lowers `invoiced` instead, so that credited never passes invoiced.
create function sales.open_worth(l sales.order_line) returns numeric language sql immutable parallel safe as $$
  select round(l.net * (1 + l.tax_rate) * greatest(l.ordered - l.cancelled - greatest(l.shipped, l.invoiced), 0) / l.ordered, 4) $$;
create function sales.unbilled_worth(l sales.order_line) returns numeric language sql immutable parallel safe as $$
  select round(l.net * (1 + l.tax_rate) * greatest(l.shipped - l.invoiced - greatest(l.returned - l.credited, 0), 0) / l.ordered, 4) $$;
grant execute on function sales.open_worth(sales.order_line), sales.unbilled_worth(sales.order_line) to tw_app;

alter table sales.order_line
  -- Who gave a price by hand, and how far (percent) that person might go without asking; null: it came from the rules.
  add column price_by uuid,
  add column price_limit numeric,
  -- 'hand' after somebody took the line's stock away: it gets stock again when somebody gives it some.
  add column allocation text not null default 'rule' check (allocation in ('rule', 'hand')),
  -- The line whose item could not be supplied and for which this one stands in.
  add column replaces_id uuid,
  add constraint credited_within_invoiced check (credited <= invoiced),
  add constraint replaces foreign key (company_id, replaces_id) references sales.order_line;

-- Lines that still wait for something, by item: who is served next, and what is promised before whom.
create index order_line_waiting on sales.order_line (company_id, item_id) where ordered > shipped + cancelled;
create index hold_order on sales.hold (company_id, order_id, raised_at);

create or replace view sales.v_order_line with (security_invoker) as
  select company_id, id, order_id, line, item_id, description, kind, unit, unit_num, unit_den, quantity, ordered, price, unit_cost, tax_code, tax_rate, net,
      shipped, cancelled, invoiced, returned, credited, billed, shipped_cost, billed_cost, promise, first_promise,
      requested_item_id, replaces_id, allocation, greatest(shipped - invoiced - greatest(returned - credited, 0), 0) as to_invoice
    from sales.order_line;
create or replace view sales.v_order with (security_invoker) as
  select company_id, id, number, customer_id, ship_to_id, warehouse_id, channel, currency, ordered_on, requested_on, customer_reference,
      backorder_rule, tax_rounding, net, tax, total, state, created_by, confirmed_at, valid_until, closed_reason
    from sales.orders;
