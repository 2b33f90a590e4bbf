-- Conditions get a number that people can say aloud; limits and floors become documents with a state and a version.
create sequence pricing.condition_number;
grant usage on sequence pricing.condition_number to tw_app;
create function pricing.next_number() returns text language sql volatile
  as $$ select 'PC-' || lpad(nextval('pricing.condition_number')::text, 7, '0') $$;
alter table pricing.condition add column number text not null default pricing.next_number(), add unique (company_id, number);

alter table pricing.discount_limit
  add column id uuid not null default gen_random_uuid(),
  add column state text not null default 'active' check (state in ('active')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add unique (company_id, id);
-- `code` is the category's code, or '' for every category without a floor of its own.
alter table pricing.margin_floor
  add column id uuid not null default gen_random_uuid(),
  add column code text not null default '',
  add column state text not null default 'active' check (state in ('active')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add unique (company_id, id);

create or replace view pricing.v_condition with (security_invoker) as
  select company_id, id, kind, rank, step, list_id, subject_id, object_id, currency, min_quantity, counts, valid, method, amount,
    unit, per_num, per_den, combines, floor_percent, note, change_id, state, version, number
  from pricing.condition;
create view pricing.v_change with (security_invoker) as
  select company_id, id, number, kind, effective_on, percent, scope, note, conditions, state, created_by, version, created_at, updated_at
  from pricing.change;
grant select on pricing.v_change to tw_app;
