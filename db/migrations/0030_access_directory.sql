-- Which companies there are, for whoever signs in: the list is made before a scope is known, so it needs a door of its own.
-- The door shows names and zones and nothing else; tw_app itself still sees no company outside its scope.
create policy directory on company.company for select to tw_owner using (true);

create function access.directory()
  returns table (id int, code text, name text, currency text, time_zone text)
  language sql stable security definer set search_path = pg_catalog
  as $$ select c.id, c.code, c.name, c.currency, c.time_zone from company.company c where c.state = 'active' order by c.code $$;
revoke all on function access.directory() from public;
grant execute on function access.directory() to tw_app;

-- 'person': nobody holds both sides in one company; 'document': both may be held, but not used on the same document.
alter table access.separation add column checked text not null default 'person' check (checked in ('person', 'document'));
