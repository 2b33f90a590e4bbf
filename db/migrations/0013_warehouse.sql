-- Goods out and goods in.
create schema warehouse;
grant usage on schema warehouse to tw_app;

create table warehouse.shipment (
  company_id int not null,
  id uuid not null,
  number text not null,
  order_id uuid not null,
  customer_id uuid not null,
  ship_to_id uuid,
  warehouse_id uuid not null,
  steps int not null check (steps between 1 and 3),
  state text not null check (state in ('released', 'picked', 'packed', 'shipped', 'cancelled')),
  shipped_on date,
  carrier text,
  tracking text,
  picked_by uuid,
  shipped_by uuid,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, order_id) references sales.orders,
  foreign key (company_id, warehouse_id) references company.warehouse
) with (fillfactor = 80);
create index shipment_order on warehouse.shipment (company_id, order_id);
create index shipment_queue on warehouse.shipment (company_id, warehouse_id, state, created_at) where state in ('released', 'picked', 'packed');

create table warehouse.shipment_line (
  company_id int not null,
  id uuid not null,
  shipment_id uuid not null,
  line int not null,
  order_line_id uuid not null,
  item_id uuid not null references catalog.item,
  lot_id uuid not null default '00000000-0000-0000-0000-000000000000',
  from_id uuid not null,
  location_id uuid not null,
  quantity numeric not null check (quantity >= 0 and scale(quantity) <= 6),
  picked numeric not null default 0 check (picked >= 0),
  short numeric not null default 0 check (short >= 0),
  short_reason text,
  primary key (company_id, id),
  unique (company_id, shipment_id, line),
  foreign key (company_id, shipment_id) references warehouse.shipment,
  foreign key (company_id, order_line_id) references sales.order_line,
  check (picked <= quantity)
) with (fillfactor = 80);
create index shipment_line_order on warehouse.shipment_line (company_id, order_line_id);

create table warehouse.receipt (
  company_id int not null,
  id uuid not null,
  number text not null,
  warehouse_id uuid not null,
  supplier_id uuid,
  kind text not null default 'goods' check (kind in ('goods', 'opening')),
  reference text,
  received_on date not null,
  state text not null check (state in ('draft', 'posted', 'cancelled')),
  created_by uuid not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, warehouse_id) references company.warehouse,
  foreign key (company_id, supplier_id) references party.supplier
);

create table warehouse.receipt_line (
  company_id int not null,
  id uuid not null,
  receipt_id uuid not null,
  line int not null,
  item_id uuid not null references catalog.item,
  lot_id uuid not null default '00000000-0000-0000-0000-000000000000',
  location_id uuid not null,
  expected_line uuid,
  quantity numeric not null check (quantity > 0 and scale(quantity) <= 6),
  unit_cost numeric not null check (unit_cost >= 0),
  primary key (company_id, id),
  unique (company_id, receipt_id, line),
  foreign key (company_id, receipt_id) references warehouse.receipt
);

call kernel.guard('warehouse.shipment');
call kernel.guard('warehouse.shipment_line');
call kernel.guard('warehouse.receipt');
call kernel.guard('warehouse.receipt_line');
