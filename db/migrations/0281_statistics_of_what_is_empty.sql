-- A table that is empty at the moment of counting says nothing about what it will hold: promised stock is given back by
-- the evening. Taken for empty, its indexes all seem alike, and a look-up by line read what any company had promised:
-- 24,000 entries for one. Such a table stays uncounted, and PostgreSQL judges it by its size on the disk.
create or replace function kernel.refresh_statistics() returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  target record;
begin
  for target in
    select c.oid::regclass as name, n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and pg_has_role('tw_owner', c.relowner, 'usage')
       and n.nspname not like 'pg\_%' and n.nspname not in ('information_schema', 'tradewright')
     order by n.nspname, c.relname
  loop
    execute format('analyze %s', target.name);
    -- PostgreSQL 18 can forget a count; before it, autovacuum counts anew as the table fills.
    if to_regprocedure('pg_clear_relation_stats(text, text)') is not null
      and (select reltuples = 0 and relkind = 'r' from pg_class where oid = target.name) then
      perform pg_clear_relation_stats(target.nspname, target.relname);
    end if;
  end loop;
end $$;
