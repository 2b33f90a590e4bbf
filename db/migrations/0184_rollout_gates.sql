-- Stage gates: signed evidence, and runs that keep every value they were judged by; and the papers of a site, drafted from live data.
create table rollout.evidence (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('recorded', 'signed', 'withdrawn')),
  site_id uuid not null,
  kind text not null,
  -- What it is about where a kind is about many: a domain of data, a requirement.
  subject text,
  value numeric not null,
  measured_on date not null,
  file_name text,
  file_hash text check (file_hash ~ '^[0-9a-f]{64}$'),
  note text not null,
  recorded_by uuid not null,
  signed_by uuid,
  seat text,
  signed_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  check (state <> 'signed' or (signed_by is not null and signed_at is not null)),
  check (signed_by is null or signed_by <> recorded_by or signed_by = '00000000-0000-7000-8000-000000000001')
);
create index evidence_of_site on rollout.evidence (company_id, site_id, kind, measured_on desc) where state = 'signed';
call kernel.guard('rollout.evidence');

create table rollout.gate_run (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('passed', 'refused', 'overridden', 'opened')),
  site_id uuid not null,
  gate text not null,
  -- One element a criterion: id, title, unit, compare, threshold, critical, value, evidence, verdict, hash.
  criteria jsonb not null,
  verdict text not null check (verdict in ('passed', 'refused')),
  -- Over everything that the verdict rests on.
  hash text not null,
  -- The fingerprint of the governance file whose thresholds were used.
  policy text not null,
  on_day date not null,
  evaluated_by uuid not null,
  overridden_by uuid,
  override_seat text,
  override_reason text,
  overridden_at timestamptz,
  opened_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  check (num_nulls(overridden_by, override_seat, override_reason, overridden_at) in (0, 4)),
  check (state not in ('overridden', 'opened') or verdict = 'passed' or overridden_at is not null)
);
create index gate_run_of_site on rollout.gate_run (company_id, site_id, gate, created_at desc);
call kernel.guard('rollout.gate_run');
-- What was measured stays as it was measured: only the way of a run through its states may be written.
revoke update, delete on rollout.gate_run from tw_app;
grant update (state, version, updated_at, overridden_by, override_seat, override_reason, overridden_at, opened_at) on rollout.gate_run to tw_app;

create table rollout.paper (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('drafted', 'signed', 'replaced')),
  site_id uuid not null,
  kind text not null,
  edition int not null,
  -- What the paper says, by chapter; its hash is what is signed.
  content jsonb not null,
  hash text not null,
  drafted_by uuid not null,
  signed_by uuid,
  seat text,
  signed_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  unique (company_id, site_id, kind, edition),
  check ((state = 'drafted') = (signed_by is null))
);
create unique index paper_signed_once on rollout.paper (company_id, site_id, kind) where state = 'signed';
call kernel.guard('rollout.paper');
