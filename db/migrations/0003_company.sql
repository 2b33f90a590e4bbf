-- The companies, where they stand, when they work, and the currencies they use.
create schema company;
grant usage on schema company to tw_app;

create table company.currency (
  code text primary key check (code ~ '^[A-Z]{3}$'),
  name text not null,
  digits int not null check (digits between 0 and 4)
);

create table company.company (
  id int primary key,
  code text not null unique,
  name text not null,
  currency text not null references company.currency,
  time_zone text not null,
  country text not null,
  tax_rounding text not null default 'document-half-up' check (tax_rounding in ('document-half-up', 'line-half-up', 'document-half-even', 'line-half-even')),
  settings jsonb not null default '{}',
  state text not null default 'active' check (state in ('active', 'closed')),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table company.rate (
  company_id int not null references company.company,
  currency text not null references company.currency,
  valid_on date not null,
  rate numeric not null check (rate > 0),
  source text not null,
  primary key (company_id, currency, valid_on)
);

create table company.branch (
  company_id int not null references company.company,
  id uuid not null,
  code text not null,
  name text not null,
  primary key (company_id, id),
  unique (company_id, code)
);

-- weekdays: 1 is Monday; cut_off is local time.
create table company.calendar (
  company_id int not null references company.company,
  id uuid not null,
  code text not null,
  weekdays int[] not null default '{1,2,3,4,5}',
  holidays date[] not null default '{}',
  cut_off time not null default '15:00',
  primary key (company_id, id),
  unique (company_id, code)
);

create table company.warehouse (
  company_id int not null references company.company,
  id uuid not null,
  code text not null,
  name text not null,
  branch_id uuid,
  calendar_id uuid,
  outbound_steps int not null default 1 check (outbound_steps between 1 and 3),
  handling_days int not null default 0 check (handling_days >= 0),
  allow_negative boolean not null default false,
  reserve_at text not null default 'confirm' check (reserve_at in ('confirm', 'release', 'manual')),
  state text not null default 'active' check (state in ('active', 'closed')),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, code),
  foreign key (company_id, branch_id) references company.branch,
  foreign key (company_id, calendar_id) references company.calendar
);

grant select, insert, update on company.currency to tw_app;
call kernel.guard('company.company', company_column => 'id');
call kernel.guard('company.rate');
call kernel.guard('company.branch');
call kernel.guard('company.calendar');
call kernel.guard('company.warehouse');
