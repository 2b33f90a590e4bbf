-- The books. Entries and lines are facts; balances are running sums per account and period, in shards so that
-- concurrent postings do not queue on one row.
create schema ledger;
grant usage on schema ledger to tw_app;

create table ledger.account (
  company_id int not null references company.company,
  code text not null,
  name text not null,
  type text not null check (type in ('asset', 'liability', 'equity', 'revenue', 'expense')),
  control text not null default 'none',
  state text not null default 'active' check (state in ('active', 'closed')),
  primary key (company_id, code)
);

-- Which account plays which role in automatic postings; owned by finance.
create table ledger.mapping (
  company_id int not null,
  role text not null,
  account text not null,
  primary key (company_id, role),
  foreign key (company_id, account) references ledger.account
);

create table ledger.period (
  company_id int not null,
  id uuid not null,
  code text not null,
  starts date not null,
  ends date not null,
  state text not null default 'open' check (state in ('open', 'soft', 'locked')),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, code),
  check (ends >= starts),
  exclude using gist (company_id with =, daterange(starts, ends, '[]') with &&)
);

create table ledger.entry (
  company_id int not null,
  id uuid not null,
  number text not null,
  journal text not null,
  event text not null,
  posting_date date not null,
  period_id uuid not null,
  source text not null,
  source_id uuid not null,
  description text not null default '',
  reverses_id uuid,
  posted_by uuid not null,
  posted_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  unique (company_id, source_id, event),
  foreign key (company_id, period_id) references ledger.period,
  foreign key (company_id, reverses_id) references ledger.entry
);
create unique index entry_reversed_once on ledger.entry (company_id, reverses_id) where reverses_id is not null;
create index entry_date on ledger.entry (company_id, posting_date);

create table ledger.journal_line (
  company_id int not null,
  entry_id uuid not null,
  line int not null,
  posting_date date not null,
  account text not null,
  party_id uuid,
  item_id uuid,
  warehouse_id uuid,
  debit numeric not null default 0,
  credit numeric not null default 0,
  currency text not null,
  amount_currency numeric not null,
  description text not null default '',
  primary key (company_id, entry_id, line, posting_date),
  foreign key (company_id, entry_id) references ledger.entry,
  foreign key (company_id, account) references ledger.account,
  check (debit >= 0 and credit >= 0 and (debit = 0 or credit = 0)),
  check (scale(debit) <= 4 and scale(credit) <= 4)
) partition by range (posting_date);
create index journal_line_account on ledger.journal_line (company_id, account, posting_date);
create index journal_line_party on ledger.journal_line (company_id, party_id, account) where party_id is not null;

-- All lines of an entry arrive in one statement, and must balance in it.
create function ledger.lines_balance() returns trigger language plpgsql as $$
declare
  bad record;
begin
  select entry_id, sum(debit) as debit, sum(credit) as credit into bad
    from arrived group by company_id, entry_id having sum(debit) <> sum(credit) limit 1;
  if found then
    raise exception 'entry % does not balance: debit % credit %', bad.entry_id, bad.debit, bad.credit
      using errcode = 'TW001';
  end if;
  return null;
end $$;
create trigger lines_balance after insert on ledger.journal_line
  referencing new table as arrived for each statement execute function ledger.lines_balance();

create table ledger.balance (
  company_id int not null,
  account text not null,
  period_id uuid not null,
  shard int not null,
  debit numeric not null default 0,
  credit numeric not null default 0,
  primary key (company_id, account, period_id, shard)
) with (fillfactor = 50);

call kernel.guard('ledger.account');
call kernel.guard('ledger.mapping');
call kernel.guard('ledger.period');
call kernel.guard('ledger.entry', facts => true);
call kernel.guard('ledger.journal_line', facts => true);
call kernel.guard('ledger.balance');
call kernel.monthly('ledger.journal_line');

-- Other modules read the chart through this.
create view ledger.v_account with (security_invoker) as select company_id, code, name, type, control, state from ledger.account;
grant select on ledger.v_account to tw_app;
