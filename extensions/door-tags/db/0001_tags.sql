-- The door of a delivery address. The address stays where it is; here is only what the standard does not know of it.
create table x_door_tags.tag (
  company_id int not null,
  id uuid not null,
  number text not null,
  state text not null check (state in ('kept', 'removed')),
  ship_to_id uuid not null,
  door text not null,
  note text not null default '',
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number)
);
create unique index tag_of_address on x_door_tags.tag (company_id, ship_to_id) where state = 'kept';
