-- Goods that come back: authorised, received, inspected, credited.
create schema returns;
grant usage on schema returns to tw_app;

create table returns.reason (
  company_id int not null,
  code text not null,
  name text not null,
  window_days int not null default 30,
  restocking_percent numeric not null default 0 check (restocking_percent between 0 and 100),
  primary key (company_id, code)
);

create table returns.rma (
  company_id int not null,
  id uuid not null,
  number text not null,
  customer_id uuid not null,
  warehouse_id uuid not null,
  reason_code text not null,
  note text not null default '',
  authorised_on date,
  state text not null check (state in ('draft', 'authorised', 'received', 'credited', 'cancelled')),
  created_by uuid not null,
  received_by uuid,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, customer_id) references party.customer,
  foreign key (company_id, warehouse_id) references company.warehouse,
  foreign key (company_id, reason_code) references returns.reason
);

create table returns.rma_line (
  company_id int not null,
  id uuid not null,
  rma_id uuid not null,
  line int not null,
  order_line_id uuid,
  item_id uuid not null references catalog.item,
  lot_id uuid not null default '00000000-0000-0000-0000-000000000000',
  description text not null,
  unit text not null,
  quantity numeric not null check (quantity > 0 and scale(quantity) <= 6),
  price numeric not null check (price >= 0),
  tax_code text not null,
  tax_rate numeric not null,
  unit_cost numeric not null default 0,
  received numeric not null default 0,
  restocked numeric not null default 0,
  quarantined numeric not null default 0,
  scrapped numeric not null default 0,
  rejected numeric not null default 0,
  accepted numeric generated always as (restocked + quarantined + scrapped) stored,
  credited numeric not null default 0,
  primary key (company_id, id),
  unique (company_id, rma_id, line),
  foreign key (company_id, rma_id) references returns.rma,
  constraint quantities check (received <= quantity and restocked + quarantined + scrapped + rejected <= received
    and restocked >= 0 and quarantined >= 0 and scrapped >= 0 and rejected >= 0
    and credited <= restocked + quarantined + scrapped)
);
create index rma_line_order on returns.rma_line (company_id, order_line_id) where order_line_id is not null;

call kernel.guard('returns.reason');
call kernel.guard('returns.rma');
call kernel.guard('returns.rma_line');
