-- The rollout: releases of the enterprise template, the sites that follow them, plans that were made and applied, and
-- every change of configuration, whichever way it came.
create schema if not exists rollout;
grant usage on schema rollout to tw_app;

-- A release never changes: its files are the template, its hash names exactly them, its signature says who let it out.
create table rollout.release (
  id uuid primary key,
  number text not null unique,
  state text not null check (state in ('released', 'withdrawn')),
  template text not null,
  files jsonb not null,
  hash bytea not null,
  signature bytea,
  notes text not null,
  previous_id uuid references rollout.release,
  released_by uuid not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
grant select, insert on rollout.release to tw_app;
grant update (state, version, updated_at) on rollout.release to tw_app;

-- A site follows a release with parameters of its own. The enterprise's site governs what every company shares.
create table rollout.site (
  company_id int not null references company.company,
  id uuid not null,
  code text not null,
  name text not null,
  kind text not null check (kind in ('company', 'branch', 'warehouse', 'business-unit', 'acquired')),
  scope text not null check (scope in ('enterprise', 'company')),
  wave int not null check (wave >= 0),
  owner text not null,
  state text not null check (state in ('discovery', 'design', 'build', 'preparation', 'test', 'cutover', 'hypercare', 'settling', 'stable')),
  release_id uuid not null references rollout.release,
  -- Currency, tax area and the answers to the template's choices, by which it is compiled for this site.
  parameters jsonb not null,
  -- The plan that was applied last; null until the first.
  plan_id uuid,
  applied_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, code)
);
-- Two sites over the same configuration would take each other's changes back.
create unique index site_governs_once on rollout.site (company_id, scope);
call kernel.guard('rollout.site');

create table rollout.plan (
  company_id int not null,
  id uuid not null,
  number text not null,
  state text not null check (state in ('made', 'approved', 'applied', 'discarded')),
  site_id uuid not null,
  release_id uuid not null references rollout.release,
  -- The plan that was current when this one was made: it can only be applied while that one still is.
  parent_id uuid,
  kind text not null check (kind in ('follow', 'revert')),
  -- Drift that it takes back, by kind and key.
  reverts jsonb not null,
  -- What the template gives the site, the steps, what has drifted, and what may differ.
  desired jsonb not null,
  items jsonb not null,
  drift jsonb not null,
  kept jsonb not null,
  steps int not null,
  governed int not null,
  on_template int not null,
  complete boolean not null,
  applyable boolean not null,
  hash bytea not null,
  made_by uuid not null,
  approved_by uuid,
  applied_by uuid,
  applied_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, site_id) references rollout.site (company_id, id),
  foreign key (company_id, parent_id) references rollout.plan (company_id, id)
);
create index plan_of_site on rollout.plan (company_id, site_id, created_at desc);
call kernel.guard('rollout.plan');
alter table rollout.site add foreign key (company_id, plan_id) references rollout.plan (company_id, id);

-- Every change of a row of configuration, written by the table itself: who changes it cannot leave it out. Company 0 is
-- the enterprise. `by` is what the program said of itself; without it, somebody wrote past the program.
create table rollout.configuration_change (
  company_id int not null,
  id bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  -- The table, and the row before and after.
  relation text not null,
  before jsonb,
  after jsonb,
  by jsonb,
  session_role text not null,
  primary key (company_id, id)
);
alter table rollout.configuration_change enable row level security;
alter table rollout.configuration_change force row level security;
create policy company_scope on rollout.configuration_change for select using (company_id = 0 or company_id = any ((select kernel.scope())::int[]));
-- Only the tables themselves write here, whoever changes them and whatever he sees.
create policy noted on rollout.configuration_change for insert to tw_owner with check (true);
grant select on rollout.configuration_change to tw_app;
insert into kernel.fact_table (name) values ('rollout.configuration_change');
create index configuration_change_of on rollout.configuration_change (company_id, relation, id desc);

create function rollout.note_change() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  becomes jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  given text := nullif(current_setting('tw.by', true), '');
begin
  if tg_op = 'UPDATE' and was - '{version,updated_at}'::text[] = becomes - '{version,updated_at}'::text[] then
    return null;
  end if;
  insert into rollout.configuration_change (company_id, relation, before, after, by, session_role)
  values (coalesce((coalesce(becomes, was) ->> tg_argv[0])::int, 0), format('%s.%s', tg_table_schema, tg_table_name), was, becomes,
    given::jsonb, session_user);
  return null;
end $$;
revoke all on function rollout.note_change() from public;

-- Has a table of configuration keep its own record. `company` is the column with the company; rows of the enterprise have none.
create procedure rollout.watch(target regclass, company name default 'company_id') language plpgsql as $$
begin
  execute format('create trigger configuration_watched after insert or update or delete on %s for each row execute function rollout.note_change(%L)', target, company);
end $$;

call rollout.watch('catalog.category');
call rollout.watch('catalog.conversion');
call rollout.watch('catalog.leaf_attribute');
call rollout.watch('catalog.unit');
call rollout.watch('company.branch');
call rollout.watch('company.calendar');
call rollout.watch('company.company', 'id');
call rollout.watch('company.currency');
call rollout.watch('company.warehouse');
call rollout.watch('inventory.location');
call rollout.watch('kernel.approval_rule');
call rollout.watch('ledger.account');
call rollout.watch('ledger.mapping');
call rollout.watch('ledger.period');
call rollout.watch('party.term');
call rollout.watch('pricing.discount_limit');
call rollout.watch('pricing.list');
call rollout.watch('pricing.margin_floor');
call rollout.watch('returns.reason');
call rollout.watch('sales.backorder_rule');
call rollout.watch('tax.code');
call rollout.watch('tax.rate');
call rollout.watch('tax.rule');
call rollout.watch('access.role');
call rollout.watch('access.role_permission');
call rollout.watch('access.separation');

-- The code of a margin floor is that of its category, whoever writes it.
create function pricing.floor_code() returns trigger language plpgsql as $$
begin
  new.code := coalesce((select c.code from catalog.category c where c.id = new.category_id), '');
  return new;
end $$;
create trigger floor_code before insert or update of category_id on pricing.margin_floor for each row execute function pricing.floor_code();

-- The application's login is a member of the role that writes; a reader of the record wants to know which login it was.
comment on column rollout.configuration_change.session_role is 'The login that wrote, as PostgreSQL knows it';
