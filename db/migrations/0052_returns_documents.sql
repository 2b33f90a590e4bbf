-- Reasons become documents; a returned line knows where its goods are and how much of it was never invoiced.
alter table returns.reason
  add column id uuid not null default gen_random_uuid(),
  add column disposition text not null default 'restock' check (disposition in ('restock', 'quarantine', 'scrap')),
  add column state text not null default 'active' check (state in ('active', 'closed')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add unique (company_id, id),
  add check (window_days >= 0);

alter table returns.rma_line
  add column location_id uuid,
  add column shipped_on date,
  -- Of what was received: never invoiced, so there is nothing to credit.
  add column unbilled numeric not null default 0 check (unbilled >= 0),
  add check (received = 0 or location_id is not null);
create index rma_customer on returns.rma (company_id, customer_id, authorised_on);
create index rma_open on returns.rma (company_id, warehouse_id, state, created_at) where state in ('authorised', 'received');

-- Whoever takes goods of an order back locks its lines first, as the order's own verbs do.
grant update (id) on sales.v_order_line to tw_app;

create view returns.v_rma with (security_invoker) as
  select company_id, id, number, customer_id, warehouse_id, reason_code, authorised_on, state from returns.rma;
create view returns.v_rma_line with (security_invoker) as
  select company_id, id, rma_id, line, order_line_id, item_id, lot_id, quantity, received, restocked, quarantined, scrapped, rejected, accepted, credited from returns.rma_line;
grant select on returns.v_rma, returns.v_rma_line to tw_app;
