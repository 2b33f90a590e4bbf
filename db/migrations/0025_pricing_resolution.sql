-- What the resolution of a price needs beyond the first tables: chained steps, cumulative breaks, prices per pack,
-- promotions that do not come on top, and changes of many prices that can be taken back in one step.
alter table pricing.condition
  -- Several discounts of one kind follow each other by step ("list less 40, less 10, less 5"); one condition a step applies.
  add column step int not null default 1 check (step between 1 and 9),
  -- Whether min_quantity is compared with the line alone, or with the line and what was bought before.
  add column counts text not null default 'line' check (counts in ('line', 'cumulative')),
  -- A promotion that is 'best-of' does not come on top of the customer's own discounts; the lower price of the two applies.
  add column combines text not null default 'with-all' check (combines in ('with-all', 'best-of')),
  -- A price is for per_num/per_den base units: 115.00 for a box of 12 stays exact.
  add column unit text,
  add column per_num bigint not null default 1 check (per_num > 0),
  add column per_den bigint not null default 1 check (per_den > 0),
  -- The change of many prices that made this condition, if one did.
  add column change_id uuid,
  add check (floor_percent < 100),
  drop constraint condition_overlap;
alter table pricing.condition
  add constraint condition_overlap exclude using gist (
    company_id with =, object_id with =, subject_id with =, kind with =, currency with =,
    coalesce(list_id, '00000000-0000-0000-0000-000000000000') with =, min_quantity with =, step with =, counts with =, valid with &&)
    where (state = 'active');
create index condition_change on pricing.condition (company_id, change_id) where change_id is not null;
create index condition_list on pricing.condition (company_id, list_id) where list_id is not null;

-- One step of a waterfall: the base row sets the price, each discount takes its percent off the base or off what is left.
-- Every effect is rounded half up to six places, so that the steps add up exactly to the price.
create function pricing.take_off(running numeric, base numeric, method text, percent numeric) returns numeric
language plpgsql immutable parallel safe as $$
begin
  if running is null then
    return base;
  elsif method = 'discount-on-base' then
    return greatest(0, running - round(base * percent * 0.01, 6));
  elsif method = 'discount-on-running' then
    return greatest(0, running - round(running * percent * 0.01, 6));
  else
    return running;
  end if;
end $$;
create aggregate pricing.waterfall(numeric, text, numeric) (sfunc = pricing.take_off, stype = numeric, parallel = safe);

-- A change of many prices at once: what was asked, when it takes effect, and what it replaced, so that it can be undone.
create table pricing.change (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  kind text not null check (kind in ('percent', 'load')),
  effective_on date not null,
  percent numeric,
  scope jsonb not null default '{}',
  note text not null default '',
  conditions int not null default 0,
  state text not null check (state in ('applied', 'rolled-back')),
  created_by uuid not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  check ((kind = 'percent') = (percent is not null))
);
create table pricing.change_line (
  company_id int not null,
  change_id uuid not null,
  new_id uuid not null,
  old_id uuid,
  old_valid daterange,
  old_state text,
  old_amount numeric,
  new_amount numeric not null,
  primary key (company_id, change_id, new_id),
  foreign key (company_id, change_id) references pricing.change
);
create index change_line_old on pricing.change_line (company_id, old_id) where old_id is not null;
call kernel.guard('pricing.change');
call kernel.guard('pricing.change_line', facts => true);

-- For modules above, exports and reports.
create view pricing.v_list with (security_invoker) as
  select company_id, id, code, name, currency, state, version from pricing.list;
create view pricing.v_condition with (security_invoker) as
  select company_id, id, kind, rank, step, list_id, subject_id, object_id, currency, min_quantity, counts, valid, method, amount,
    unit, per_num, per_den, combines, floor_percent, note, change_id, state, version
  from pricing.condition;
grant select on pricing.v_list, pricing.v_condition to tw_app;
