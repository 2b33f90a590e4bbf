-- What the stock is worth. One row of valuation for each move that changes value; running cost per item.
create schema costing;
grant usage on schema costing to tw_app;

create table costing.item_cost (
  company_id int not null,
  item_id uuid not null references catalog.item,
  quantity numeric not null default 0,
  value numeric not null default 0,
  primary key (company_id, item_id),
  constraint no_value_without_quantity check (quantity <> 0 or value = 0)
) with (fillfactor = 50);

create table costing.layer (
  company_id int not null,
  id uuid not null,
  item_id uuid not null references catalog.item,
  received_on date not null,
  quantity numeric not null check (quantity > 0),
  value numeric not null,
  remaining_quantity numeric not null check (remaining_quantity >= 0),
  remaining_value numeric not null check (remaining_value >= 0),
  source_id uuid not null,
  primary key (company_id, id),
  check (remaining_quantity > 0 or remaining_value = 0)
) with (fillfactor = 70);
create index layer_open on costing.layer (company_id, item_id, received_on, id) where remaining_quantity > 0;

create table costing.valuation (
  company_id int not null,
  id uuid not null,
  posting_date date not null,
  move_id uuid not null,
  item_id uuid not null references catalog.item,
  quantity numeric not null check (quantity <> 0),
  value numeric not null,
  event text not null,
  source_id uuid not null,
  source_line uuid not null,
  primary key (company_id, id, posting_date)
) partition by range (posting_date);
create index valuation_item on costing.valuation (company_id, item_id, posting_date);
create index valuation_source on costing.valuation (company_id, source_id);

call kernel.guard('costing.item_cost');
call kernel.guard('costing.layer');
call kernel.guard('costing.valuation', facts => true);
call kernel.monthly('costing.valuation');
