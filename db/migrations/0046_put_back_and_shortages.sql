-- What the warehouse has to do beside picking: bring back goods that nobody wants any more, and look for goods that were not found.

create table warehouse.put_back (
  company_id int not null,
  id uuid not null,
  warehouse_id uuid not null,
  shipment_id uuid not null,
  item_id uuid not null references catalog.item,
  lot_id uuid not null default '00000000-0000-0000-0000-000000000000',
  from_id uuid not null,
  to_id uuid not null,
  quantity numeric not null check (quantity > 0 and scale(quantity) <= 6),
  reason text not null,
  raised_at timestamptz not null,
  done_by uuid,
  done_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, shipment_id) references warehouse.shipment,
  foreign key (company_id, from_id) references inventory.location,
  foreign key (company_id, to_id) references inventory.location
);
create index put_back_open on warehouse.put_back (company_id, warehouse_id, raised_at) where done_at is null;
create index put_back_shipment on warehouse.put_back (company_id, shipment_id);

-- A bin held less than the books say. The goods are kept apart on the books (nobody can be promised them) until counted.
create table warehouse.shortage (
  company_id int not null,
  id uuid not null,
  shipment_id uuid not null,
  shipment_line_id uuid not null,
  warehouse_id uuid not null,
  item_id uuid not null references catalog.item,
  lot_id uuid not null default '00000000-0000-0000-0000-000000000000',
  bin_id uuid not null,
  kept_at_id uuid not null,
  quantity numeric not null check (quantity > 0),
  reason text not null,
  reported_by uuid not null,
  reported_at timestamptz not null,
  settled_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, shipment_id) references warehouse.shipment
);
create index shortage_open on warehouse.shortage (company_id, warehouse_id, reported_at) where settled_at is null;

alter table warehouse.shipment
  add column packed_by uuid,
  add column parcels int check (parcels > 0),
  add column weight_grams bigint check (weight_grams > 0),
  add column cancelled_by uuid;
alter table warehouse.shipment_line add constraint picked_or_short check (picked + short <= quantity);

call kernel.guard('warehouse.put_back');
call kernel.guard('warehouse.shortage');

create view warehouse.v_shipment with (security_invoker) as
  select company_id, id, number, order_id, customer_id, ship_to_id, warehouse_id, steps, state, shipped_on, carrier, tracking, parcels, weight_grams, created_at
    from warehouse.shipment;
create view warehouse.v_shipment_line with (security_invoker) as
  select company_id, id, shipment_id, line, order_line_id, item_id, lot_id, from_id, location_id, quantity, picked, short, short_reason from warehouse.shipment_line;
create view warehouse.v_receipt with (security_invoker) as
  select company_id, id, number, warehouse_id, supplier_id, kind, reference, received_on, state from warehouse.receipt;
create view warehouse.v_receipt_line with (security_invoker) as
  select company_id, id, receipt_id, line, item_id, lot_id, location_id, expected_line, quantity, unit_cost from warehouse.receipt_line;
grant select on warehouse.v_shipment, warehouse.v_shipment_line, warehouse.v_receipt, warehouse.v_receipt_line to tw_app;
