// Brings an extension into a database: its schema, its tables, and two roles of its own. Its tables are made by a role that
// may do nothing anywhere else, so PostgreSQL itself keeps its files to its own schema.
import { createHash } from 'node:crypto'
import pg from 'pg'
import { sql, type Tx } from '#kernel/db'
import { ownerOf, roleOf } from './confine.ts'
import type { Folder } from './manifest.ts'
import { refuse } from './refusals.ts'

const LOCK = 7_461_202
const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The files of `db`, in order. */
const migrationsOf = ({ files }: Folder) =>
  files.filter((one) => /^db\/\d{4}_\w+\.sql$/.test(one.path)).sort((a, b) => (a.path < b.path ? -1 : 1))

/**
 * Installs what is missing, in one transaction, and says which files it applied. `client` is connected as the owner of the
 * database. Refuses EXTENSION_INSTALL with the database's words, and EXTENSION_CHANGED.
 */
export async function installExtension(client: pg.Client, read: Folder): Promise<readonly string[]> {
  const { manifest, schema } = read
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    await prepare(client, schema)
    const applied = await apply(client, read)
    await wall(client, read)
    await client.query('commit')
    return applied
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    if (!(error instanceof pg.DatabaseError)) throw error
    return refuse('EXTENSION_INSTALL', { extension: manifest.code, problem: error.message })
  }
}

/** As `installExtension`, on a connection of its own. */
export async function installInto(ownerUrl: string, read: Folder): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'tradewright extension' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await installExtension(client, read)
  } finally {
    await client.end()
  }
}

/** Roles, schema, and the record of what was applied. The schema's name is lower case with underscores, as its code was checked to be. */
async function prepare(client: pg.Client, schema: string): Promise<void> {
  const [role, owner] = [roleOf(schema), ownerOf(schema)]
  for (const one of [role, owner]) {
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${one}') then create role ${one} nologin; end if;
    exception when unique_violation or duplicate_object then null; end $$`)
  }
  // The application may become it, and inherits nothing of it.
  await client.query(`grant ${role} to tw_app with inherit false, set true`)
  await client.query(`grant ${owner} to current_user with set true`)
  await client.query(`create schema if not exists ${schema} authorization ${owner}`)
  await client.query('set local role tw_owner')
  await client.query(`create table if not exists tradewright.extension_migration (
    extension text, id text, sha text not null, applied_at timestamptz not null default clock_timestamp(), primary key (extension, id))`)
  await client.query('grant usage on schema tradewright to tw_app')
  await client.query('grant select on tradewright.extension_migration to tw_app')
  await client.query(`grant usage on schema kernel to ${role}, ${owner}`)
  await client.query('reset role')
}

async function apply(client: pg.Client, read: Folder): Promise<readonly string[]> {
  const { manifest, schema } = read
  const known = await client.query<{ id: string; sha: string }>(
    'select id, sha from tradewright.extension_migration where extension = $1',
    [manifest.code],
  )
  const applied: string[] = []
  for (const { path, text } of migrationsOf(read)) {
    const before = known.rows.find((one) => one.id === path)
    if (before && before.sha !== sha(text)) refuse('EXTENSION_CHANGED', { extension: manifest.code, file: path })
    if (before) continue
    await client.query(`set local role ${ownerOf(schema)}`)
    await client.query(text)
    await client.query('reset role')
    await client.query('insert into tradewright.extension_migration (extension, id, sha) values ($1, $2, $3)', [
      ...[manifest.code, path, sha(text)],
    ])
    applied.push(path)
  }
  return applied
}

type Table = { name: string; guarded: boolean; company: boolean }

/** Row-level security on every table, rows for the extension's role, and the views that its manifest names with what lies beneath them. */
async function wall(client: pg.Client, { manifest, schema }: Folder): Promise<void> {
  const [role, owner] = [roleOf(schema), ownerOf(schema)]
  const tables = await client.query<Table>(
    `select c.oid::regclass::text as name, c.relforcerowsecurity as guarded, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id' and a.attnotnull) as company
       from pg_class c where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p')`,
    [schema],
  )
  const open = tables.rows.find((one) => !one.company)
  if (open) refuse('EXTENSION_INSTALL', { extension: manifest.code, problem: `${open.name} has no company_id` })
  await client.query(`set local role ${owner}`)
  for (const one of tables.rows.filter((each) => !each.guarded)) await client.query(`call kernel.guard('${one.name}')`)
  await client.query(`grant usage on schema ${schema} to tw_app, ${role}`)
  await client.query(`grant select, insert, update, delete on all tables in schema ${schema} to ${role}`)
  await client.query(`grant select on all tables in schema ${schema} to tw_app`)
  await client.query('set local role tw_owner')
  await letRead(client, role, manifest.reads)
  await client.query('reset role')
}

/** Published views, and what they are made of, as they run with the rights of who reads them; nothing else of the product. */
async function letRead(client: pg.Client, role: string, views: readonly string[]): Promise<void> {
  const before = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c cross join lateral aclexplode(c.relacl) x join pg_roles r on r.oid = x.grantee
      where r.rolname = $1 and pg_get_userbyid(c.relowner) = 'tw_owner'`,
    [role],
  )
  for (const one of before.rows) await client.query(`revoke all on ${one.name} from ${role}`)
  const beneath = await client.query<{ name: string; schema: string }>(
    `with recursive beneath as (
       select one::regclass::oid as oid from unnest($1::text[]) one
       union select d.refobjid from beneath b join pg_rewrite w on w.ev_class = b.oid
         join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> b.oid)
     select c.oid::regclass::text as name, c.relnamespace::regnamespace::text as schema from beneath b join pg_class c on c.oid = b.oid`,
    [views],
  )
  for (const one of beneath.rows) {
    await client.query(`grant usage on schema ${one.schema} to ${role}`)
    await client.query(`grant select on ${one.name} to ${role}`)
  }
}

/** Whether the database has every file of the extension, exactly. */
export async function isInstalled(tx: Tx, read: Folder): Promise<boolean> {
  const there = await tx.first(
    sql<{
      there: boolean
    }>`select exists (select from pg_tables where schemaname = 'tradewright' and tablename = 'extension_migration') as there`,
  )
  if (!there?.there) return false
  const rows = await tx.rows(
    sql<{
      id: string
      sha: string
    }>`select id, sha from tradewright.extension_migration where extension = ${read.manifest.code}`,
  )
  return migrationsOf(read).every((one) => rows.some((row) => row.id === one.path && row.sha === sha(one.text)))
}
