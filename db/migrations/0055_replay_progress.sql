-- How far the replay of a year of orders has come, so that it can be stopped at any moment and resumed.
create schema replay;
grant usage on schema replay to tw_app;

-- One row for each day that is done. `fingerprint` names the plan: a company never mixes two of them.
create table replay.progress (
  company_id int not null,
  fingerprint text not null,
  day_index int not null check (day_index >= 0),
  date date not null,
  lines int not null check (lines >= 0),
  milliseconds int not null check (milliseconds >= 0),
  done_at timestamptz not null,
  primary key (company_id, fingerprint, day_index)
);
comment on column replay.progress.lines is 'source lines that became documents on the day';
comment on column replay.progress.milliseconds is 'how long the day took, by the clock of the machine';
call kernel.guard('replay.progress', facts => true);
