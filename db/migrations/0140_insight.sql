-- Key figures and the proof of the books as people see them: what sales and returns show of holds, prices and times, the
-- days by which figures look facts up, and the runs of `verify` that are kept.
create schema insight;
grant usage on schema insight to tw_app;

create view sales.v_hold with (security_invoker = true) as
  select company_id, id, order_id, kind, owner_role, reason, raised_at, released_at, voided_at from sales.hold;

-- How a line came to its price: what the rules found, what was charged, who changed it and why.
create view sales.v_line_price with (security_invoker = true) as
  select company_id, id, order_id, line, quantity, net, price, resolved_price, price_by, price_reason, price_limit from sales.order_line;

-- When a line was first promised: a hold in between makes an order no younger.
create view sales.v_promise with (security_invoker = true) as
  select company_id, order_line_id, promise, at from sales.promise;

grant select on sales.v_hold, sales.v_line_price, sales.v_promise to tw_app;

create index shipment_shipped on warehouse.shipment (company_id, shipped_on) where state = 'shipped';
create index order_line_first_promise on sales.order_line (company_id, first_promise) where first_promise is not null;
create index hold_released on sales.hold (company_id, released_at) where released_at is not null;
create index rma_authorised on returns.rma (company_id, authorised_on) where authorised_on is not null;

create table insight.check (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  state text not null check (state = 'started'),
  -- How far it is: checks done of all, and the one at work.
  done int not null default 0,
  total int not null default 0,
  at_work text,
  finished_at timestamptz,
  holds boolean,
  breaches int not null default 0,
  -- One element a check, in order: id, owner, title, breaches, milliseconds; examples of breaches stand apart, for fewer eyes.
  results jsonb not null default '[]',
  examples jsonb not null default '{}',
  -- The signed head of the audit log, and whether its root was found again from the sealed leaves.
  head jsonb,
  created_by uuid not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  check ((finished_at is null) = (holds is null))
);
create index check_recent on insight.check (company_id, created_at desc, id desc);
create unique index check_one_at_a_time on insight.check (company_id) where finished_at is null;

call kernel.guard('insight.check');
