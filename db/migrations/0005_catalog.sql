-- What we sell. Items, units and their conversions are shared by every company of the enterprise.
create schema catalog;
grant usage on schema catalog to tw_app;

create table catalog.unit (
  code text primary key,
  name text not null,
  dimension text not null,
  whole boolean not null default false
);

create table catalog.category (
  id uuid primary key,
  code text not null unique,
  name text not null,
  parent_id uuid references catalog.category,
  code_pattern text,
  mandatory_attributes text[] not null default '{}'
);

create table catalog.item (
  id uuid primary key,
  code text not null unique,
  name text not null,
  kind text not null default 'stock' check (kind in ('stock', 'service', 'kit')),
  category_id uuid references catalog.category,
  class text not null default 'B' check (class in ('A', 'B', 'C')),
  base_unit text not null references catalog.unit,
  sales_unit text not null references catalog.unit,
  tracking text not null default 'none' check (tracking in ('none', 'lot', 'serial')),
  costing text not null default 'average' check (costing in ('average', 'fifo')),
  tax_class text not null default 'standard',
  standard_cost numeric not null default 0 check (standard_cost >= 0),
  weight_grams numeric not null default 0 check (weight_grams >= 0),
  attributes jsonb not null default '{}',
  search text generated always as (lower(code || ' ' || name)) stored,
  successor_id uuid references catalog.item,
  state text not null default 'draft' check (state in ('draft', 'active', 'obsolete', 'inactive')),
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index item_search on catalog.item using gin (search gin_trgm_ops);
create index item_category on catalog.item (category_id);

-- One unit of `unit` is num/den base units, exactly.
create table catalog.item_unit (
  item_id uuid not null references catalog.item,
  unit text not null references catalog.unit,
  num bigint not null check (num > 0),
  den bigint not null check (den > 0),
  primary key (item_id, unit)
);

-- Every other name that an item goes by: whose it is, and what it says. Unique per scope.
create table catalog.cross_reference (
  id uuid primary key,
  scope text not null check (scope in ('gtin', 'customer', 'supplier', 'manufacturer', 'legacy')),
  party_id uuid,
  code text not null,
  item_id uuid not null references catalog.item,
  unit text references catalog.unit,
  check ((scope in ('customer', 'supplier')) = (party_id is not null))
);
create unique index cross_reference_once on catalog.cross_reference (scope, code, party_id) nulls not distinct;
create index cross_reference_item on catalog.cross_reference (item_id);

create table catalog.substitute (
  item_id uuid not null references catalog.item,
  substitute_id uuid not null references catalog.item,
  rank int not null default 1,
  price_rule text not null default 'lower' check (price_rule in ('keep', 'own', 'lower')),
  needs_consent boolean not null default true,
  two_way boolean not null default false,
  primary key (item_id, substitute_id),
  check (item_id <> substitute_id)
);

grant select, insert, update, delete on catalog.unit, catalog.category, catalog.item, catalog.item_unit, catalog.cross_reference, catalog.substitute to tw_app;
