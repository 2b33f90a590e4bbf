// What must hold below every module: audit, outbox, keys, approvals, separation, and the walls around the tables.
import { sql } from '#kernel/db'
import { type Invariant, invariant } from '#kernel/verify'

const kernel = (id: string, title: string, breaches: Invariant['breaches']): Invariant =>
  invariant(id, 'kernel', title, breaches)

/** Every table that is ours: not the catalogue, not a partition. */
const TABLES = sql`select c.oid, format('%s.%s', n.nspname, c.relname) as name, c.relrowsecurity, c.relforcerowsecurity, c.relowner, n.nspname
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'tradewright')`

// Two tables name companies and are not their rows: a grant says where it holds, and a seal holds only hashes and ids,
// which must be read across companies to make one tree of them.
const ACROSS_COMPANIES = ['access.role_grant', 'kernel.audit_seal']

const RECORD: readonly Invariant[] = [
  kernel(
    'I47',
    'every event has its audit row, written by the same transaction',
    sql`
    select o.company_id, o.id, o.topic, o.document_id from kernel.outbox o
      left join kernel.audit a on a.company_id = o.company_id and a.at = o.at and a.id = o.id and a.txid = o.txid
     where a.id is null`,
  ),
  kernel(
    'I47b',
    'every audit row has its event',
    sql`
    select a.company_id, a.id, a.document, a.verb, a.document_id from kernel.audit a
      left join kernel.outbox o on o.company_id = a.company_id and o.at = a.at and o.id = a.id
     where o.id is null`,
  ),
  kernel(
    'I48',
    'every audit leaf can be recomputed from its row',
    sql`
    select a.company_id, a.id, a.document, a.document_id from kernel.audit a
     where a.leaf <> sha256('\\x00'::bytea || convert_to(a.payload, 'UTF8'))`,
  ),
  kernel(
    'I48b',
    'every audit row says in its columns what its payload says',
    sql`
    select a.company_id, a.id, a.document, a.document_id from kernel.audit a cross join lateral (select a.payload::jsonb as said) p
     where (said ->> 'company')::int is distinct from a.company_id or said ->> 'actor' is distinct from a.actor_id::text
        or said ->> 'document' is distinct from a.document or said ->> 'id' is distinct from a.document_id::text
        or said ->> 'verb' is distinct from a.verb or (said ->> 'at')::timestamptz is distinct from a.at`,
  ),
  kernel(
    'I48c',
    'sealed leaves are numbered without gaps up to the signed head',
    sql`
    select s.lowest, s.highest, s.rows, f.size, c.size as signed
      from (select coalesce(min(seq), 1) as lowest, coalesce(max(seq), 0) as highest, count(*) as rows from kernel.audit_seal) s
      left join kernel.audit_frontier f on true left join (select max(size) as size from kernel.audit_checkpoint) c on true
     where s.lowest <> 1 or s.highest <> s.rows or s.rows <> coalesce(f.size, 0) or s.rows <> coalesce(c.size, 0)`,
  ),
  kernel(
    'I48d',
    'every sealed leaf is the leaf of its audit row',
    sql`
    select s.seq, s.audit_id, s.company_id from kernel.audit_seal s
      left join kernel.audit a on a.company_id = s.company_id and a.at = s.audit_at and a.id = s.audit_id
     where a.leaf is distinct from s.leaf`,
  ),
  kernel(
    'I49',
    'no idempotency key was used twice',
    sql`
    select company_id, principal_id, route, key, count(*) from kernel.idempotency group by 1, 2, 3, 4 having count(*) > 1`,
  ),
  kernel(
    'I50',
    'every idempotency key has the answer of its one effect',
    sql`
    select company_id, route, key, at from kernel.idempotency where response is null`,
  ),
]

