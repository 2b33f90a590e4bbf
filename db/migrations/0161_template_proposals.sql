-- Proposals: what a site does otherwise and the template might take over, decided by the design authority and brought out
-- with a release.
create table rollout.proposal (
  id uuid primary key,
  number text not null unique,
  state text not null check (state in ('proposed', 'accepted', 'rejected', 'released')),
  kind text not null,
  object_key text not null,
  field text,
  -- The block that goes into the template's file of that kind.
  block jsonb not null,
  scope text not null check (scope in ('enterprise', 'company')),
  reason text not null,
  evidence text not null,
  proposed_by uuid not null,
  decided_by uuid,
  release_id uuid references rollout.release,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (decided_by is null or decided_by <> proposed_by or decided_by = '00000000-0000-7000-8000-000000000001')
);
grant select, insert, update on rollout.proposal to tw_app;
