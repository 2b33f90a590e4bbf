-- What an acquired entity calls things, and what the template calls them; approved by whoever answers for the codes.
create table rollout.code_mapping (
  company_id int not null references company.company,
  id uuid not null,
  state text not null check (state in ('proposed', 'approved', 'withdrawn')),
  site_id uuid not null,
  kind text not null,
  source_code text not null,
  source_name text,
  -- How often the source uses the code, and for how much in the source's currency.
  uses int not null default 0 check (uses >= 0),
  value numeric not null default 0,
  -- Null while nobody has said what it becomes.
  target text,
  proposed_by uuid not null,
  approved_by uuid,
  seat text,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  check (state <> 'approved' or (target is not null and approved_by is not null))
);
create unique index code_mapping_once on rollout.code_mapping (company_id, site_id, kind, source_code) where state <> 'withdrawn';
call kernel.guard('rollout.code_mapping');
