-- What a database remembers of its demo stands by itself: it holds the password of the demo's people, and the settings of
-- a company are read by many.
create table kernel.demo (
  only_row boolean primary key default true check (only_row),
  marker jsonb not null
);
grant select, insert on kernel.demo to tw_app;
grant update (marker) on kernel.demo to tw_app;

insert into kernel.demo (marker) select settings -> 'demo' from company.company where settings ? 'demo' order by id limit 1;
update company.company set settings = settings - 'demo' where settings ? 'demo';
