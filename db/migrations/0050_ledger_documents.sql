-- The chart, the mapping and the periods become documents; locked and softly closed periods are guarded where they are read.
alter table ledger.account
  add column id uuid not null default gen_random_uuid(),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add unique (company_id, id);

alter table ledger.mapping
  add column id uuid not null default gen_random_uuid(),
  add column state text not null default 'active' check (state in ('active')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add unique (company_id, id);
create index mapping_account on ledger.mapping (company_id, account);

alter table ledger.period
  add column locked_at timestamptz,
  add column locked_by uuid;
update ledger.period set locked_at = updated_at where state = 'locked';
alter table ledger.period add constraint locked_has_time check ((state = 'locked') = (locked_at is not null));

-- An entry never changes; the two columns let it be listed like any other document.
alter table ledger.entry
  add column state text not null default 'posted' check (state in ('posted')),
  add column version int not null default 1 check (version = 1);
create index entry_recent on ledger.entry (company_id, posting_date desc, number desc);

-- Lines arrive in the order of their dates, so the few blocks of a span of days are found without a large index.
create index journal_line_date on ledger.journal_line using brin (posting_date) with (pages_per_range = 16, autosummarize = on);

create view ledger.v_journal_line with (security_invoker) as
  select company_id, md5(entry_id::text || line)::uuid as id, entry_id, line, posting_date, account, party_id, item_id, warehouse_id,
      debit, credit, currency, amount_currency, description
    from ledger.journal_line;
create view ledger.v_entry with (security_invoker) as
  select company_id, id, number, journal, event, posting_date, period_id, source, source_id, description, reverses_id, posted_by, posted_at
    from ledger.entry;
create view ledger.v_mapping with (security_invoker) as
  select company_id, role, account from ledger.mapping;
create view ledger.v_balance with (security_invoker) as
  select company_id, account, period_id, debit, credit from ledger.balance;
grant select on ledger.v_journal_line, ledger.v_entry, ledger.v_mapping, ledger.v_balance to tw_app;

-- Nobody posts into a locked period; into a softly closed one only a transaction that says it may (tw.post_soft). The
-- first open day after it goes along, so that the refusal can offer it.
create or replace function ledger.period_open() returns trigger language plpgsql as $$
declare
  bad record;
begin
  select p.code, a.posting_date,
      (select min(n.starts) from ledger.period n where n.company_id = p.company_id and n.state = 'open' and n.starts > p.ends) as alternative
    into bad
    from arrived a join ledger.period p on p.company_id = a.company_id and p.id = a.period_id
   where p.state = 'locked' or a.posting_date not between p.starts and p.ends
      or p.state = 'soft' and current_setting('tw.post_soft', true) is distinct from 'on' limit 1;
  if found then
    raise exception 'period % is locked for %', bad.code, bad.posting_date
      using errcode = 'TW002', detail = coalesce(bad.alternative::text, '');
  end if;
  return null;
end $$;

-- Lines balance, carry the date of their entry, and do not slip into an entry of a locked period afterwards.
create or replace function ledger.lines_balance() returns trigger language plpgsql as $$
declare
  bad record;
begin
  select entry_id, sum(debit) as debit, sum(credit) as credit into bad
    from arrived group by company_id, entry_id having sum(debit) <> sum(credit) limit 1;
  if found then
    raise exception 'entry % does not balance: debit % credit %', bad.entry_id, bad.debit, bad.credit
      using errcode = 'TW001';
  end if;
  select p.code, a.posting_date,
      (select min(n.starts) from ledger.period n where n.company_id = p.company_id and n.state = 'open' and n.starts > p.ends) as alternative
    into bad
    from (select distinct company_id, entry_id, posting_date from arrived) a
    join ledger.entry e on e.company_id = a.company_id and e.id = a.entry_id
    join ledger.period p on p.company_id = e.company_id and p.id = e.period_id
   where p.state = 'locked' or e.posting_date <> a.posting_date limit 1;
  if found then
    raise exception 'period % is locked for %', bad.code, bad.posting_date
      using errcode = 'TW002', detail = coalesce(bad.alternative::text, '');
  end if;
  return null;
end $$;
