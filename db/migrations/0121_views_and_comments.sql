-- Lists that people composed and kept: for themselves, or for everybody in the company.
create table kernel.saved_view (
  company_id int not null,
  id uuid not null,
  account_id uuid not null references access.account (id),
  document text not null check (length(document) <= 60),
  name text not null check (length(name) between 1 and 80),
  shared boolean not null default false,
  -- The query string of the list: filters, order, columns.
  search jsonb not null,
  created_at timestamptz not null,
  primary key (company_id, id)
);
create unique index saved_view_name on kernel.saved_view (company_id, account_id, document, lower(name));
create index saved_view_document on kernel.saved_view (company_id, document);
call kernel.guard('kernel.saved_view');

-- What people say to each other about a document. Said is said: a comment is never changed.
create table kernel.comment (
  company_id int not null,
  id uuid not null,
  at timestamptz not null,
  account_id uuid not null references access.account (id),
  document text not null check (length(document) <= 60),
  document_id uuid not null,
  text text not null check (length(text) between 1 and 2000),
  mentions uuid[] not null default '{}',
  primary key (company_id, id)
);
create index comment_document on kernel.comment (company_id, document_id, at);
create index comment_mention on kernel.comment using gin (mentions);
call kernel.guard('kernel.comment', facts => true);
