-- Places, lots, ad-hoc moves, adjustments and transfers become documents, and serial numbers get their last line of defence.

alter table inventory.location
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now();

alter table inventory.lot
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now();

-- One serial number is one piece in one place. The constraint waits for the commit, because a move takes the piece from
-- one place and puts it to the other within one statement. Index predicates name no column that every move changes:
-- a balance row is updated in place for as long as possible.
alter table inventory.balance
  add column serial boolean not null default false,
  add column negative_since date,
  add column serial_here uuid generated always as (case when serial and on_hand > 0 then lot_id end) stored,
  add constraint serial_is_one check (not serial or on_hand in (0, 1)),
  add constraint serial_in_one_place exclude using btree (company_id with =, serial_here with =) where (serial_here is not null)
    deferrable initially deferred;
comment on column inventory.balance.negative_since is 'since when the balance is negative, where a waiver allows that';
create index balance_lot on inventory.balance (company_id, lot_id) where lot_id <> '00000000-0000-0000-0000-000000000000';
create index balance_negative on inventory.balance (company_id, negative_since) where negative_since is not null;
create index move_lot on inventory.move (company_id, lot_id) where lot_id <> '00000000-0000-0000-0000-000000000000';

-- An ad-hoc move inside a warehouse; its lines are the moves themselves.
create table inventory.relocation (
  company_id int not null,
  id uuid not null,
  number text not null,
  warehouse_id uuid not null,
  reason text not null default '',
  moved_on date not null,
  state text not null check (state in ('recorded')),
  created_by uuid not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, warehouse_id) references company.warehouse
);
create index relocation_recent on inventory.relocation (company_id, moved_on desc, id desc);
call kernel.guard('inventory.relocation');

-- An adjustment is drafted by whoever counted, sent for approval, approved by somebody else, and posted.
alter table inventory.adjustment drop constraint adjustment_state_check;
alter table inventory.adjustment
  add constraint adjustment_state_check check (state in ('draft', 'waiting-approval', 'approved', 'posted', 'cancelled')),
  add column amount numeric,
  add column submitted_by uuid;
comment on column inventory.adjustment.value is 'what it changes in the books, signed, in the company currency';
comment on column inventory.adjustment.amount is 'the sum of what its lines change, without sign: what is approved';
alter table inventory.adjustment_line drop constraint adjustment_line_quantity_check;
alter table inventory.adjustment_line
  add constraint adjustment_line_quantity_check check (scale(quantity) <= 6),
  add column expected numeric,
  add column counted numeric check (counted >= 0),
  add column counted_at timestamptz,
  add column value numeric,
  add constraint counted_is_whole check ((counted is null) = (counted_at is null)),
  add constraint difference_counted check (counted is null or quantity = counted - expected);
create index adjustment_recent on inventory.adjustment (company_id, posting_date desc, id desc);

-- A transfer leaves one warehouse, is in transit, and arrives in another; what does not arrive stays visible in transit.
create table inventory.transfer (
  company_id int not null,
  id uuid not null,
  number text not null,
  from_warehouse_id uuid not null,
  to_warehouse_id uuid not null,
  due_on date,
  note text not null default '',
  sent_on date,
  received_on date,
  state text not null check (state in ('draft', 'in-transit', 'received', 'short', 'cancelled')),
  created_by uuid not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, from_warehouse_id) references company.warehouse,
  foreign key (company_id, to_warehouse_id) references company.warehouse,
  check (from_warehouse_id <> to_warehouse_id)
);
create table inventory.transfer_line (
  company_id int not null,
  id uuid not null,
  transfer_id uuid not null,
  line int not null,
  item_id uuid not null references catalog.item,
  lot_id uuid not null default '00000000-0000-0000-0000-000000000000',
  quantity numeric not null check (quantity > 0 and scale(quantity) <= 6),
  received numeric not null default 0 check (received >= 0),
  value numeric,
  received_value numeric not null default 0,
  primary key (company_id, id),
  unique (company_id, transfer_id, line),
  foreign key (company_id, transfer_id) references inventory.transfer,
  check (received <= quantity)
);
create index transfer_recent on inventory.transfer (company_id, created_at desc, id desc);
call kernel.guard('inventory.transfer');
call kernel.guard('inventory.transfer_line');

-- Goods sold before they were booked in cost what they turn out to cost: the difference is a valuation without quantity.
alter table costing.valuation drop constraint valuation_quantity_check;
alter table costing.valuation add constraint valuation_quantity_check check (quantity <> 0 or event = 'negative-settled');

-- Whoever moves an order's goods locks the order and its lines first, as its own verbs do.
grant update (id) on sales.v_order, sales.v_order_line to tw_app;

-- What modules above read.
create or replace view inventory.v_location with (security_invoker) as
  select company_id, id, warehouse_id, code, name, kind, pick_sequence, state from inventory.location;
create view inventory.v_transfer with (security_invoker) as
  select company_id, id, number, from_warehouse_id, to_warehouse_id, due_on, sent_on, received_on, state from inventory.transfer;
create view costing.v_layer with (security_invoker) as
  select company_id, id, item_id, received_on, quantity, value, remaining_quantity, remaining_value, source_id from costing.layer;
grant select on inventory.v_transfer, costing.v_layer to tw_app;