const EVENTS: readonly Invariant[] = [
  kernel(
    'I51',
    'no listener has an event parked twice',
    sql`
    select company_id, reader, event_id, count(*) from kernel.dead_letter where resolved_at is null group by 1, 2, 3 having count(*) > 1`,
  ),
  kernel(
    'I52',
    'an event waits behind another only while an earlier one of its document is parked',
    sql`
    select d.company_id, d.reader, d.document_id, d.event_id from kernel.dead_letter d
     where d.resolved_at is null and d.attempts = 0
       and not exists (select from kernel.dead_letter e where e.company_id = d.company_id and e.reader = d.reader
             and e.document_id = d.document_id and e.resolved_at is null and e.attempts > 0 and e.position < d.position)`,
  ),
  kernel(
    'I52b',
    'an event was parked before the later ones of its document, not after',
    sql`
    select d.company_id, d.reader, d.document_id, d.event_id from kernel.dead_letter d
      join kernel.dead_letter e on e.company_id = d.company_id and e.reader = d.reader and e.document_id = d.document_id
       and e.resolved_at is not null and d.resolved_at is null and e.position > d.position and e.resolved_at > d.at`,
  ),
  kernel(
    'I53',
    'no event has waited for its listener for more than five minutes',
    sql`
    select r.reader, o.company_id, o.id, o.topic, o.position from kernel.outbox_reader r
      join kernel.outbox o on o.txid >= pg_snapshot_xmin(r.seen) and o.topic = any(r.topics) and not pg_visible_in_snapshot(o.txid, r.seen)
     where r.at < now() - interval '5 minutes' and o.at < now() - interval '5 minutes'
       and not (r.upto is not null and pg_visible_in_snapshot(o.txid, r.upto) and o.position <= r.position)`,
  ),
  kernel(
    'I54',
    'no job was put down twice under one key',
    sql`
    select company_id, task, key, count(*) from kernel.job where key is not null group by 1, 2, 3 having count(*) > 1`,
  ),
  kernel(
    'I54b',
    'no due job has waited for more than an hour',
    sql`
    select company_id, id, task, run_at from kernel.job where state = 'waiting' and greatest(run_at, lease_until) < now() - interval '1 hour'`,
  ),
]

const PEOPLE: readonly Invariant[] = [
  kernel(
    'I45',
    'nobody decided what he had asked for, in person or through a delegate',
    sql`
    select company_id, id, kind, document_id from kernel.approval
     where decided_by = requested_by or on_behalf_of = requested_by
        or (decided_by is null) = (state in ('approved', 'rejected'))`,
  ),
  kernel(
    'I45b',
    'an approval has one open decision for each step',
    sql`
    select company_id, document_id, kind, sequence, count(*) from kernel.approval
     where state in ('pending', 'approved') group by 1, 2, 3, 4 having count(*) > 1`,
  ),
  kernel(
    'I46',
    'nobody holds both sides of a separated pair without a waiver',
    sql`
    with held as (
      select distinct g.account_id, g.company_id, p.permission from access.role_grant g
        join access.role_permission p on p.role = g.role join access.account a on a.id = g.account_id
       where a.disabled_at is null and a.kind <> 'system' and (a.ends_on is null or a.ends_on >= current_date)
         and (g.starts_on is null or g.starts_on <= current_date) and (g.ends_on is null or g.ends_on >= current_date)
    )
    select distinct s.id as separation, l.account_id, l.permission as one_side, r.permission as other_side
      from access.separation s
      join held l on l.permission = any(s.left_permissions)
      join held r on r.permission = any(s.right_permissions) and r.account_id = l.account_id
       and (l.company_id is null or r.company_id is null or l.company_id = r.company_id)
     where s.checked = 'person'
       and not exists (select from access.separation_waiver w where w.separation_id = s.id and w.account_id = l.account_id and w.expires_on >= current_date)`,
  ),
  kernel(
    'I46b',
    'nobody approved his own waiver',
    sql`
    select id, separation_id, account_id from access.separation_waiver where approved_by = account_id`,
  ),
]

