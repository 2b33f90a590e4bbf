-- Profiles of source data: counts and a score of each object, and no value of a row.
create table rollout.source_profile (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('taken', 'withdrawn')),
  site_id uuid not null,
  object text not null,
  file_name text not null,
  file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  rows_read int not null check (rows_read > 0),
  duplicates int not null check (duplicates >= 0),
  -- Percent, and the parts that it is made of: each with what was looked at and what was right.
  score numeric not null check (score between 0 and 100),
  parts jsonb not null,
  -- Columns, numbers and codes with their counts.
  figures jsonb not null,
  evidence_id uuid not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number)
);
create index source_profile_of_site on rollout.source_profile (company_id, site_id, object, created_at desc) where state = 'taken';
call kernel.guard('rollout.source_profile');
