-- The tables that one order-to-cash cycle needs, with the keys, checks and indexes that such tables cannot do without.
--
-- This is the floor: no company key, no row-level security, no idempotency keys, no outbox, no stored balances but
-- stock. Everything that the product writes beyond these rows shows in the ratio, on purpose.
create schema floor;

create sequence floor.head_id;
-- A client that must know the ids of a document before it sends it takes a block of 1,000 ids at a time.
create sequence floor.id_block start 1000000;

create table floor.account (
  number int primary key,
  name text not null
);
create table floor.customer (
  id int primary key,
  code text not null unique,
  name text not null,
  payment_days int not null
);
create table floor.item (
  id int primary key,
  sku text not null unique,
  name text not null,
  list_price numeric(14,4) not null,
  unit_cost numeric(14,4) not null,
  tax_rate numeric(5,4) not null,
  revenue_account int not null references floor.account
);
create table floor.location (
  id int primary key,
  code text not null unique
);
create table floor.number_series (
  name text primary key,
  last_number bigint not null
);

create table floor.sales_order (
  id bigint primary key,
  number text not null unique,
  customer_id int not null references floor.customer,
  ordered_on date not null,
  currency char(3) not null default 'USD',
  state text not null check (state in ('confirmed', 'invoiced', 'closed', 'cancelled')),
  net numeric(14,2) not null,
  tax numeric(14,2) not null,
  gross numeric(14,2) not null,
  created_by int not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  version int not null default 1
);
create index on floor.sales_order (customer_id);
create index on floor.sales_order (ordered_on);
create index on floor.sales_order (state) where state <> 'closed';

create table floor.order_line (
  id bigint generated always as identity primary key,
  order_id bigint not null references floor.sales_order,
  line_no int not null,
  item_id int not null references floor.item,
  description text not null,
  quantity numeric(14,3) not null check (quantity > 0),
  unit_price numeric(14,4) not null,
  tax_rate numeric(5,4) not null,
  net numeric(14,2) not null,
  tax numeric(14,2) not null,
  unique (order_id, line_no)
);
create index on floor.order_line (item_id);

create table floor.stock_balance (
  item_id int not null references floor.item,
  location_id int not null references floor.location,
  on_hand numeric(14,3) not null,
  reserved numeric(14,3) not null default 0,
  primary key (item_id, location_id),
  check (reserved between 0 and on_hand)
) with (fillfactor = 60);

create table floor.reservation (
  order_line_id bigint primary key references floor.order_line,
  item_id int not null,
  location_id int not null,
  quantity numeric(14,3) not null check (quantity > 0),
  foreign key (item_id, location_id) references floor.stock_balance
);
create index on floor.reservation (item_id, location_id);

create table floor.shipment (
  id bigint primary key,
  number text not null unique,
  order_id bigint not null references floor.sales_order,
  location_id int not null references floor.location,
  state text not null check (state in ('assigned', 'done', 'cancelled')),
  planned_on date not null,
  shipped_at timestamptz,
  created_at timestamptz not null default now(),
  version int not null default 1
);
create index on floor.shipment (order_id);
create index on floor.shipment (state, planned_on) where state = 'assigned';

-- A fact: written once, when the goods move.
create table floor.stock_move (
  id bigint generated always as identity primary key,
  item_id int not null references floor.item,
  from_location int not null references floor.location,
  to_location int not null references floor.location,
  quantity numeric(14,3) not null check (quantity > 0),
  unit_cost numeric(14,4) not null,
  value numeric(14,2) not null,
  shipment_id bigint references floor.shipment,
  order_line_id bigint references floor.order_line,
  moved_at timestamptz not null default now()
);
create index on floor.stock_move (shipment_id);
create index on floor.stock_move (order_line_id);
create index on floor.stock_move (item_id, moved_at);

create table floor.journal_entry (
  id bigint primary key,
  number text not null unique,
  journal text not null,
  entry_date date not null,
  period char(7) not null,
  source text not null,
  source_id bigint not null,
  posted_by int not null default 1,
  posted_at timestamptz not null default now()
);
create index on floor.journal_entry (entry_date);
create index on floor.journal_entry (source, source_id);

