-- Fit and gap: what a site needs, what of it the product does, how each difference is met, and what the next site can take over.
create table rollout.requirement (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('open', 'classified', 'dropped')),
  site_id uuid not null,
  -- The key under which other sites find the same matter: of a capability its name.
  topic text not null,
  title text not null,
  detail text not null,
  area text not null,
  -- What of the product answers it: a document, or a verb of one.
  capability text,
  scenario text,
  answer text check (answer in ('adopt', 'configure', 'process-change', 'extend', 'integrate', 'customise', 'defer')),
  cause text check (cause in ('functional', 'data', 'governance', 'policy')),
  evidence text,
  -- Worth to the business and likeness at other sites from 1 to 5, effort in person days.
  business_value int check (business_value between 1 and 5),
  effort numeric(9, 2) check (effort >= 0),
  control_impact text check (control_impact in ('none', 'low', 'medium', 'high')),
  repeatability int check (repeatability between 1 and 5),
  -- How the standard, configuration and a change of the process were tried before something is built.
  tried jsonb,
  decided_by uuid,
  decision_id uuid,
  deviation_id uuid,
  taken_over_from uuid,
  -- Whether it belongs to the signed scope; a later one comes in by a change request.
  in_baseline boolean not null default false,
  change_request_id uuid,
  raised_by uuid not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, decision_id) references rollout.decision (company_id, id),
  foreign key (company_id, deviation_id) references rollout.deviation (company_id, id),
  foreign key (company_id, change_request_id) references rollout.change_request (company_id, id),
  check (state <> 'classified' or (answer is not null and evidence is not null and decided_by is not null)),
  check (answer is distinct from 'customise' or tried is not null)
);
create unique index requirement_topic on rollout.requirement (company_id, site_id, topic) where state <> 'dropped';
create index requirement_of_site on rollout.requirement (company_id, site_id, state);
call kernel.guard('rollout.requirement');

-- A register that was signed: its rows are locked, and what it said is hashed.
create table rollout.register (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('signed', 'reopened')),
  site_id uuid not null,
  requirements int not null,
  hash text not null,
  signed_by uuid not null,
  signed_at timestamptz not null,
  seat text not null,
  change_request_id uuid,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, change_request_id) references rollout.change_request (company_id, id)
);
create unique index register_signed_once on rollout.register (company_id, site_id) where state = 'signed';
call kernel.guard('rollout.register');

-- What sites that signed have answered, for the sites after them; it names no company's customers or prices.
create table rollout.precedent (
  id uuid primary key,
  topic text not null,
  answer text not null,
  title text not null,
  rationale text not null,
  tried jsonb,
  repeatability int not null,
  site_code text not null,
  requirement_number text not null,
  decided_by uuid not null,
  signed_at timestamptz not null,
  unique (site_code, topic)
);
create index precedent_topic on rollout.precedent (topic, signed_at desc);
grant select, insert, update, delete on rollout.precedent to tw_app;
