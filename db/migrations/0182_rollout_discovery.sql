-- Discovery of a site: what was answered, how work is done today, by which detours, over which links, and who took part.
create table rollout.answer (
  company_id int not null references company.company,
  id uuid not null,
  state text not null check (state in ('answered', 'withdrawn')),
  site_id uuid not null,
  question text not null,
  answer text not null,
  source text not null,
  answered_by uuid not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id)
);
create unique index answer_of_question on rollout.answer (company_id, site_id, question) where state = 'answered';
call kernel.guard('rollout.answer');

create table rollout.process (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('mapped', 'approved', 'dropped')),
  site_id uuid not null,
  area text not null,
  name text not null,
  variant text not null default '',
  -- Times a month.
  volume int not null check (volume >= 0),
  owner text not null,
  system text not null,
  stance text not null check (stance in ('standardise', 'differentiator')),
  steps jsonb not null default '[]',
  approved_by uuid,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number)
);
create unique index process_of_site on rollout.process (company_id, site_id, name, variant) where state <> 'dropped';
call kernel.guard('rollout.process');

create table rollout.finding (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('open', 'decided', 'dropped')),
  site_id uuid not null,
  kind text not null check (kind in ('workaround', 'spreadsheet', 'bottleneck', 'reporting-gap', 'issue')),
  title text not null,
  detail text not null,
  frequency text not null check (frequency in ('daily', 'weekly', 'monthly', 'yearly', 'seldom')),
  risk text not null check (risk in ('low', 'medium', 'high')),
  disposition text check (disposition in ('template-covers', 'process-change', 'requirement', 'accept')),
  note text,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  check ((state = 'decided') = (disposition is not null))
);
create index finding_of_site on rollout.finding (company_id, site_id, state);
call kernel.guard('rollout.finding');

create table rollout.integration (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('listed', 'dropped')),
  site_id uuid not null,
  name text not null,
  direction text not null check (direction in ('in', 'out', 'both')),
  -- Messages a day.
  volume int not null check (volume >= 0),
  criticality text not null check (criticality in ('low', 'medium', 'high')),
  owner text not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number)
);
create unique index integration_of_site on rollout.integration (company_id, site_id, name) where state = 'listed';
call kernel.guard('rollout.integration');

create table rollout.participant (
  company_id int not null references company.company,
  id uuid not null,
  state text not null check (state in ('took-part', 'struck')),
  site_id uuid not null,
  function text not null,
  name text not null,
  workshop text not null,
  held_on date not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id)
);
create unique index participant_once on rollout.participant (company_id, site_id, function, name, workshop) where state = 'took-part';
call kernel.guard('rollout.participant');
