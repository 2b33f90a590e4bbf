-- What a customer pays and why. The nil uuid stands for "anyone" and "anything".
create schema pricing;
grant usage on schema pricing to tw_app;

create table pricing.list (
  company_id int not null references company.company,
  id uuid not null,
  code text not null,
  name text not null,
  currency text not null references company.currency,
  state text not null default 'active' check (state in ('draft', 'active', 'withdrawn')),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, code)
);

-- A customer group buys from a list; the company's default list has group ''.
create table pricing.group_list (
  company_id int not null,
  group_code text not null,
  list_id uuid not null,
  primary key (company_id, group_code),
  foreign key (company_id, list_id) references pricing.list
);

-- One condition. subject: customer, or the group's uuid (v5 of its code, made by pricing.group_id), or nil;
-- object: item, category or nil. The lower `rank`, the earlier it is asked (see docs/decisions on precedence).
create table pricing.condition (
  company_id int not null,
  id uuid not null,
  kind text not null check (kind in ('contract', 'customer', 'group', 'agreement', 'promotion', 'break', 'matrix', 'list')),
  rank int not null,
  list_id uuid,
  subject_id uuid not null default '00000000-0000-0000-0000-000000000000',
  object_id uuid not null default '00000000-0000-0000-0000-000000000000',
  currency text not null references company.currency,
  min_quantity numeric not null default 0 check (min_quantity >= 0),
  valid daterange not null default '(,)',
  method text not null check (method in ('price', 'discount-on-base', 'discount-on-running', 'cost-plus')),
  amount numeric not null,
  floor_percent numeric check (floor_percent between 0 and 100),
  note text not null default '',
  state text not null default 'active' check (state in ('draft', 'active', 'withdrawn')),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, list_id) references pricing.list,
  check ((kind = 'list') = (list_id is not null)),
  check (method <> 'price' or amount >= 0),
  check (method not like 'discount%' or amount between 0 and 100),
  constraint condition_overlap exclude using gist (
    company_id with =, kind with =, subject_id with =, object_id with =, currency with =,
    coalesce(list_id, '00000000-0000-0000-0000-000000000000') with =, min_quantity with =, valid with &&)
    where (state = 'active')
);
create index condition_lookup on pricing.condition (company_id, object_id, subject_id, currency, kind, min_quantity) where state = 'active';

-- The uuid that stands for a customer group as a subject: stable, made of the group's code.
create function pricing.group_id(code text) returns uuid language sql immutable parallel safe
  as $$ select md5('pricing.group:' || code)::uuid $$;

-- How far each role may go without asking, and the margin nobody goes under without asking.
create table pricing.discount_limit (
  company_id int not null,
  role text not null,
  percent numeric not null check (percent between 0 and 100),
  primary key (company_id, role)
);
create table pricing.margin_floor (
  company_id int not null,
  category_id uuid not null default '00000000-0000-0000-0000-000000000000',
  percent numeric not null check (percent between -100 and 100),
  primary key (company_id, category_id)
);

call kernel.guard('pricing.list');
call kernel.guard('pricing.group_list');
call kernel.guard('pricing.condition');
call kernel.guard('pricing.discount_limit');
call kernel.guard('pricing.margin_floor');
