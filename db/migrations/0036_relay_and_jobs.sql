-- How far each listener has read. Positions alone cannot say it: a transaction that took a lower position may commit
-- later. A listener therefore reads what one snapshot sees and the one before did not, inside that in position order;
-- whatever happened before an event on the same document is seen by every snapshot that sees the event.
alter table kernel.outbox_reader
  drop column txid,
  add column seen pg_snapshot not null default '1:1:',
  add column upto pg_snapshot,
  add column topics text[] not null default '{}',
  add column holder uuid,
  add column token bigint not null default 0,
  add column lease_until timestamptz not null default '-infinity';
comment on column kernel.outbox_reader.seen is 'everything that this snapshot sees has been handled';
comment on column kernel.outbox_reader.upto is 'what this one sees beyond it is being handled, and is done up to position';
comment on column kernel.outbox_reader.token is 'grows with every holder; an effect commits only under the present one';
create index outbox_by_txid on kernel.outbox (txid);
create index audit_by_txid on kernel.audit (txid);

-- A parked event says where it is found again.
alter table kernel.dead_letter
  add column event_id uuid not null,
  add column event_at timestamptz not null,
  add column position bigint not null;
create unique index dead_letter_once on kernel.dead_letter (company_id, reader, event_id) where resolved_at is null;
create index dead_letter_open on kernel.dead_letter (company_id, reader, document_id) where resolved_at is null;

-- Work for later, put down in the transaction that wants it. A worker leases a job; its token fences the effect.
create table kernel.job (
  company_id int not null,
  id uuid not null,
  task text not null,
  key text,
  payload jsonb not null default '{}',
  run_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  attempts int not null default 0,
  token bigint not null default 0,
  holder uuid,
  lease_until timestamptz not null default '-infinity',
  problem text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (company_id, id),
  check ((state = 'waiting') = (finished_at is null))
) with (fillfactor = 70);
create unique index job_key on kernel.job (company_id, task, key) where key is not null;
create index job_due on kernel.job (run_at) where state = 'waiting';
call kernel.guard('kernel.job');
