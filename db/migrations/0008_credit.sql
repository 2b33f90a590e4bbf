-- How much a customer may owe. The three open amounts are running sums, proved against the documents by verify.
create schema credit;
grant usage on schema credit to tw_app;

create table credit.account (
  company_id int not null,
  id uuid not null,
  credit_limit numeric not null check (credit_limit >= 0),
  currency text not null references company.currency,
  risk_class text not null default 'B',
  group_id uuid,
  insured_up_to numeric,
  insured_until date,
  hold text check (hold in ('manual', 'overdue', 'broken-promise', 'insurance', 'returned-payment')),
  hold_reason text,
  max_overdue_days int not null default 30,
  open_orders numeric not null default 0,
  unbilled numeric not null default 0,
  receivable numeric not null default 0,
  unapplied numeric not null default 0,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, id) references party.customer
) with (fillfactor = 60);

-- A group limit is shared by its accounts.
create table credit.group_limit (
  company_id int not null,
  id uuid not null,
  code text not null,
  credit_limit numeric not null check (credit_limit >= 0),
  primary key (company_id, id),
  unique (company_id, code)
);
alter table credit.account add foreign key (company_id, group_id) references credit.group_limit;
create index account_group on credit.account (company_id, group_id) where group_id is not null;

-- Evidence of every decision: the figures at that time, the rule, the person.
create table credit.decision (
  company_id int not null,
  id uuid not null,
  customer_id uuid not null,
  order_id uuid,
  checkpoint text not null check (checkpoint in ('confirm', 'release', 'ship', 'manual')),
  outcome text not null check (outcome in ('hold', 'released', 'refused')),
  exposure jsonb not null,
  rule text not null,
  up_to numeric,
  expires_at timestamptz,
  reason text,
  actor_id uuid not null,
  at timestamptz not null,
  primary key (company_id, id)
);
create index decision_order on credit.decision (company_id, order_id, at);
create index decision_customer on credit.decision (company_id, customer_id, at);

call kernel.guard('credit.account');
call kernel.guard('credit.group_limit');
call kernel.guard('credit.decision', facts => true);
