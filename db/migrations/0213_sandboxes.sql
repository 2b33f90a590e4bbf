-- A copy that people practise on says so itself: whoever sends something out looks here first, and finds a row in a sandbox.
create table kernel.sandbox (
  only_row boolean primary key default true check (only_row),
  name text not null,
  -- The site that it was made for.
  site text not null,
  made_at timestamptz not null,
  -- How many different values of personal data were masked.
  masked int not null
);
grant select on kernel.sandbox to tw_app;
