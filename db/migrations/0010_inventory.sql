-- Where the goods are. Moves are facts; balances are running sums kept in the same transaction.
-- The nil uuid as lot means "not tracked", so that lots and serials are a dimension from the start.
create schema inventory;
grant usage on schema inventory to tw_app;

create table inventory.location (
  company_id int not null,
  id uuid not null,
  warehouse_id uuid,
  code text not null,
  name text not null,
  kind text not null check (kind in ('stock', 'pack', 'dock', 'quarantine', 'transit', 'supplier', 'customer', 'adjustment', 'scrap', 'opening')),
  pick_sequence int not null default 0,
  state text not null default 'active' check (state in ('active', 'blocked', 'closed')),
  primary key (company_id, id),
  unique nulls not distinct (company_id, warehouse_id, code),
  foreign key (company_id, warehouse_id) references company.warehouse
);
create index location_kind on inventory.location (company_id, kind, warehouse_id);

create table inventory.lot (
  company_id int not null,
  id uuid not null,
  item_id uuid not null references catalog.item,
  code text not null,
  serial boolean not null default false,
  expires_on date,
  removal_on date,
  state text not null default 'released' check (state in ('released', 'quarantine', 'blocked')),
  attributes jsonb not null default '{}',
  primary key (company_id, id),
  unique (company_id, item_id, code)
);

create table inventory.balance (
  company_id int not null,
  location_id uuid not null,
  item_id uuid not null references catalog.item,
  lot_id uuid not null default '00000000-0000-0000-0000-000000000000',
  on_hand numeric not null default 0,
  reserved numeric not null default 0,
  negative_allowed boolean not null default false,
  primary key (company_id, location_id, item_id, lot_id),
  foreign key (company_id, location_id) references inventory.location,
  constraint never_oversold check (reserved >= 0 and (negative_allowed or reserved <= on_hand)),
  constraint never_negative check (negative_allowed or on_hand >= 0)
) with (fillfactor = 50);
create index balance_item on inventory.balance (company_id, item_id);

create table inventory.move (
  company_id int not null,
  id uuid not null,
  posting_date date not null,
  item_id uuid not null references catalog.item,
  lot_id uuid not null default '00000000-0000-0000-0000-000000000000',
  from_id uuid not null,
  to_id uuid not null,
  quantity numeric not null check (quantity > 0 and scale(quantity) <= 6),
  event text not null,
  source text not null,
  source_id uuid not null,
  source_line uuid not null,
  reverses_id uuid,
  moved_by uuid not null,
  moved_at timestamptz not null,
  primary key (company_id, id, posting_date),
  foreign key (company_id, from_id) references inventory.location,
  foreign key (company_id, to_id) references inventory.location,
  check (from_id <> to_id)
) partition by range (posting_date);
create index move_item on inventory.move (company_id, item_id, posting_date);
create index move_source on inventory.move (company_id, source_id);

-- A promise of stock to one demand line. Consumed by shipping, given back by cancelling.
create table inventory.reservation (
  company_id int not null,
  id uuid not null,
  source text not null,
  source_id uuid not null,
  source_line uuid not null,
  location_id uuid not null,
  item_id uuid not null,
  lot_id uuid not null default '00000000-0000-0000-0000-000000000000',
  quantity numeric not null check (quantity > 0 and scale(quantity) <= 6),
  serial boolean not null default false,
  reason text not null,
  created_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, location_id, item_id, lot_id) references inventory.balance
);
create unique index reservation_once on inventory.reservation (company_id, source_line, location_id, lot_id);
create unique index reservation_serial on inventory.reservation (company_id, lot_id) where serial;
create index reservation_stock on inventory.reservation (company_id, item_id, location_id);
create index reservation_source on inventory.reservation (company_id, source_id);

-- What is expected in: purchases, transfers, returns. Any module that brings goods keeps its rows current.
create table inventory.expected (
  company_id int not null,
  id uuid not null,
  source text not null,
  source_id uuid not null,
  source_line uuid not null,
  warehouse_id uuid not null,
  item_id uuid not null references catalog.item,
  quantity numeric not null check (quantity > 0),
  due_on date not null,
  primary key (company_id, id),
  unique (company_id, source_line),
  foreign key (company_id, warehouse_id) references company.warehouse
);
create index expected_item on inventory.expected (company_id, item_id, warehouse_id, due_on);

-- Corrections: found, lost, damaged. Beyond the tolerance a second person approves.
create table inventory.adjustment (
  company_id int not null,
  id uuid not null,
  number text not null,
  warehouse_id uuid not null,
  posting_date date not null,
  reason_code text not null,
  remark text not null default '',
  value numeric,
  state text not null default 'draft' check (state in ('draft', 'posted', 'cancelled')),
  created_by uuid not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, warehouse_id) references company.warehouse
);
create table inventory.adjustment_line (
  company_id int not null,
  id uuid not null,
  adjustment_id uuid not null,
  line int not null,
  item_id uuid not null references catalog.item,
  lot_id uuid not null default '00000000-0000-0000-0000-000000000000',
  location_id uuid not null,
  quantity numeric not null check (quantity <> 0 and scale(quantity) <= 6),
  unit_cost numeric,
  primary key (company_id, id),
  unique (company_id, adjustment_id, line),
  foreign key (company_id, adjustment_id) references inventory.adjustment
);

call kernel.guard('inventory.location');
call kernel.guard('inventory.lot');
call kernel.guard('inventory.balance');
call kernel.guard('inventory.move', facts => true);
call kernel.guard('inventory.reservation');
call kernel.guard('inventory.expected');
call kernel.guard('inventory.adjustment');
call kernel.guard('inventory.adjustment_line');
call kernel.monthly('inventory.move');
