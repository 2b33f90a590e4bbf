-- New sites as they are asked for: what the company shall be, who agreed, and what came of bringing it up.
create table rollout.new_site (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('requested', 'approved', 'up', 'failed', 'rejected')),
  code text not null,
  name text not null,
  currency text not null,
  country text not null,
  time_zone text not null,
  wave int not null,
  owner text not null,
  release_id uuid not null references rollout.release,
  requested_by uuid not null,
  approved_by uuid,
  -- What came of it: the plan that was applied, or what stood in the way.
  plan text,
  problem text,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  check ((state in ('approved', 'up', 'failed')) = (approved_by is not null)),
  check (requested_by <> approved_by),
  check ((state = 'up') = (plan is not null) and (state = 'failed') = (problem is not null))
);
create unique index new_site_open_once on rollout.new_site (lower(code)) where state in ('requested', 'approved', 'failed');
call kernel.guard('rollout.new_site');
