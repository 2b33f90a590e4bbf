-- Who we deal with. A party is one legal identity for the whole enterprise (shared); customer and supplier are its
-- standing with one company. customer.id and supplier.id are the party's id.
create schema party;
grant usage on schema party to tw_app;

create table party.party (
  id uuid primary key,
  code text not null unique,
  name text not null,
  normal_name text not null,
  tax_id text,
  duns text,
  gln text,
  phone text,
  email text,
  street text,
  city text,
  postcode text,
  country text not null,
  parent_id uuid references party.party,
  state text not null default 'active' check (state in ('proposed', 'active', 'inactive', 'merged')),
  merged_into uuid references party.party,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index party_tax_id on party.party (country, tax_id) where tax_id is not null and state in ('active', 'proposed');
create index party_normal_name on party.party using gin (normal_name gin_trgm_ops);
create index party_phone on party.party (phone) where phone is not null;

create table party.term (
  company_id int not null,
  code text not null,
  name text not null,
  due_days int not null default 30 check (due_days >= 0),
  end_of_month boolean not null default false,
  discount_percent numeric not null default 0 check (discount_percent between 0 and 100),
  discount_days int not null default 0,
  prepaid boolean not null default false,
  primary key (company_id, code)
);

create table party.customer (
  company_id int not null references company.company,
  id uuid not null references party.party,
  code text not null,
  name text not null,
  group_code text,
  class text not null default 'standard' check (class in ('key', 'standard', 'small', 'cash')),
  currency text not null references company.currency,
  term text not null,
  tax_position text not null default 'domestic',
  bill_to uuid,
  invoice_policy text not null default 'shipped' check (invoice_policy in ('shipped', 'ordered', 'monthly')),
  backorder_rule text,
  min_remaining_life_days int not null default 0,
  consents_to_substitutes boolean not null default false,
  purchase_order_required boolean not null default false,
  state text not null default 'active' check (state in ('proposed', 'active', 'blocked', 'inactive')),
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, code),
  foreign key (company_id, term) references party.term
);
create index customer_name on party.customer (company_id, name);

create table party.ship_to (
  company_id int not null,
  id uuid not null,
  customer_id uuid not null,
  code text not null,
  name text not null,
  street text,
  city text,
  postcode text,
  country text not null,
  gln text,
  tax_position text,
  transit_days int not null default 1 check (transit_days >= 0),
  state text not null default 'active' check (state in ('active', 'closed')),
  version int not null default 1,
  primary key (company_id, id),
  unique (company_id, customer_id, code),
  foreign key (company_id, customer_id) references party.customer
);

create table party.contact (
  company_id int not null,
  id uuid not null,
  party_id uuid not null references party.party,
  name text not null,
  role text not null default '',
  email text,
  phone text,
  primary key (company_id, id)
);

create table party.supplier (
  company_id int not null references company.company,
  id uuid not null references party.party,
  code text not null,
  name text not null,
  currency text not null references company.currency,
  term text not null,
  lead_time_days int not null default 7 check (lead_time_days >= 0),
  state text not null default 'active' check (state in ('proposed', 'active', 'blocked', 'inactive')),
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, code),
  foreign key (company_id, term) references party.term
);

-- What a creation resembled: a person decides whether it is the same party.
create table party.duplicate (
  company_id int not null,
  id uuid not null,
  proposed_id uuid not null references party.party,
  resembles_id uuid not null references party.party,
  score numeric not null check (score between 0 and 1),
  evidence jsonb not null,
  channel text not null,
  state text not null default 'open' check (state in ('open', 'same', 'different')),
  decided_by uuid,
  decided_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (company_id, id)
);

grant select, insert, update on party.party to tw_app;
call kernel.guard('party.term');
call kernel.guard('party.customer');
call kernel.guard('party.ship_to');
call kernel.guard('party.contact');
call kernel.guard('party.supplier');
call kernel.guard('party.duplicate');
-- A shared master is still seen only by a company that deals with the party.
alter table party.party enable row level security;
alter table party.party force row level security;
create policy seen_by_those_who_deal on party.party using (
  exists (select from party.customer c where c.id = party.id) or
  exists (select from party.supplier s where s.id = party.id) or
  exists (select from party.duplicate d where d.proposed_id = party.id or d.resembles_id = party.id)
) with check (true);
create index customer_party on party.customer (id);
create index supplier_party on party.supplier (id);
