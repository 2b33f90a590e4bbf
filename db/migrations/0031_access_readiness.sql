-- Whether a migration is applied: the application may ask, and learns nothing else of the migrations' schema.
create function access.has_migration(wanted text) returns boolean
  language sql stable security definer set search_path = pg_catalog
  as $$ select exists (select from tradewright.migration m where m.id = wanted) $$;
revoke all on function access.has_migration(text) from public;
grant execute on function access.has_migration(text) to tw_app;
