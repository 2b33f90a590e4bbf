-- Governance of the rollout: who sits on which seat until when, what was decided, which changes are asked for, and what may go wrong.
create schema if not exists rollout;
grant usage on schema rollout to tw_app;

-- Appointments to the seats of template/governance.yaml. Seats are the enterprise's, not a company's.
create table rollout.seat (
  id uuid primary key,
  state text not null check (state in ('held', 'ended')),
  seat text not null,
  account_id uuid not null references access.account,
  starts_on date not null,
  ends_on date,
  delegate_id uuid references access.account,
  delegate_from date,
  delegate_until date,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (ends_on is null or ends_on >= starts_on),
  check (num_nulls(delegate_id, delegate_from, delegate_until) in (0, 3)),
  check (delegate_id is null or (delegate_id <> account_id and delegate_until >= delegate_from))
);
create unique index seat_held_once on rollout.seat (seat, account_id) where state = 'held';
grant select, insert, update on rollout.seat to tw_app;

create table rollout.decision (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('open', 'escalated', 'decided', 'withdrawn')),
  site_id uuid,
  kind text not null,
  area text,
  title text not null,
  context text not null,
  options jsonb not null default '[]',
  affects jsonb not null default '[]',
  due_on date not null,
  decision text,
  evidence text,
  expires_on date,
  proposed_by uuid not null,
  decided_by uuid,
  -- The seat whose right it was, and whom the decider stood in for.
  seat text,
  on_behalf_of uuid,
  decided_on date,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  check ((state = 'decided') = (decision is not null and decided_by is not null and decided_on is not null))
);
create index decision_of_site on rollout.decision (company_id, site_id, kind) where state = 'decided';
call kernel.guard('rollout.decision');

create table rollout.change_request (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('requested', 'approved', 'rejected', 'released', 'reviewed')),
  site_id uuid,
  class text not null,
  matter text not null,
  area text,
  title text not null,
  description text not null,
  impact text not null,
  risk text not null,
  -- What it does to the baseline: cost in the company's currency, days on the date, and whether the template changes.
  cost numeric(18, 4) not null default 0,
  days int not null default 0,
  changes_template boolean not null default false,
  test_evidence text,
  window_from timestamptz,
  window_until timestamptz,
  back_out text,
  requested_by uuid not null,
  approved_by uuid,
  seat text,
  released_at timestamptz,
  outcome text,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  check (num_nulls(window_from, window_until) in (0, 2) and (window_from is null or window_until > window_from))
);
call kernel.guard('rollout.change_request');

create table rollout.risk (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('open', 'closed')),
  site_id uuid,
  title text not null,
  seat text not null,
  probability int not null check (probability between 1 and 5),
  impact int not null check (impact between 1 and 5),
  response text not null,
  -- The measure that calls the risk, and the value beyond which it does.
  metric text,
  trigger_at numeric,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  check (num_nulls(metric, trigger_at) in (0, 2))
);
call kernel.guard('rollout.risk');
