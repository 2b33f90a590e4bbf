-- The rings of an upgrade: which sites may follow a release when. A ring belongs to the enterprise, as its release does.
create table rollout.ring (
  id uuid primary key,
  number text not null unique,
  state text not null check (state in ('planned', 'open')),
  release_id uuid not null references rollout.release,
  ring int not null check (ring >= 0),
  name text not null,
  -- One element a site: its id, code and company, and why it stands in this ring.
  sites jsonb not null,
  codes text not null,
  -- Days that the sites of this ring must have stood without new drift before the next one opens.
  quiet_days int not null check (quiet_days >= 0),
  planned_by uuid not null,
  opened_by uuid,
  opened_at timestamptz,
  -- What every site of the rings before had to show when it opened.
  proof jsonb,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (release_id, ring),
  check ((state = 'open') = (opened_at is not null)),
  check (num_nulls(opened_by, opened_at, proof) in (0, 3))
);
grant select, insert on rollout.ring to tw_app;
grant update (state, version, updated_at, opened_by, opened_at, proof) on rollout.ring to tw_app;
