-- Files that people keep beside a document. A file is attached and may be taken back by who did it: then its bytes go,
-- and the row stays and says who, when and why.
create table kernel.attachment (
  company_id int not null,
  id uuid not null,
  at timestamptz not null,
  account_id uuid not null references access.account (id),
  document text not null check (length(document) <= 60),
  document_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  -- What its first bytes say it is, never what somebody said.
  media_type text not null check (length(media_type) <= 100),
  size int not null check (size > 0),
  sha256 bytea not null check (length(sha256) = 32),
  bytes bytea check (length(bytes) = size),
  taken_back_at timestamptz,
  taken_back_reason text check (length(taken_back_reason) between 1 and 500),
  primary key (company_id, id),
  constraint attachment_is_whole_or_taken_back check ((bytes is null) = (taken_back_at is not null) and (taken_back_at is null) = (taken_back_reason is null))
);
-- Most files are packed already; packing them again only costs time.
alter table kernel.attachment alter column bytes set storage external;
create index attachment_document on kernel.attachment (company_id, document_id, at, id);
call kernel.guard('kernel.attachment');
revoke update, delete on kernel.attachment from tw_app;
grant update (bytes, taken_back_at, taken_back_reason) on kernel.attachment to tw_app;

-- How large a file may be, in bytes, and how many a document may have: the company's setting attachments, as in
-- {"megabytes": 5, "files": 20}, within what one request may carry; 10 megabytes and 50 files when it says nothing.
create function kernel.attachment_limits(company int) returns table (bytes int, files int)
language sql stable security definer set search_path = pg_catalog
as $$
  select least(greatest(case when said.megabytes ~ '^\d{1,4}$' then said.megabytes::int else 10 end, 1), 16) * 1048576,
    least(greatest(case when said.files ~ '^\d{1,4}$' then said.files::int else 50 end, 1), 500)
    from company.company c,
      lateral (select c.settings -> 'attachments' ->> 'megabytes' as megabytes, c.settings -> 'attachments' ->> 'files' as files) said
   where c.id = company
$$;
revoke all on function kernel.attachment_limits(int) from public;
grant execute on function kernel.attachment_limits(int) to tw_app;
