-- What every module stands on: scope, audit, outbox, idempotency, numbering, approvals.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create schema kernel;
grant usage on schema kernel to tw_app;

-- The companies that this transaction may see. Unset scope sees nothing.
create function kernel.scope() returns int[] language sql stable parallel safe
  as $$ select string_to_array(nullif(current_setting('tw.companies', true), ''), ',')::int[] $$;

-- Puts a company table behind its second wall, and grants the application what it needs and no more.
-- `facts` tables are appended and never changed: the application gets neither UPDATE nor DELETE on them.
create procedure kernel.guard(target regclass, facts boolean default false, company_column name default 'company_id')
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy company_scope on %s using (%I = any ((select kernel.scope())::int[]))', target, company_column);
  if facts then
    execute format('grant select, insert on %s to tw_app', target);
  else
    execute format('grant select, insert, update, delete on %s to tw_app', target);
  end if;
end $$;

-- Tables partitioned by month. A month is opened before anything is posted into it.
create table kernel.monthly_table (
  name text primary key
);
grant select on kernel.monthly_table to tw_app;

create function kernel.open_month(day date) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  starts date := date_trunc('month', day)::date;
  parent text;
  child text;
begin
  for parent in select name from kernel.monthly_table order by name loop
    child := parent || to_char(starts, '_YYYY_MM');
    if to_regclass(child) is null then
      execute format('create table if not exists %s partition of %s for values from (%L) to (%L)',
        child, parent, starts, (starts + interval '1 month')::date);
    end if;
  end loop;
end $$;
revoke all on function kernel.open_month(date) from public;
grant execute on function kernel.open_month(date) to tw_app;

create procedure kernel.monthly(target text) language plpgsql as $$
begin
  insert into kernel.monthly_table values (target);
end $$;

-- Who did what to which document, when. The leaf is SHA-256(0x00 || payload); a sealer builds the Merkle tree afterwards.
create sequence kernel.audit_position;
grant usage on sequence kernel.audit_position to tw_app;
create table kernel.audit (
  id uuid not null,
  at timestamptz not null,
  company_id int not null,
  actor_id uuid not null,
  document text not null,
  document_id uuid not null,
  verb text not null,
  payload text not null,
  leaf bytea not null check (length(leaf) = 32),
  txid xid8 not null default pg_current_xact_id(),
  position bigint not null default nextval('kernel.audit_position'),
  primary key (company_id, at, id)
) partition by range (at);
create index audit_document on kernel.audit (company_id, document_id);
create index audit_by_position on kernel.audit using brin (position);
call kernel.guard('kernel.audit', facts => true);
call kernel.monthly('kernel.audit');

-- What happened, for modules above and for the world outside; read by the relay in position order per document.
create sequence kernel.outbox_position;
grant usage on sequence kernel.outbox_position to tw_app;
create table kernel.outbox (
  id uuid not null,
  at timestamptz not null,
  company_id int not null,
  topic text not null,
  document_id uuid not null,
  payload jsonb not null default '{}',
  position bigint not null default nextval('kernel.outbox_position'),
  txid xid8 not null default pg_current_xact_id(),
  primary key (company_id, at, id)
) partition by range (at);
create index outbox_by_position on kernel.outbox (position);
call kernel.guard('kernel.outbox', facts => true);
call kernel.monthly('kernel.outbox');

-- How far each listener has read the outbox.
create table kernel.outbox_reader (
  reader text primary key,
  position bigint not null default 0,
  txid xid8 not null default '0',
  at timestamptz not null default now()
);
grant select, insert, update on kernel.outbox_reader to tw_app;

-- Events that a listener could not digest, with the reason; re-driven by a person.
create table kernel.dead_letter (
  company_id int not null,
  id uuid not null,
  reader text not null,
  topic text not null,
  document_id uuid not null,
  reason text not null,
  attempts int not null,
  at timestamptz not null,
  resolved_at timestamptz,
  primary key (company_id, id)
);
call kernel.guard('kernel.dead_letter');

-- One key, one effect: the row is written in the transaction of the effect.
create table kernel.idempotency (
  company_id int not null,
  principal_id uuid not null,
  route text not null,
  key text not null check (length(key) between 8 and 200),
  input_hash bytea not null,
  response jsonb,
  at timestamptz not null,
  primary key (company_id, principal_id, route, key)
) with (fillfactor = 70);
create index idempotency_at on kernel.idempotency using brin (at);
call kernel.guard('kernel.idempotency');

-- Cheap numbers may have gaps; legal ones may not and are taken last in the transaction that issues.
create table kernel.number_series (
  company_id int not null,
  series text not null,
  period text not null default '',
  next bigint not null default 1 check (next > 0),
  primary key (company_id, series, period)
) with (fillfactor = 50);
call kernel.guard('kernel.number_series');

-- Who may decide on what, up to which amount. Governance owns these rows.
create table kernel.approval_rule (
  company_id int not null,
  id uuid not null,
  kind text not null,
  role text not null,
  above numeric not null default 0,
  up_to numeric,
  sequence int not null default 1,
  primary key (company_id, id),
  unique (company_id, kind, role, above, sequence)
);
call kernel.guard('kernel.approval_rule');

create table kernel.approval (
  company_id int not null,
  id uuid not null,
  kind text not null,
  document text not null,
  document_id uuid not null,
  fingerprint text not null,
  amount numeric,
  role text not null,
  sequence int not null default 1,
  detail jsonb not null default '{}',
  state text not null check (state in ('pending', 'approved', 'rejected', 'void')),
  requested_by uuid not null,
  requested_at timestamptz not null,
  due_at timestamptz,
  decided_by uuid,
  on_behalf_of uuid,
  decided_at timestamptz,
  reason text,
  expires_at timestamptz,
  primary key (company_id, id),
  check (decided_by is distinct from requested_by),
  check (on_behalf_of is distinct from requested_by),
  check ((state in ('approved', 'rejected')) = (decided_by is not null))
);
create unique index approval_open on kernel.approval (company_id, document_id, kind, sequence) where state in ('pending', 'approved');
create index approval_inbox on kernel.approval (company_id, role, requested_at) where state = 'pending';
call kernel.guard('kernel.approval');

-- Absence cover: whoever stands in decides with the absent person's rights, and never on what he asked for himself.
create table kernel.delegation (
  company_id int not null,
  id uuid not null,
  from_user uuid not null,
  to_user uuid not null,
  starts_on date not null,
  ends_on date not null,
  reason text not null,
  primary key (company_id, id),
  check (from_user <> to_user),
  check (ends_on >= starts_on)
);
call kernel.guard('kernel.delegation');

-- The Merkle tree over the audit leaves: what was sealed, and the signed heads.
create table kernel.audit_seal (
  seq bigint primary key,
  audit_id uuid not null unique,
  audit_at timestamptz not null,
  company_id int not null,
  leaf bytea not null
);
create table kernel.audit_checkpoint (
  size bigint primary key,
  root bytea not null,
  at timestamptz not null,
  note text not null
);
create table kernel.audit_frontier (
  only_row boolean primary key default true check (only_row),
  size bigint not null,
  frontier bytea[] not null,
  txid xid8 not null
);
grant select, insert on kernel.audit_seal, kernel.audit_checkpoint to tw_app;
grant select, insert, update on kernel.audit_frontier to tw_app;
