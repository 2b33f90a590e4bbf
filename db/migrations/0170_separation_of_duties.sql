-- Separation of duties as governed data: who decides on a role, waivers that are asked for, agreed to and run out, requests
-- for access, and reviews in which what nobody confirms lapses.
create schema if not exists rollout;
grant usage on schema rollout to tw_app;

-- The role that decides who may hold this one; null: administrators.
alter table access.role add column approver text references access.role;

-- A waiver says where it holds and is no company's row: null holds everywhere. It lets one account hold both sides of a
-- pair; both on one document, or on what that document is about, only when `same_document` says so.
alter table access.separation_waiver
  add column holds_in int,
  add column same_document boolean not null default false,
  add column control text not null default '';
create index separation_waiver_account on access.separation_waiver (account_id, separation_id);

-- Companies in which access is given by request only, since when, and who decided so.
create table access.mode (
  company_id int primary key,
  id uuid not null unique,
  by_request boolean not null,
  changed_by uuid not null,
  changed_at timestamptz not null
);
call kernel.guard('access.mode');

-- A grant for every company asks whether any of them goes by requests, so the answer needs a door of its own; it tells nothing else.
create function access.by_request(company int) returns boolean
  language sql stable security definer set search_path = pg_catalog
  as $$ select exists (select from access.mode m where m.by_request and (company is null or m.company_id = company)) $$;
revoke all on function access.by_request(int) from public;
grant execute on function access.by_request(int) to tw_app;
create policy by_request on access.mode for select to tw_owner using (true);

create table rollout.access_waiver (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  separation text not null references access.separation,
  account_id uuid not null references access.account,
  control text not null,
  owner text not null,
  same_document boolean not null default false,
  expires_on date not null,
  -- The request for access that waits for it, if one does.
  request_id uuid,
  reason text not null,
  requested_by uuid not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  state text not null check (state in ('asked', 'agreed', 'refused', 'ended')),
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  check (decided_by is distinct from requested_by and decided_by is distinct from account_id)
);
create index access_waiver_account on rollout.access_waiver (company_id, account_id, separation);
create index access_waiver_open on rollout.access_waiver (company_id, expires_on) where state in ('asked', 'agreed');
call kernel.guard('rollout.access_waiver');

create table rollout.access_request (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  account_id uuid not null references access.account,
  role text not null references access.role,
  everywhere boolean not null default false,
  warehouse_id uuid,
  up_to numeric check (up_to > 0),
  starts_on date,
  ends_on date not null,
  -- Who decides, as it was when it was asked for.
  approver text not null,
  reason text not null,
  requested_by uuid not null,
  -- What the simulation found when it was asked for, and again when it was decided.
  clashes jsonb not null default '[]',
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  grant_id uuid,
  granted_until date,
  state text not null check (state in ('asked', 'needs-waiver', 'granted', 'refused', 'withdrawn')),
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  check ((state = 'granted') = (grant_id is not null)),
  check (state <> 'granted' or (decided_by is distinct from requested_by and decided_by is distinct from account_id)),
  check (not everywhere or warehouse_id is null)
);
create index access_request_open on rollout.access_request (company_id, approver, created_at) where state in ('asked', 'needs-waiver');
create index access_request_account on rollout.access_request (company_id, account_id, role);
call kernel.guard('rollout.access_request');

create table rollout.access_review (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  -- What is looked at: the company's grants of this role, in this warehouse; null is all of them.
  role text references access.role,
  warehouse_id uuid,
  -- Grants that hold in every company, which only somebody of every company may have reviewed.
  everywhere boolean not null default false,
  ends_on date not null,
  opened_by uuid not null,
  closed_at timestamptz,
  state text not null check (state in ('open', 'closed')),
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number)
);
create index access_review_open on rollout.access_review (company_id, ends_on) where state = 'open';
call kernel.guard('rollout.access_review');

-- A grant as it was when the review began, when it was last made use of, and what became of it.
create table rollout.access_review_line (
  company_id int not null,
  id uuid not null,
  review_id uuid not null,
  grant_id uuid not null,
  account_id uuid not null,
  role text not null,
  everywhere boolean not null,
  warehouse_id uuid,
  up_to numeric,
  ends_on date,
  reason text not null,
  last_used_at timestamptz,
  outcome text check (outcome in ('confirmed', 'revoked', 'lapsed', 'kept', 'gone')),
  decided_by uuid,
  decided_at timestamptz,
  note text,
  primary key (company_id, id),
  foreign key (company_id, review_id) references rollout.access_review (company_id, id),
  unique (company_id, review_id, grant_id),
  check (decided_by is distinct from account_id)
);
call kernel.guard('rollout.access_review_line');
