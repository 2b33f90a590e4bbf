-- What tells a person that something concerns him: he was mentioned, answered, or somebody decided on what he asked for.
-- Whose notices a transaction may see. Unset it sees nobody's.
create function kernel.reader() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('tw.reader', true), '')::uuid $$;

create table kernel.notice (
  company_id int not null,
  id uuid not null,
  at timestamptz not null,
  account_id uuid not null references access.account (id),
  kind text not null check (kind in ('mention', 'answer', 'approved', 'rejected')),
  document text not null check (length(document) <= 60),
  document_id uuid not null,
  -- The comment, or the approval.
  cause_id uuid not null,
  by_id uuid not null,
  read_at timestamptz,
  txid xid8 not null default pg_current_xact_id(),
  primary key (company_id, id),
  constraint notice_is_from_another check (account_id <> by_id)
);
create index notice_newest on kernel.notice (company_id, account_id, at desc, id desc);
create index notice_unread on kernel.notice (company_id, account_id, at desc, id desc) where read_at is null;
create index notice_by_transaction on kernel.notice (txid);
call kernel.guard('kernel.notice');
-- A notice is written for others, read and marked by its person only, and never taken back.
revoke update, delete on kernel.notice from tw_app;
grant update (read_at) on kernel.notice to tw_app;
create policy notice_read_by_its_person on kernel.notice as restrictive for select to tw_app
  using (account_id = (select kernel.reader()));
create policy notice_marked_by_its_person on kernel.notice as restrictive for update to tw_app
  using (account_id = (select kernel.reader()));

-- Who was told something since a snapshot: only that, so that browsers learn when to look again.
create function kernel.told_since(seen pg_snapshot, companies int[]) returns table (company_id int, account_id uuid)
language sql stable security definer set search_path = pg_catalog
as $$
  select distinct n.company_id, n.account_id from kernel.notice n
   where n.txid >= pg_snapshot_xmin(seen) and not pg_visible_in_snapshot(n.txid, seen) and n.company_id = any (companies)
$$;
revoke all on function kernel.told_since(pg_snapshot, int[]) from public;
grant execute on function kernel.told_since(pg_snapshot, int[]) to tw_app;
