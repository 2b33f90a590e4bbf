-- The cadence of reviews with their packs, and the outcomes by which the programme is judged.
create table rollout.review (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('prepared', 'concluded')),
  site_id uuid not null,
  review text not null,
  due_on date not null,
  -- The pack: a paper of live data, and its hash on the day.
  paper_id uuid not null,
  paper_hash text not null check (paper_hash ~ '^[0-9a-f]{64}$'),
  held_on date,
  held_by uuid,
  seat text,
  minutes text,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  unique (company_id, site_id, review, due_on),
  check (state <> 'concluded' or (held_on is not null and minutes is not null))
);
call kernel.guard('rollout.review');

create table rollout.outcome (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('agreed', 'concluded')),
  site_id uuid,
  kind text not null check (kind in ('service', 'control', 'productivity')),
  title text not null,
  seat text not null,
  -- 'kpi:NAME' is a published key figure, else a measure of the rollout.
  measure text not null,
  unit text not null,
  baseline numeric not null,
  target numeric not null,
  agreed_on date not null,
  due_on date not null,
  reached numeric,
  conclusion text,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  check (target <> baseline and due_on > agreed_on),
  check (state <> 'concluded' or conclusion is not null)
);
call kernel.guard('rollout.outcome');
