-- After much was loaded at once, the planner knows nothing of it until autovacuum comes by, and guesses badly until then.
-- Whoever loads says so when he is done. The application owns no table, so it asks the owner, and gets nothing back.
create function kernel.refresh_statistics() returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  target regclass;
begin
  for target in
    select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and pg_has_role('tw_owner', c.relowner, 'usage')
       and n.nspname not like 'pg\_%' and n.nspname not in ('information_schema', 'tradewright')
     order by n.nspname, c.relname
  loop
    execute format('analyze %s', target);
  end loop;
end $$;
revoke all on function kernel.refresh_statistics() from public;
grant execute on function kernel.refresh_statistics() to tw_app;