const WALLS: readonly Invariant[] = [
  kernel(
    'I21',
    'the application may not change or delete what was posted',
    sql`
    select t.name, privilege from kernel.fact_table f join ${TABLES} t on t.name = f.name
      cross join unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) as privilege
     where has_table_privilege('tw_app', t.oid, privilege) or (privilege = 'UPDATE' and has_any_column_privilege('tw_app', t.oid, privilege))`,
  ),
  kernel(
    'I21b',
    'partitions are reached through their table only, where its rules apply',
    sql`
    select c.oid::regclass::text as name, privilege from pg_class c join pg_inherits i on i.inhrelid = c.oid
      cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) as privilege
     where c.relkind = 'r' and has_table_privilege('tw_app', c.oid, privilege)`,
  ),
  kernel(
    'I21c',
    'every fact table that was declared is there',
    sql`
    select f.name from kernel.fact_table f where to_regclass(f.name) is null`,
  ),
  kernel(
    'I55',
    'no constraint was left unproved',
    sql`
    select c.conrelid::regclass::text as name, c.conname from pg_constraint c where not c.convalidated`,
  ),
  kernel(
    'I55b',
    'no index was left unfinished',
    sql`
    select i.indrelid::regclass::text as name, i.indexrelid::regclass::text as index from pg_index i where not i.indisvalid or not i.indisready`,
  ),
  kernel(
    'I56',
    'every company table is under forced row-level security',
    sql`
    select t.name from ${TABLES} t join pg_attribute a on a.attrelid = t.oid and a.attname = 'company_id' and not a.attisdropped
     where not (t.relrowsecurity and t.relforcerowsecurity) and t.name <> all(${ACROSS_COMPANIES}::text[])`,
  ),
  kernel(
    'I56b',
    'every table under row-level security has a policy bound to the companies of the transaction',
    sql`
    select t.name from ${TABLES} t where t.relrowsecurity
       and not exists (select from pg_policy p where p.polrelid = t.oid and pg_get_expr(p.polqual, p.polrelid) like '%kernel.scope()%')`,
  ),
  kernel(
    'I56c',
    'no policy lets the application see more than the companies of its transaction',
    sql`
    select t.name, p.polname from pg_policy p join ${TABLES} t on t.oid = p.polrelid
     where (p.polroles = '{0}' or exists (select from unnest(p.polroles) as r where r <> 0 and pg_has_role('tw_app', r, 'usage')))
       and p.polpermissive and coalesce(pg_get_expr(p.polqual, p.polrelid), '') not like '%kernel.scope()%'`,
  ),
  kernel(
    'I57',
    'every reference between company tables carries the company',
    sql`
    select c.conrelid::regclass::text as name, c.conname from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attname = 'company_id' and not a.attisdropped
      join pg_attribute b on b.attrelid = c.confrelid and b.attname = 'company_id' and not b.attisdropped
     where c.contype = 'f' and not exists (select from generate_subscripts(c.conkey, 1) at where c.conkey[at] = a.attnum and c.confkey[at] = b.attnum)`,
  ),
  kernel(
    'I57b',
    'the primary key of every company table begins with the company',
    sql`
    select t.name from ${TABLES} t join pg_attribute a on a.attrelid = t.oid and a.attname = 'company_id' and not a.attisdropped
      left join pg_constraint c on c.conrelid = t.oid and c.contype = 'p'
     where t.name <> all(${ACROSS_COMPANIES}::text[]) and (c.oid is null or c.conkey[1] <> a.attnum)`,
  ),
  kernel(
    'I58',
    'our roles are neither superusers nor beyond row-level security nor makers of roles',
    sql`
    select rolname from pg_roles where rolname like 'tw\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
  ),
  kernel(
    'I58b',
    'the application owns nothing and may create nothing',
    sql`
    select t.name as thing from ${TABLES} t where pg_get_userbyid(t.relowner) = 'tw_app'
    union all
    select n.nspname from pg_namespace n where n.nspname not like 'pg\\_%' and has_schema_privilege('tw_app', n.oid, 'create')
    union all
    select r.rolname from pg_roles r where r.rolname <> 'tw_app' and pg_has_role('tw_app', r.oid, 'member')`,
  ),
  kernel(
    'I58c',
    'functions that run with the rights of their owner look names up in a fixed place',
    sql`
    select p.oid::regprocedure::text as function from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where p.prosecdef and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
       and not exists (select from unnest(coalesce(p.proconfig, '{}')) as setting where setting like 'search_path=%')`,
  ),
]

/** The invariants of the kernel, in the order in which they are reported. */
export const KERNEL_INVARIANTS: readonly Invariant[] = [...RECORD, ...EVENTS, ...PEOPLE, ...WALLS]
