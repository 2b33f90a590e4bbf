-- Which tax applies, and at what rate on a day.
create schema tax;
grant usage on schema tax to tw_app;

create table tax.code (
  company_id int not null references company.company,
  code text not null,
  name text not null,
  kind text not null default 'standard' check (kind in ('standard', 'zero', 'exempt', 'reverse-charge', 'export')),
  account text not null default '2200',
  primary key (company_id, code)
);

create table tax.rate (
  company_id int not null,
  code text not null,
  valid daterange not null,
  rate numeric not null check (rate between 0 and 1),
  primary key (company_id, code, valid),
  foreign key (company_id, code) references tax.code,
  exclude using gist (company_id with =, code with =, valid with &&)
);

-- Position of the customer or ship-to, class of the item: the code.
create table tax.rule (
  company_id int not null,
  position text not null,
  tax_class text not null,
  code text not null,
  primary key (company_id, position, tax_class),
  foreign key (company_id, code) references tax.code
);

create table tax.exemption (
  company_id int not null,
  id uuid not null,
  customer_id uuid not null,
  certificate text not null,
  valid daterange not null,
  code text not null,
  primary key (company_id, id),
  foreign key (company_id, code) references tax.code,
  foreign key (company_id, customer_id) references party.customer,
  exclude using gist (company_id with =, customer_id with =, valid with &&)
);

call kernel.guard('tax.code');
call kernel.guard('tax.rate');
call kernel.guard('tax.rule');
call kernel.guard('tax.exemption');
