-- Which tables are facts, so that a check can prove that nobody was given the right to change them.
create table kernel.fact_table (
  name text primary key
);
grant select on kernel.fact_table to tw_app;

-- Those guarded so far are the ones that the application may append to and not change.
insert into kernel.fact_table (name)
select format('%s.%s', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and has_table_privilege('tw_app', c.oid, 'insert') and not has_table_privilege('tw_app', c.oid, 'update')
   and not has_table_privilege('tw_app', c.oid, 'delete');

create or replace procedure kernel.guard(target regclass, facts boolean default false, company_column name default 'company_id')
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy company_scope on %s using (%I = any ((select kernel.scope())::int[]))', target, company_column);
  if facts then
    execute format('grant select, insert on %s to tw_app', target);
    insert into kernel.fact_table (name)
      select format('%s.%s', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = target
      on conflict do nothing;
  else
    execute format('grant select, insert, update, delete on %s to tw_app', target);
  end if;
end $$;

-- The ids of all companies, closed ones too, and 0, under which is recorded what belongs to the whole enterprise: what
-- seals, relays and proves must leave out none.
create function kernel.every_company() returns setof int
  language sql stable security definer set search_path = pg_catalog
  as $$ select 0 union all select c.id from company.company c order by 1 $$;
revoke all on function kernel.every_company() from public;
grant execute on function kernel.every_company() to tw_app;
