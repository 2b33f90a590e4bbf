-- Pilot sites: the figures of before, those taken while it runs, and what was concluded for the template.
create table rollout.pilot (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('running', 'ended')),
  site_id uuid not null,
  -- The days over which the figures of before were taken.
  baseline_from date not null,
  baseline_until date not null,
  starts_on date not null,
  ends_on date,
  -- One element a figure: id, name, unit, better, target, value.
  baseline jsonb not null,
  -- One element a day on which figures were taken: on, from, until, values by id.
  readings jsonb not null default '[]',
  conclusion text check (conclusion in ('holds', 'holds-with-changes', 'does-not-hold')),
  lessons text,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  check (baseline_until < starts_on and baseline_from <= baseline_until),
  check ((state = 'ended') = (ends_on is not null and conclusion is not null))
);
create unique index pilot_running_once on rollout.pilot (company_id, site_id) where state = 'running';
call kernel.guard('rollout.pilot');
