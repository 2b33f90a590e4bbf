-- Every master becomes a document that verbs change: it gets an id, a state, a version and its two times, so that the
-- same envelope locks, audits and lists it. Defaults keep rows valid that were written before.

-- A company is known by a number everywhere; as a document it has an id like any other.
alter table company.company add column document_id uuid not null default gen_random_uuid() unique;
create view company.companies with (security_invoker) as
  select document_id as id, id as company_id, code, name, currency, time_zone, country, tax_rounding, settings, state, version, created_at, updated_at
    from company.company;
grant select, update on company.companies to tw_app;

alter table company.currency
  add column id uuid not null default gen_random_uuid() unique,
  add column state text not null default 'active' check (state in ('active')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now();

alter table company.rate
  add column id uuid not null default gen_random_uuid(),
  add column state text not null default 'recorded' check (state in ('recorded')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add unique (company_id, id);

alter table company.branch
  add column state text not null default 'active' check (state in ('active', 'closed')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now();

alter table company.calendar
  add column state text not null default 'active' check (state in ('active', 'closed')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add check (cardinality(weekdays) > 0 and weekdays <@ '{1,2,3,4,5,6,7}');

alter table party.term
  add column id uuid not null default gen_random_uuid(),
  add column state text not null default 'active' check (state in ('active', 'closed')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add unique (company_id, id),
  add check (discount_days between 0 and due_days or end_of_month);

-- requested, reviewed, approved: three people bring a customer in (MDM-02). `inherits` names what the customer takes
-- from the customer above him, and keeps equal to it.
alter table party.customer
  add column inherits text[] not null default '{}'
    check (inherits <@ '{term,currency,tax_position,group_code,class,invoice_policy,backorder_rule}'),
  add column bank_account text,
  add column requested_by uuid,
  add column credit_reviewed_by uuid,
  add column approved_by uuid,
  add column note text not null default '';

alter table party.supplier
  add column bank_account text,
  add column requested_by uuid,
  add column approved_by uuid,
  add column note text not null default '';

-- How goods get there, and what the people who take them in ask for (MDM-05).
alter table party.ship_to
  add column route text,
  add column carrier text,
  add column opens_at time,
  add column closes_at time,
  add column receiving_note text not null default '',
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add check (opens_at is null or closes_at is null or opens_at < closes_at);

alter table party.contact
  add column state text not null default 'active' check (state in ('active', 'removed')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now();
create index contact_party on party.contact (company_id, party_id);

create or replace view party.v_customer with (security_invoker) as
  select c.company_id, c.id, c.code, c.name, c.group_code, c.class, c.currency, c.term, c.tax_position, c.bill_to, c.invoice_policy,
      c.backorder_rule, c.min_remaining_life_days, c.consents_to_substitutes, c.purchase_order_required, c.state, c.version,
      t.name as term_name, t.due_days, t.end_of_month, t.discount_percent, t.discount_days, t.prepaid, c.inherits
    from party.customer c join party.term t on t.company_id = c.company_id and t.code = c.term;

create or replace view party.v_ship_to with (security_invoker) as
  select company_id, id, customer_id, code, name, street, city, postcode, country, gln, tax_position, transit_days, state, version,
      route, carrier, opens_at, closes_at, receiving_note
    from party.ship_to;

create or replace view party.v_contact with (security_invoker) as
  select company_id, id, party_id, name, role, email, phone, state from party.contact;

-- Units and what they are worth in each other, wherever they are used: a pound is 45359237/100000000 kilograms.
alter table catalog.unit
  add column id uuid not null default gen_random_uuid() unique,
  add column state text not null default 'active' check (state in ('active')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now();

create table catalog.conversion (
  id uuid primary key,
  from_unit text not null references catalog.unit,
  to_unit text not null references catalog.unit,
  num bigint not null check (num > 0),
  den bigint not null check (den > 0),
  state text not null default 'active' check (state in ('active', 'withdrawn')),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (from_unit <> to_unit)
);
create unique index conversion_once on catalog.conversion (least(from_unit, to_unit), greatest(from_unit, to_unit)) where state = 'active';
grant select, insert, update on catalog.conversion to tw_app;

alter table catalog.category
  add column state text not null default 'active' check (state in ('active', 'retired')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now();

-- What a site adds to a leaf of the taxonomy that the enterprise owns (MDM-08).
create table catalog.leaf_attribute (
  company_id int not null,
  id uuid not null,
  category_id uuid not null references catalog.category,
  attribute text not null,
  state text not null default 'active' check (state in ('active', 'removed')),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (company_id, id)
);
create unique index leaf_attribute_once on catalog.leaf_attribute (company_id, category_id, attribute) where state = 'active';
call kernel.guard('catalog.leaf_attribute');

-- Purchase and price unit; NULL is the base unit.
alter table catalog.item
  add column purchase_unit text references catalog.unit,
  add column price_unit text references catalog.unit,
  add column pack_unit text references catalog.unit;
create or replace view catalog.v_item with (security_invoker) as
  select id, code, name, kind, category_id, class, base_unit, sales_unit, tracking, costing, tax_class, standard_cost, weight_grams,
      attributes, search, successor_id, state, version,
      coalesce(purchase_unit, base_unit) as purchase_unit, coalesce(price_unit, base_unit) as price_unit,
      coalesce(pack_unit, sales_unit) as pack_unit
    from catalog.item;

-- A GTIN is the same number with and without leading zeros (GS1: GTIN-8, -12, -13 and -14 in one field of fourteen
-- digits); every other reference is the same in any case.
drop index catalog.cross_reference_once;
drop index catalog.cross_reference_code;
alter table catalog.cross_reference
  add column key text not null generated always as (case when scope = 'gtin' then lpad(code, 14, '0') else upper(code) end) stored,
  add column state text not null default 'active' check (state in ('active', 'removed')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now();
create unique index cross_reference_once on catalog.cross_reference (key, scope, party_id) nulls not distinct where state = 'active';
create or replace view catalog.v_cross_reference with (security_invoker) as
  select id, scope, party_id, code, item_id, unit from catalog.cross_reference where state = 'active';

alter table catalog.substitute
  add column id uuid not null default gen_random_uuid() unique,
  add column state text not null default 'active' check (state in ('active', 'removed')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  drop constraint substitute_pkey;
alter table catalog.substitute add primary key (id);
create unique index substitute_once on catalog.substitute (item_id, substitute_id) where state = 'active';
create index substitute_other_way on catalog.substitute (substitute_id);
create or replace view catalog.v_substitute with (security_invoker) as
  select item_id, substitute_id, rank, price_rule, needs_consent, two_way from catalog.substitute where state = 'active';

-- Which of these items any company ever moved (MDM-14). Items are shared, moves are not: one company must not change
-- the base unit under another's stock, nor see that stock. So the owner looks, and tells ids that were asked and no more.
-- A balance outlives its moves when old months are archived, and a move its balance; either counts.
create policy owner_looks on inventory.move for select to tw_owner using (true);
create policy owner_looks on inventory.balance for select to tw_owner using (true);
create function catalog.moved(items uuid[]) returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select asked.item_id from unnest(items) as asked (item_id)
   where exists (select from company.company c
     where exists (select from inventory.balance b where b.company_id = c.id and b.item_id = asked.item_id)
        or exists (select from inventory.move m where m.company_id = c.id and m.item_id = asked.item_id))
$$;
revoke all on function catalog.moved(uuid[]) from public;
grant execute on function catalog.moved(uuid[]) to tw_app;

-- Tax: withdrawn rows stay, so that an old document can still be explained.
alter table tax.code
  add column id uuid not null default gen_random_uuid(),
  add column state text not null default 'active' check (state in ('active', 'withdrawn')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add unique (company_id, id);

alter table tax.rate
  add column id uuid not null default gen_random_uuid(),
  add column state text not null default 'active' check (state in ('active', 'withdrawn')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  drop constraint rate_pkey,
  drop constraint rate_company_id_code_valid_excl,
  add check (not isempty(valid));
alter table tax.rate
  add primary key (company_id, id),
  add constraint rate_overlap exclude using gist (company_id with =, code with =, valid with &&) where (state = 'active');

alter table tax.rule
  add column id uuid not null default gen_random_uuid(),
  add column state text not null default 'active' check (state in ('active', 'withdrawn')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  drop constraint rule_pkey;
alter table tax.rule add primary key (company_id, id);
create unique index rule_once on tax.rule (company_id, position, tax_class) where state = 'active';

alter table tax.exemption
  add column state text not null default 'active' check (state in ('active', 'withdrawn')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  drop constraint exemption_company_id_customer_id_valid_excl,
  add check (not isempty(valid));
alter table tax.exemption
  add constraint exemption_overlap exclude using gist (company_id with =, customer_id with =, valid with &&) where (state = 'active');

create or replace view tax.v_code with (security_invoker) as
  select company_id, code, name, kind, account, state from tax.code;
