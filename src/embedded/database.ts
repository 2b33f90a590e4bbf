// Sees to it, over an ordinary connection, that the database and the application's login exist.
import { Client } from 'pg'
import { databaseName, ownerName } from './initialise.ts'
import type { Secrets } from './secrets.ts'

/** The login that requests are served with: it owns nothing and may do only what migrations grant it. */
export const appName = 'tw_app'

/** A connection string for the server on 127.0.0.1. */
export function urlFor(user: string, password: string, port: number, database = databaseName): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`
}

/** Creates what is missing and sets the application's password. Safe to repeat. */
export async function ensureDatabase(port: number, secrets: Secrets): Promise<void> {
  await withClient(urlFor(ownerName, secrets.owner, port, 'postgres'), async (client) => {
    const role = await client.query('select from pg_roles where rolname = $1', [appName])
    const verb = role.rowCount === 0 ? 'create' : 'alter'
    await client.query(`${verb} role ${appName} login nosuperuser nobypassrls password '${secrets.app}'`)
    const database = await client.query('select from pg_database where datname = $1', [databaseName])
    if (database.rowCount === 0) await client.query(`create database ${databaseName}`)
  })
  await withClient(urlFor(ownerName, secrets.owner, port), async (client) => {
    await client.query('create extension if not exists pg_stat_statements')
  })
}

/** The version of the running server, for example '18.4'. */
export async function readServerVersion(url: string): Promise<string> {
  return await withClient(url, async (client) => {
    const answer = await client.query<{ server_version: string }>('show server_version')
    return answer.rows[0]?.server_version ?? 'unknown'
  })
}

/** Opens a connection for one piece of work and closes it whatever happens. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'tradewright embedded' })
  // A server that goes away while the connection idles is reported by the next query, not by ending the process.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
