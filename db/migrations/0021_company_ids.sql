-- Which companies there are, for the program itself: row-level security shows only those in scope, and the scope is
-- what a starting server wants to know. The owner may list; the application may only ask this function, and gets ids.
create policy owner_lists on company.company for select to tw_owner using (true);
create function company.ids() returns setof int language sql stable security definer set search_path = pg_catalog
  as $$ select id from company.company order by id $$;
revoke all on function company.ids() from public;
grant execute on function company.ids() to tw_app;
