-- Who does not want to be told of answers about a document. A mention, and what one asked for oneself, are told all the same.
create table kernel.notice_mute (
  company_id int not null,
  account_id uuid not null references access.account (id),
  document text not null check (length(document) <= 60),
  document_id uuid not null,
  since timestamptz not null,
  primary key (company_id, account_id, document_id)
);
call kernel.guard('kernel.notice_mute');
-- It is there or not, and only its person sees it, makes it and takes it away.
revoke update on kernel.notice_mute from tw_app;
create policy notice_mute_of_its_person on kernel.notice_mute as restrictive to tw_app
  using (account_id = (select kernel.reader())) with check (account_id = (select kernel.reader()));

-- Which of some people muted a document: whoever answers must know it of others, and learns no more than that.
create function kernel.muted_by(company int, about uuid, accounts uuid[]) returns setof uuid
language sql stable security definer set search_path = pg_catalog
as $$
  select m.account_id from kernel.notice_mute m
   where m.company_id = company and m.document_id = about and m.account_id = any (accounts)
$$;
revoke all on function kernel.muted_by(int, uuid, uuid[]) from public;
grant execute on function kernel.muted_by(int, uuid, uuid[]) to tw_app;
