-- No path posts into a locked period: the guard reads the period after the entry's foreign key has locked it, so a
-- lock that arrives at the same moment either waits for the posting or stops it.
create function ledger.period_open() returns trigger language plpgsql as $$
declare
  bad record;
begin
  select p.code, a.posting_date into bad
    from arrived a join ledger.period p on p.company_id = a.company_id and p.id = a.period_id
   where p.state = 'locked' or a.posting_date not between p.starts and p.ends limit 1;
  if found then
    raise exception 'period % is locked for %', bad.code, bad.posting_date using errcode = 'TW002';
  end if;
  return null;
end $$;
create trigger period_open after insert on ledger.entry
  referencing new table as arrived for each statement execute function ledger.period_open();

-- The period of a day, for modules that must refuse a locked one without posting.
create view ledger.v_period with (security_invoker) as
  select company_id, id, code, starts, ends, state from ledger.period;
grant select on ledger.v_period to tw_app;
