-- Who is served first: the customer's class, then the day for which the goods are wanted. Lower is earlier.
create function sales.priority(class text, wanted_on date) returns int language sql immutable parallel safe as $$
  select array_position(array['key', 'standard', 'small', 'cash'], class) * 100000 + (wanted_on - date '2000-01-01') $$;
grant execute on function sales.priority(text, date) to tw_app;

-- Orders that look alike: the same items for the same customer, whatever the quantities.
alter table sales.orders add column items_hash text;
create index orders_items on sales.orders (company_id, customer_id, items_hash, ordered_on) where items_hash is not null;
drop index sales.orders_content;

-- What was promised stays known, also for a line that a revision took out.
alter table sales.promise drop constraint promise_company_id_order_line_id_fkey;

-- What waits for whom to decide, as the verbs of orders need it.
create view sales.v_pending_approval with (security_invoker) as
  select company_id, id, kind, document_id, fingerprint, role, sequence, amount, requested_by, state
    from kernel.approval where document = 'sales.order' and state in ('pending', 'approved');
grant select on sales.v_pending_approval to tw_app;

-- When somebody touched a credit account: an order confirmed before that was judged by what stood then.
create view sales.v_account_touched with (security_invoker) as
  select company_id, document_id as account_id, at from kernel.audit where document = 'credit.account';
grant select on sales.v_account_touched to tw_app;

-- The progress of orders, for lists: filter and sort by the order's own columns, which are last.
create or replace view sales.v_order_progress with (security_invoker) as
  select o.company_id, o.id, o.state,
    l.ordered, l.shipped, l.cancelled, l.invoiced, l.returned,
    case
      when o.state <> 'confirmed' then o.state
      when l.open = 0 and l.to_invoice = 0 and l.shipped > 0 then 'invoiced'
      when l.open = 0 and l.shipped > 0 then 'shipped'
      when l.shipped > 0 then 'partially_shipped'
      when l.reserved >= l.open_stock then 'allocated'
      else 'confirmed'
    end as status,
    o.number, o.customer_id, o.warehouse_id, o.ordered_on, o.requested_on, o.customer_reference, o.total, o.currency,
    l.open, l.reserved, l.to_invoice, l.promise
  from sales.orders o
  cross join lateral (
    select coalesce(sum(ordered), 0) as ordered, coalesce(sum(shipped), 0) as shipped, coalesce(sum(cancelled), 0) as cancelled,
      coalesce(sum(invoiced), 0) as invoiced, coalesce(sum(returned), 0) as returned,
      coalesce(sum(ordered - shipped - cancelled), 0) as open,
      coalesce(sum(ordered - shipped - cancelled) filter (where kind = 'stock'), 0) as open_stock,
      coalesce(sum((select sum(r.quantity) from inventory.reservation r
                     where r.company_id = n.company_id and r.source_line = n.id)), 0) as reserved,
      coalesce(sum(greatest(shipped - invoiced - greatest(returned - credited, 0), 0)), 0) as to_invoice,
      max(promise) as promise
    from sales.order_line n where n.company_id = o.company_id and n.order_id = o.id
  ) l;
