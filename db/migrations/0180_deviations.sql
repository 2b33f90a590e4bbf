-- Deviations: what one site may have instead of the template, why, for how long, and who agreed.
create schema if not exists rollout;
grant usage on schema rollout to tw_app;

create table rollout.deviation (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('requested', 'approved', 'rejected', 'withdrawn')),
  site_id uuid not null,
  -- The kind of configuration, such as 'party.term', the object's key, and its field; without a field it is the whole object.
  kind text not null,
  object_key text not null,
  field text,
  value jsonb not null,
  scope text not null,
  reason text not null,
  risk text not null,
  owner text not null,
  compensating_control text not null,
  requested_by uuid not null,
  requested_at timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  expires_on date not null,
  -- The deviation that this one continues.
  renews uuid,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, renews) references rollout.deviation (company_id, id),
  check (state <> 'approved' or (approved_by is not null and approved_at is not null)),
  check (approved_by is null or approved_by <> requested_by or approved_by = '00000000-0000-7000-8000-000000000001')
);
create index deviation_of_site on rollout.deviation (company_id, site_id, state, expires_on);
-- One object and field of a site has one open request at a time.
create unique index deviation_asked_once on rollout.deviation (company_id, site_id, kind, object_key, coalesce(field, '')) where state = 'requested';

call kernel.guard('rollout.deviation');