create table floor.journal_line (
  id bigint generated always as identity primary key,
  entry_id bigint not null references floor.journal_entry,
  account int not null references floor.account,
  customer_id int references floor.customer,
  entry_date date not null,
  debit numeric(14,2) not null default 0,
  credit numeric(14,2) not null default 0,
  due_on date,
  description text not null,
  check (debit >= 0 and credit >= 0 and (debit = 0 or credit = 0))
);
create index on floor.journal_line (entry_id);
create index on floor.journal_line (account, entry_date);
create index on floor.journal_line (customer_id, due_on) where customer_id is not null;

create table floor.invoice (
  id bigint primary key,
  number text not null unique,
  order_id bigint not null references floor.sales_order,
  customer_id int not null references floor.customer,
  invoiced_on date not null,
  due_on date not null,
  state text not null check (state in ('posted', 'paid')),
  net numeric(14,2) not null,
  tax numeric(14,2) not null,
  gross numeric(14,2) not null,
  open numeric(14,2) not null check (open between 0 and gross),
  entry_id bigint not null references floor.journal_entry,
  created_at timestamptz not null default now(),
  version int not null default 1
);
create index on floor.invoice (order_id);
create index on floor.invoice (customer_id, due_on) where state = 'posted';
create index on floor.invoice (invoiced_on);

create table floor.invoice_line (
  id bigint generated always as identity primary key,
  invoice_id bigint not null references floor.invoice,
  order_line_id bigint not null references floor.order_line,
  item_id int not null references floor.item,
  description text not null,
  quantity numeric(14,3) not null,
  unit_price numeric(14,4) not null,
  tax_rate numeric(5,4) not null,
  net numeric(14,2) not null,
  tax numeric(14,2) not null,
  account int not null references floor.account
);
create index on floor.invoice_line (invoice_id);
create index on floor.invoice_line (order_line_id);
create index on floor.invoice_line (item_id);

create table floor.payment (
  id bigint primary key,
  customer_id int not null references floor.customer,
  amount numeric(14,2) not null check (amount > 0),
  method text not null,
  paid_on date not null,
  entry_id bigint not null references floor.journal_entry,
  created_at timestamptz not null default now()
);
create index on floor.payment (customer_id);

create table floor.reconciliation (
  id bigint generated always as identity primary key,
  debit_line_id bigint not null references floor.journal_line,
  credit_line_id bigint not null references floor.journal_line,
  amount numeric(14,2) not null check (amount > 0),
  reconciled_at timestamptz not null default now()
);
create index on floor.reconciliation (debit_line_id);
create index on floor.reconciliation (credit_line_id);

create table floor.audit_event (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor int not null default 1,
  document text not null,
  document_id bigint not null,
  action text not null,
  data jsonb not null
);
create index on floor.audit_event (document, document_id);

insert into floor.account values
  (1100, 'Receivables'), (1160, 'Shipped, not invoiced'), (1200, 'Inventory'), (1300, 'Bank'),
  (2200, 'Tax payable'), (4000, 'Revenue'), (5000, 'Cost of goods sold');
insert into floor.location values (1, 'STOCK'), (2, 'CUSTOMER'), (3, 'OPENING');
insert into floor.number_series values ('invoice', 0);
insert into floor.customer
select n, 'C' || n, 'Customer ' || n, 30 from generate_series(1, 2000) n;
insert into floor.item
select n, 'SKU-' || n, 'Item ' || n, 10 + n % 90 + 0.95, 4 + n % 40 + 0.1234, 0.10, 4000 from generate_series(1, 5000) n;
-- Opening stock comes as moves, so that the balances can be proved from the moves alone.
insert into floor.stock_move (item_id, from_location, to_location, quantity, unit_cost, value)
select id, 3, 1, 1000000, unit_cost, round(1000000 * unit_cost, 2) from floor.item;
insert into floor.stock_balance (item_id, location_id, on_hand)
select item_id, to_location, quantity from floor.stock_move;
