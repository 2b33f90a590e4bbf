-- Credit accounts become documents, with limits that have dates, several causes of a hold at a time, and shared group limits.
alter table credit.account
  add column code text,
  add column state text not null default 'active' check (state in ('active')),
  -- A limit for a time: from next_from until next_until (open when null) next_limit counts instead of credit_limit.
  add column next_limit numeric check (next_limit >= 0),
  add column next_from date,
  add column next_until date,
  -- When true, exposure may not pass the insurer's cover either.
  add column insured_only boolean not null default false,
  -- Causes of a hold: {"overdue": {"reason": "...", "since": "...", "by": "..."}}. Several may stand at once; each is lifted by itself.
  add column holds jsonb not null default '{}',
  add column review_on date,
  drop column hold,
  drop column hold_reason,
  add check ((next_limit is null) = (next_from is null)),
  add check (next_until >= next_from),
  add check (insured_up_to >= 0);
update credit.account set code = id::text;
alter table credit.account alter column code set not null, add unique (company_id, code);
alter table credit.account alter column risk_class set default 'watch';

alter table credit.group_limit
  add column name text not null default '',
  add column currency text references company.currency,
  add column state text not null default 'active' check (state in ('active')),
  add column version int not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now();

-- Who is admitted: a fold over orders in id order. An order that does not fit leaves the room as it was, so that a set
-- is decided exactly as its orders one after another; one that was released is let in and still counts. The state maps a customer, and '' for the group, to what is used.
create function credit.admit_next(used jsonb, customer text, amount numeric, room numeric, group_room numeric,
  blocked boolean, forced boolean) returns jsonb
language plpgsql immutable parallel safe as $$
declare
  own numeric := coalesce((used ->> customer)::numeric, 0);
  shared numeric := coalesce((used ->> '')::numeric, 0);
  fits boolean := forced or not blocked and own + amount <= room and (group_room is null or shared + amount <= group_room);
begin
  if fits then
    return used || jsonb_build_object(customer, own + amount, '', shared + amount, 'own', own, 'shared', shared, 'fits', true);
  else
    return used || jsonb_build_object('own', own, 'shared', shared, 'fits', false);
  end if;
end $$;
create aggregate credit.admit(text, numeric, numeric, numeric, boolean, boolean) (sfunc = credit.admit_next, stype = jsonb, initcond = '{}', parallel = safe);

-- For modules above: what an account stands at. Exposure is receivable + unbilled + open orders - unapplied cash.
create view credit.v_account with (security_invoker) as
  select company_id, id, code, currency, credit_limit, next_limit, next_from, next_until, risk_class, group_id, insured_up_to, insured_until,
    insured_only, holds, max_overdue_days, open_orders, unbilled, receivable, unapplied,
    receivable + unbilled + open_orders - unapplied as exposure, review_on, state, version
  from credit.account;
create view credit.v_decision with (security_invoker) as
  select company_id, id, customer_id, order_id, checkpoint, outcome, exposure, rule, up_to, expires_at, reason, actor_id, at
  from credit.decision;
grant select on credit.v_account, credit.v_decision to tw_app;
