-- What came of playing the scenarios of a release against a site's configuration as the release would leave it.
create table rollout.trial (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('passed', 'failed', 'overridden')),
  site_id uuid not null,
  release_id uuid not null references rollout.release,
  -- The configuration that the site had, and everything that the play depended on: sites with equal ones were played once.
  configuration_hash text not null check (configuration_hash ~ '^[0-9a-f]{64}$'),
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  -- How many steps the plan to the release would take.
  steps int not null,
  played int not null,
  passed int not null,
  -- One element a failed scenario: id, title, critical, failure, and the changes that cause it with a line for people.
  failures jsonb not null,
  left_out jsonb not null,
  played_on text not null,
  milliseconds int not null,
  overridden_by uuid,
  override_seat text,
  override_reason text,
  overridden_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, site_id) references rollout.site (company_id, id),
  check (num_nulls(overridden_by, override_seat, override_reason, overridden_at) in (0, 4)),
  check ((state = 'overridden') = (overridden_at is not null)),
  check ((jsonb_array_length(failures) = 0) = (state = 'passed')),
  check (passed + jsonb_array_length(failures) = played)
);
create index trial_of_site on rollout.trial (company_id, site_id, release_id, created_at desc);
call kernel.guard('rollout.trial');
-- What came out stays as it came out: only the way past it may be written.
revoke update, delete on rollout.trial from tw_app;
grant update (state, version, updated_at, overridden_by, override_seat, override_reason, overridden_at) on rollout.trial to tw_app;
