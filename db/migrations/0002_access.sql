-- People, machines, and what each may do where. Deny by default: no row, no right.
create schema access;
grant usage on schema access to tw_app;

create table access.account (
  id uuid primary key,
  email text not null check (email = lower(email)),
  name text not null,
  kind text not null default 'person' check (kind in ('person', 'machine', 'system')),
  password_hash text,
  disabled_at timestamptz,
  ends_on date,
  failed_attempts int not null default 0,
  locked_until timestamptz,
  version int not null default 1,
  created_at timestamptz not null
);
create unique index account_email on access.account (email);

create table access.role (
  code text primary key,
  name text not null,
  purpose text not null default ''
);

create table access.role_permission (
  role text not null references access.role,
  permission text not null,
  primary key (role, permission)
);

-- A grant: this role, in this company (null: every company), in this warehouse (null: every one), up to this amount.
create table access.role_grant (
  id uuid primary key,
  account_id uuid not null references access.account,
  role text not null references access.role,
  company_id int,
  warehouse_id uuid,
  up_to numeric,
  starts_on date,
  ends_on date,
  granted_by uuid,
  reason text not null default '',
  unique nulls not distinct (account_id, role, company_id, warehouse_id)
);

-- Pairs that one person must not hold; checked when granted and when a document is worked on.
create table access.separation (
  id text primary key,
  left_permissions text[] not null,
  right_permissions text[] not null,
  risk text not null,
  owner text not null
);
create table access.separation_waiver (
  id uuid primary key,
  separation_id text not null references access.separation,
  account_id uuid not null references access.account,
  reason text not null,
  approved_by uuid not null,
  expires_on date not null,
  check (approved_by <> account_id)
);

create table access.session (
  token_hash bytea primary key,
  account_id uuid not null references access.account,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  stepped_up_at timestamptz
);
create index session_account on access.session (account_id);

create table access.api_key (
  id uuid primary key,
  account_id uuid not null references access.account,
  name text not null,
  secret_hash bytea not null unique,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);

create table access.setup_token (
  token_hash bytea primary key,
  account_id uuid references access.account,
  purpose text not null check (purpose in ('first-administrator', 'set-password')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

grant select, insert, update, delete on all tables in schema access to tw_app;
