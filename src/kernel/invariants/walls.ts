// The walls around the tables, read from the catalogue: who may change what, and which companies a row can be seen from.
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

/** What must hold of tables, policies and roles. */
export const WALLS: readonly Invariant[] = [
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
    'every company table has a policy bound to the companies of the transaction',
    sql`
    select t.name from ${TABLES} t join pg_attribute a on a.attrelid = t.oid and a.attname = 'company_id' and not a.attisdropped
     where t.relrowsecurity and not exists (select from pg_policy p where p.polrelid = t.oid and pg_get_expr(p.polqual, p.polrelid) like '%kernel.scope()%')`,
  ),
  kernel(
    'I56c',
    'no policy lets the application see rows of a company outside its transaction',
    sql`
    select t.name, p.polname from pg_policy p join ${TABLES} t on t.oid = p.polrelid
      join pg_attribute a on a.attrelid = t.oid and a.attname = 'company_id' and not a.attisdropped
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
    -- It may become the role of an extension, which owns nothing, is nobody's member, and has rights that it does not inherit.
    select r.rolname from pg_roles r where r.rolname <> 'tw_app' and pg_has_role('tw_app', r.oid, 'member')
       and not (r.rolname like 'tw\\_x\\_%' and not r.rolsuper and not r.rolbypassrls and not r.rolcanlogin and not pg_has_role('tw_app', r.oid, 'usage')
         and not exists (select from pg_class c where c.relowner = r.oid) and not exists (select from pg_namespace n where n.nspowner = r.oid)
         and not exists (select from pg_auth_members m where m.member = r.oid))`,
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
