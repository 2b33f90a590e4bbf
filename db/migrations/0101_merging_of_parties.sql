-- Two records of one customer or supplier become one, and the merge can be taken back for thirty days.
create schema stewardship;
grant usage on schema stewardship to tw_app;

alter table party.customer add column merged_into uuid, add foreign key (company_id, merged_into) references party.customer, add check (merged_into <> id);
alter table party.supplier add column merged_into uuid, add foreign key (company_id, merged_into) references party.supplier, add check (merged_into <> id);

create table stewardship.merge (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  kind text not null check (kind in ('customer', 'supplier')),
  from_id uuid not null,
  from_code text not null,
  -- What the one that was given up was before, so that it can be that again.
  from_state text not null,
  into_id uuid not null,
  into_code text not null,
  merged_on date not null,
  undo_until date not null,
  moved jsonb not null default '{}',
  state text not null check (state in ('merged', 'undone')),
  created_by uuid not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  check (from_id <> into_id)
);
create unique index merge_once on stewardship.merge (company_id, from_id, kind) where state = 'merged';

-- Every row that was led to the one that stays, so that exactly these are led back.
create table stewardship.moved (
  company_id int not null,
  merge_id uuid not null,
  place text not null,
  id uuid not null,
  -- How the row was written before, where more than its owner had to change.
  before jsonb not null default '{}',
  primary key (company_id, merge_id, place, id),
  foreign key (company_id, merge_id) references stewardship.merge
);

call kernel.guard('stewardship.merge');
call kernel.guard('stewardship.moved', facts => true);
