-- The register of extensions: what is built beside the standard, who answers for it, what it is worth, and until when it may stay.
create table rollout.extension (
  company_id int not null references company.company,
  id uuid not null,
  code text not null check (code ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(code) <= 30),
  state text not null check (state in ('proposed', 'reviewed', 'approved', 'live', 'retired', 'rejected')),
  site_id uuid,
  name text not null,
  category text not null check (category in ('extend', 'integrate', 'customise', 'report')),
  business_owner uuid not null,
  justification text not null,
  requirement_id uuid,
  -- The names of the tests that prove it, and what a new release of the core asks of it.
  tests jsonb not null check (jsonb_typeof(tests) = 'array'),
  upgrade_impact text not null,
  metric text not null,
  baseline numeric(18, 6) not null,
  target numeric(18, 6) not null,
  actual numeric(18, 6),
  measured_on date,
  retires_on date not null,
  proposed_by uuid not null,
  -- The challenge: each question with its answer, weight and points; the score is their sum, of at most a hundred.
  challenge jsonb,
  challenge_hash text,
  score int check (score between 0 and 100),
  threshold int check (threshold between 0 and 100),
  challenged_by uuid,
  challenged_at timestamptz,
  review_outcome text check (review_outcome in ('suitable', 'with-conditions', 'unsuitable')),
  review_note text,
  reviewed_by uuid,
  reviewed_at timestamptz,
  approved_by uuid,
  approved_at timestamptz,
  seat text,
  on_behalf_of uuid,
  -- Why it was let through below the threshold; nothing when it was not below.
  exception_reason text,
  live_since date,
  retired_on date,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, site_id) references rollout.site (company_id, id),
  foreign key (company_id, requirement_id) references rollout.requirement (company_id, id),
  check (baseline <> target),
  check ((actual is null) = (measured_on is null)),
  check ((challenge is null) = (score is null) and (challenge is null) = (threshold is null) and (challenge is null) = (challenged_by is null)),
  check (state not in ('reviewed', 'approved', 'live') or reviewed_by is not null),
  check (state not in ('approved', 'live') or (approved_by is not null and score is not null and (score >= threshold or exception_reason is not null)))
);
-- A code names one extension at a time: it is the name of its folder and of its schema.
create unique index extension_code on rollout.extension (company_id, code) where state not in ('retired', 'rejected');
create index extension_of_site on rollout.extension (company_id, site_id, state);
call kernel.guard('rollout.extension');
