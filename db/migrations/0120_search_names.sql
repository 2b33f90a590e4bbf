-- One search over everything finds a name that is nearly spelt right; a name of a customer or supplier is looked for all day.
create index customer_name_words on party.customer using gin (name gin_trgm_ops);
create index supplier_name_words on party.supplier using gin (name gin_trgm_ops);
create index ship_to_name_words on party.ship_to using gin (name gin_trgm_ops);
create index contact_name_words on party.contact using gin (name gin_trgm_ops);
