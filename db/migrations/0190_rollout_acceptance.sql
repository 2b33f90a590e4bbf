-- Acceptance: runs of the scenario library on a copy of a site, or walked by people; what came of each scenario with its
-- evidence; defects of failed ones; and who signed off what.
create table rollout.uat_run (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('running', 'finished', 'cancelled')),
  site_id uuid not null,
  release_id uuid not null references rollout.release,
  kind text not null check (kind in ('automatic', 'manual')),
  -- The configuration that is judged, object by object, its hash, and where it differs from the template.
  configuration jsonb not null,
  configuration_hash text not null check (configuration_hash ~ '^[0-9a-f]{64}$'),
  differences jsonb not null,
  -- Every scenario that this configuration makes relevant; those left out with the reason; those that this run plays.
  scenarios jsonb not null,
  left_out jsonb not null,
  wanted jsonb not null,
  done int not null default 0,
  total int not null check (total > 0),
  at_work text,
  passed int not null default 0,
  failed int not null default 0,
  played_on text,
  -- Figures of the live database before and after: equal, or the run is worth nothing.
  live_unchanged boolean,
  figures jsonb,
  milliseconds int,
  started_by uuid not null,
  finished_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, site_id) references rollout.site (company_id, id),
  check ((state = 'finished') = (finished_at is not null))
);
create index uat_run_of_site on rollout.uat_run (company_id, site_id, created_at desc);
-- The machine plays a site once at a time; people walk beside it.
create unique index uat_run_at_work on rollout.uat_run (company_id, site_id) where state = 'running' and kind = 'automatic';
call kernel.guard('rollout.uat_run');

create table rollout.uat_result (
  company_id int not null,
  id uuid not null,
  run_id uuid not null,
  site_id uuid not null,
  scenario text not null,
  title text not null,
  process text not null,
  critical boolean not null,
  marks jsonb not null,
  roles jsonb not null,
  kind text not null check (kind in ('automatic', 'manual')),
  verdict text not null check (verdict in ('open', 'passed', 'failed')),
  failure text,
  -- The configuration by which it failed: with the template's values there, it passes.
  causes jsonb not null default '[]',
  -- Step by step: who, what was sent, what came back, what was expected and what was there.
  evidence jsonb not null,
  milliseconds int not null default 0,
  by uuid not null,
  at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, run_id, scenario),
  foreign key (company_id, run_id) references rollout.uat_run (company_id, id)
);
create index uat_result_latest on rollout.uat_result (company_id, site_id, scenario, at desc);
call kernel.guard('rollout.uat_result');

create table rollout.uat_defect (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('open', 'mended', 'closed')),
  site_id uuid not null,
  result_id uuid not null,
  scenario text not null,
  process text not null,
  kind text not null check (kind in ('automatic', 'manual')),
  severity int not null check (severity between 1 and 4),
  title text not null,
  -- What was at hand when it failed: the step with its evidence, the configuration behind it, the run.
  context jsonb not null,
  raised_by uuid not null,
  closed_run_id uuid,
  closed_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, site_id) references rollout.site (company_id, id),
  foreign key (company_id, result_id) references rollout.uat_result (company_id, id),
  foreign key (company_id, closed_run_id) references rollout.uat_run (company_id, id),
  check ((state = 'closed') = (closed_at is not null))
);
create index uat_defect_of_site on rollout.uat_defect (company_id, site_id, scenario) where state <> 'closed';
call kernel.guard('rollout.uat_defect');

-- A signature: of finance, of the warehouse, of who owns the process; for the whole run, a process or one scenario.
create table rollout.uat_sign_off (
  company_id int not null,
  id uuid not null,
  run_id uuid not null,
  seat text not null check (seat in ('finance', 'warehouse', 'process')),
  process text,
  scenario text,
  note text not null,
  signed_by uuid not null,
  signed_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, run_id) references rollout.uat_run (company_id, id),
  check (process is null or scenario is null)
);
create unique index uat_signed_once on rollout.uat_sign_off (company_id, run_id, seat, coalesce(process, ''), coalesce(scenario, ''));
call kernel.guard('rollout.uat_sign_off');
-- A signature stays.
revoke update, delete on rollout.uat_sign_off from tw_app;

-- How far a site is accepted, as gates ask: of the scenarios that matter to its configuration as last judged, those whose
-- newest result under exactly that configuration is green.
create view rollout.v_uat_latest with (security_invoker = true) as
with newest as (
  select distinct on (company_id, site_id) company_id, site_id, id, number, release_id, configuration_hash, scenarios, finished_at, live_unchanged
    from rollout.uat_run where state = 'finished' order by company_id, site_id, finished_at desc, id desc
), result as (
  select distinct on (r.company_id, r.site_id, r.scenario) r.company_id, r.site_id, r.scenario, r.verdict
    from rollout.uat_result r join rollout.uat_run u on u.company_id = r.company_id and u.id = r.run_id and u.state = 'finished'
    join newest n on n.company_id = r.company_id and n.site_id = r.site_id and n.configuration_hash = u.configuration_hash
   where r.verdict <> 'open' order by r.company_id, r.site_id, r.scenario, r.at desc, r.id desc
), judged as (
  select n.company_id, n.site_id, s.one ->> 'id' as scenario, (s.one ->> 'critical')::boolean as critical, s.one -> 'marks' ? 'separation' as separation,
         coalesce(r.verdict = 'passed', false) as passed, coalesce(r.verdict = 'failed', false) as failed
    from newest n cross join lateral jsonb_array_elements(n.scenarios) s (one)
    left join result r on r.company_id = n.company_id and r.site_id = n.site_id and r.scenario = s.one ->> 'id'
), counted as (
  select company_id, site_id, count(*)::int as scenarios, count(*) filter (where passed)::int as passed, count(*) filter (where failed)::int as failed,
         count(*) filter (where critical)::int as critical, count(*) filter (where critical and passed)::int as critical_passed,
         count(*) filter (where separation)::int as separation, count(*) filter (where separation and passed)::int as separation_passed
    from judged group by company_id, site_id
), defect as (
  select company_id, site_id, count(*) filter (where severity = 1)::int as severity_1, count(*) filter (where severity = 2)::int as severity_2,
         count(*) filter (where severity = 3)::int as severity_3, count(*) filter (where severity = 4)::int as severity_4
    from rollout.uat_defect where state <> 'closed' group by company_id, site_id
)
select n.company_id, n.site_id, n.id as run_id, n.number, n.release_id, n.configuration_hash, n.finished_at, n.live_unchanged,
       c.scenarios, c.passed, c.failed, c.scenarios - c.passed - c.failed as not_played, round(100.0 * c.passed / nullif(c.scenarios, 0), 1) as passed_percent,
       c.critical, c.critical_passed, round(100.0 * c.critical_passed / nullif(c.critical, 0), 1) as critical_percent,
       c.separation, c.separation_passed, round(100.0 * c.separation_passed / nullif(c.separation, 0), 1) as separation_percent,
       coalesce(d.severity_1, 0) as severity_1, coalesce(d.severity_2, 0) as severity_2, coalesce(d.severity_3, 0) as severity_3, coalesce(d.severity_4, 0) as severity_4
  from newest n join counted c on c.company_id = n.company_id and c.site_id = n.site_id
  left join defect d on d.company_id = n.company_id and d.site_id = n.site_id;
grant select on rollout.v_uat_latest to tw_app;
