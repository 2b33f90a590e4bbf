-- The local deployment checklist of a site: when it goes live by which calendar, and what has to be done until when, by whom.
alter table rollout.site
  add column go_live_on date,
  add column calendar text;

-- One generation of a checklist from a release of the template.
create table rollout.checklist (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state in ('generated')),
  site_id uuid not null,
  release text not null,
  go_live_on date not null,
  calendar text not null,
  items int not null,
  added int not null,
  removed int not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number)
);
create index checklist_of_site on rollout.checklist (company_id, site_id, created_at desc);
call kernel.guard('rollout.checklist');

create table rollout.checklist_item (
  company_id int not null references company.company,
  id uuid not null,
  state text not null check (state in ('open', 'done', 'waived')),
  site_id uuid not null,
  item text not null,
  title text not null,
  seat text not null,
  -- Work days from the day of going live; negative before it.
  days int not null,
  due_on date not null,
  -- The measure by which the item is done by itself; null where somebody signs.
  criterion text,
  threshold numeric,
  -- Whether the newest template still has it; what was done stays all the same.
  in_template boolean not null default true,
  evidence text,
  signed_by uuid,
  signed_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, site_id, item),
  check ((criterion is null) = (threshold is null)),
  check (state <> 'done' or (criterion is null and signed_by is not null and evidence is not null))
);
call kernel.guard('rollout.checklist_item');
