// Brings a database to the present shape: numbered SQL files, each in its own transaction with its check, once.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { refusals } from './refusal.ts'

const refuse = refusals({
  DATABASE_TOO_OLD: { text: 'PostgreSQL 16 or newer is needed; this is {version}. Upgrade the server or name another one in DATABASE_URL.', retry: 'no' },
  MIGRATION_CHANGED: { text: 'Migration {id} was applied with other content. Restore the file, or restore the database.', retry: 'no' },
  MIGRATION_FAILED: { text: 'Migration {id} failed and was rolled back: {problem}', retry: 'no' },
  MIGRATION_UNKNOWN: { text: 'The database has migration {id}, which this version does not know. Use the newer version of the program.', retry: 'no' },
})

const FOLDER = fileURLToPath(new URL('../../db/migrations/', import.meta.url))
const LOCK = 7_461_201

export type Migration = { id: string; sha: string; text: string; check: string | undefined }
export type Applied = { id: string; applied_at: Date }

/** The migrations that this version brings, in order. */
export function migrations(folder = FOLDER): readonly Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}_\w+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(folder + file, 'utf8')
      const checkFile = folder + file.replace(/\.sql$/, '.check.sql')
      const check = existsSync(checkFile) ? readFileSync(checkFile, 'utf8') : undefined
      return { id: file.replace(/\.sql$/, ''), sha: createHash('sha256').update(text).digest('hex'), text, check }
    })
}

async function prepare(client: pg.Client): Promise<void> {
  const version = await client.query<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  )
  const row = version.rows[0]
  if (!row || row.number < 160_000) refuse('DATABASE_TOO_OLD', { version: row?.version ?? 'unknown' })
  await client.query(`do $$ begin
    if not exists (select from pg_roles where rolname = 'tw_owner') then create role tw_owner nologin; end if;
    if not exists (select from pg_roles where rolname = 'tw_app') then create role tw_app nologin; end if;
    execute format('grant create, connect, temporary on database %I to tw_owner', current_database());
    execute format('revoke temporary on database %I from public', current_database());
    if not pg_has_role(current_user, 'tw_owner', 'set') then execute format('grant tw_owner to %I with set true', current_user); end if;
    if not pg_has_role(current_user, 'tw_app', 'set') then execute format('grant tw_app to %I with set true', current_user); end if;
  exception when unique_violation or duplicate_object then null; end $$`)
  await client.query('create schema if not exists tradewright authorization tw_owner')
  await client.query('set role tw_owner')
  await client.query(`create table if not exists tradewright.migration (
    id text primary key, sha text not null, applied_at timestamptz not null default clock_timestamp())`)
}

async function applyOne(client: pg.Client, one: Migration): Promise<void> {
  try {
    await client.query('begin')
    // The row comes first: two starters cannot both go on.
    await client.query('insert into tradewright.migration (id, sha) values ($1, $2)', [one.id, one.sha])
    await client.query(one.text)
    if (one.check) await client.query(one.check)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    refuse('MIGRATION_FAILED', { id: one.id, problem: error instanceof Error ? error.message : String(error) })
  }
}

/** Applies what is missing. `progress` is told of each; returns the ids applied now. */
export async function migrate(ownerUrl: string, progress?: (id: string, done: number, of: number) => void): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'tradewright migrate' })
  // A server that goes away rejects the statement as well; without a listener the process would end instead of saying so.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await prepare(client)
    const known = migrations()
    const applied = await client.query<{ id: string; sha: string }>('select id, sha from tradewright.migration order by id')
    for (const row of applied.rows) {
      const file = known.find((one) => one.id === row.id)
      if (!file) refuse('MIGRATION_UNKNOWN', { id: row.id })
      else if (file.sha !== row.sha) refuse('MIGRATION_CHANGED', { id: row.id })
    }
    const missing = known.filter((one) => !applied.rows.some((row) => row.id === one.id))
    for (const [at, one] of missing.entries()) {
      await applyOne(client, one)
      progress?.(one.id, at + 1, missing.length)
    }
    return missing.map((one) => one.id)
  } finally {
    await client.end()
  }
}

/** Which migrations are applied and which are not. */
export async function migrationStatus(ownerUrl: string): Promise<readonly { id: string; applied_at: Date | null }[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'tradewright migrate' })
  // A server that goes away rejects the statement as well; without a listener the process would end instead of saying so.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const there = await client.query<{ there: boolean }>(`select to_regclass('tradewright.migration') is not null as there`)
    const applied = there.rows[0]?.there ? (await client.query<Applied>('select id, applied_at from tradewright.migration')).rows : []
    return migrations().map(({ id }) => ({ id, applied_at: applied.find((row) => row.id === id)?.applied_at ?? null }))
  } finally {
    await client.end()
  }
}
