-- Quotations and orders. Quantities of a line are kept in the item's base unit, so that identities are exact:
-- ordered = open + shipped + cancelled. Shipping and billing progress are derived, never set.
create schema sales;
grant usage on schema sales to tw_app;

create table sales.backorder_rule (
  company_id int not null,
  code text not null,
  name text not null,
  policy text not null check (policy in ('ship-complete', 'ship-and-backorder', 'cancel-remainder')),
  min_fill_percent numeric not null default 0 check (min_fill_percent between 0 and 100),
  max_shipments int,
  keep_open_days int,
  primary key (company_id, code)
);

create table sales.orders (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  customer_id uuid not null,
  ship_to_id uuid,
  warehouse_id uuid not null,
  channel text not null default 'inside',
  currency text not null references company.currency,
  ordered_on date not null,
  requested_on date,
  valid_until date,
  customer_reference text,
  content_hash text,
  backorder_rule text not null,
  tax_rounding text not null,
  net numeric not null default 0,
  tax numeric not null default 0,
  total numeric not null default 0,
  note text not null default '',
  state text not null default 'draft' check (state in ('draft', 'quoted', 'on_hold', 'confirmed', 'closed', 'cancelled')),
  created_by uuid not null,
  confirmed_by uuid,
  confirmed_at timestamptz,
  closed_reason text,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, customer_id) references party.customer,
  foreign key (company_id, ship_to_id) references party.ship_to,
  foreign key (company_id, warehouse_id) references company.warehouse,
  foreign key (company_id, backorder_rule) references sales.backorder_rule
) with (fillfactor = 80);
create index orders_customer on sales.orders (company_id, customer_id, ordered_on desc);
create index orders_recent on sales.orders (company_id, ordered_on desc, id desc);
create index orders_open on sales.orders (company_id, state, ordered_on desc, id desc) where state in ('draft', 'quoted', 'on_hold', 'confirmed');
create index orders_reference on sales.orders (company_id, customer_id, customer_reference) where customer_reference is not null;
create index orders_content on sales.orders (company_id, content_hash, ordered_on) where content_hash is not null;

create table sales.order_line (
  company_id int not null,
  id uuid not null,
  order_id uuid not null,
  line int not null,
  item_id uuid not null references catalog.item,
  requested_item_id uuid references catalog.item,
  requested_code text,
  description text not null,
  kind text not null check (kind in ('stock', 'service', 'kit')),
  unit text not null references catalog.unit,
  unit_num bigint not null default 1,
  unit_den bigint not null default 1,
  quantity numeric not null check (quantity > 0 and scale(quantity) <= 6),
  ordered numeric not null check (ordered > 0 and scale(ordered) <= 6),
  price numeric not null check (price >= 0),
  resolved_price numeric not null,
  price_trace jsonb not null,
  price_reason text,
  unit_cost numeric not null default 0,
  tax_code text not null,
  tax_rate numeric not null,
  net numeric not null,
  shipped numeric not null default 0,
  cancelled numeric not null default 0,
  invoiced numeric not null default 0,
  returned numeric not null default 0,
  credited numeric not null default 0,
  billed numeric not null default 0,
  shipped_cost numeric not null default 0,
  billed_cost numeric not null default 0,
  first_promise date,
  promise date,
  version int not null default 1,
  primary key (company_id, id),
  unique (company_id, order_id, line),
  foreign key (company_id, order_id) references sales.orders,
  constraint quantities check (
    shipped >= 0 and cancelled >= 0 and shipped + cancelled <= ordered and
    returned >= 0 and returned <= shipped and invoiced >= 0 and credited >= 0 and invoiced <= ordered)
) with (fillfactor = 70);
create index order_line_item on sales.order_line (company_id, item_id);

-- Why a line's promise is what it is, and each change of it.
create table sales.promise (
  company_id int not null,
  id uuid not null,
  order_line_id uuid not null,
  promise date,
  reason text not null,
  terms jsonb not null,
  at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, order_line_id) references sales.order_line
);
create index promise_line on sales.promise (company_id, order_line_id, at);

-- A hold stops an order until somebody who may releases it. Releases are kept: who, why, up to what, until when.
create table sales.hold (
  company_id int not null,
  id uuid not null,
  order_id uuid not null,
  kind text not null check (kind in ('credit', 'price', 'margin', 'address', 'compliance', 'duplicate', 'manual')),
  owner_role text not null,
  reason text not null,
  detail jsonb not null default '{}',
  fingerprint text not null default '',
  raised_by uuid not null,
  raised_at timestamptz not null,
  due_at timestamptz,
  released_by uuid,
  released_at timestamptz,
  release_reason text,
  release_up_to numeric,
  release_expires_at timestamptz,
  voided_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, order_id) references sales.orders
);
create unique index hold_open on sales.hold (company_id, order_id, kind) where released_at is null and voided_at is null;
create index hold_queue on sales.hold (company_id, owner_role, raised_at) where released_at is null and voided_at is null;

call kernel.guard('sales.backorder_rule');
call kernel.guard('sales.orders');
call kernel.guard('sales.order_line');
call kernel.guard('sales.promise', facts => true);
call kernel.guard('sales.hold');

-- Where each order stands, derived from the quantities of its lines (ORD-01).
create view sales.v_order_progress with (security_invoker) as
  select o.company_id, o.id, o.state,
    l.ordered, l.shipped, l.cancelled, l.invoiced, l.returned,
    case
      when o.state <> 'confirmed' then o.state
      when l.open = 0 and l.invoiced >= l.shipped and l.shipped > 0 then 'invoiced'
      when l.open = 0 and l.shipped > 0 then 'shipped'
      when l.shipped > 0 then 'partially_shipped'
      when l.reserved >= l.open_stock then 'allocated'
      else 'confirmed'
    end as status
  from sales.orders o
  cross join lateral (
    select coalesce(sum(ordered), 0) as ordered, coalesce(sum(shipped), 0) as shipped, coalesce(sum(cancelled), 0) as cancelled,
      coalesce(sum(invoiced), 0) as invoiced, coalesce(sum(returned), 0) as returned,
      coalesce(sum(ordered - shipped - cancelled), 0) as open,
      coalesce(sum(ordered - shipped - cancelled) filter (where kind = 'stock'), 0) as open_stock,
      coalesce(sum((select sum(r.quantity) from inventory.reservation r
                     where r.company_id = n.company_id and r.source_line = n.id)), 0) as reserved
    from sales.order_line n where n.company_id = o.company_id and n.order_id = o.id
  ) l;
grant select on sales.v_order_progress to tw_app;
