// The PostgreSQL that a run measures: an embedded one in a temporary home, or one that is named; empty databases on it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { findPostmasterPid } from './cpu.ts'
import type { Row } from './table.ts'

export type BenchServer = {
  /** A superuser's address of the maintenance database. */
  ownerUrl: string
  postmasterPid: number
  stop: () => Promise<void>
}

export type Desk = {
  freshDatabase: (name: string) => Promise<string>
  connect: (url: string, options?: pg.ClientConfig) => Promise<pg.Client>
  /** Ends the connections and drops the databases that were made. */
  clear: () => Promise<void>
}

/** Starts an embedded server in a home of its own; stop() ends it and removes the home. */
export async function startOwnServer(): Promise<BenchServer> {
  const home = await mkdtemp(join(tmpdir(), 'tradewright-bench-'))
  const removeHome = () => rm(home, { recursive: true, force: true })
  try {
    // Loaded only when it is used: with --database no embedded PostgreSQL need be installed.
    const { startEmbedded } = await import('#embedded')
    const server = await startEmbedded({ home })
    const leave = async () => {
      await server.stop()
      await removeHome()
    }
    // A signal and the end of the run may both ask for it: the second waits for the first.
    let leaving: Promise<void> | null = null
    return {
      ownerUrl: server.ownerUrl,
      postmasterPid: server.postmasterPid,
      stop: () => {
        leaving ??= leave()
        return leaving
      },
    }
  } catch (error) {
    await removeHome()
    throw error
  }
}

/** Uses a running server on this machine, by a superuser's address; stop() leaves it running. */
export async function useServer(url: string): Promise<BenchServer> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const answer = await client.query<{ superuser: string }>(`select current_setting('is_superuser') as superuser`)
    if (answer.rows[0]?.superuser !== 'on') {
      throw new Error('The bench makes databases and counts statements: give --database the address of a superuser.')
    }
    return { ownerUrl: url, postmasterPid: await findPostmasterPid(client), stop: async () => {} }
  } finally {
    await client.end()
  }
}

/** What a bench makes on the server, kept so that it can be cleared whether the bench ends well or not. */
export function openDesk(server: BenchServer): Desk {
  const clients: pg.Client[] = []
  const databases = new Set<string>()

  const connect = async (url: string, options: pg.ClientConfig = {}) => {
    const client = new pg.Client({ connectionString: url, ...options })
    // A connection that breaks fails the query that is under way and every later one, where it is counted. Without a
    // listener it would end the process as well, and leave the server behind.
    client.on('error', () => {})
    await client.connect()
    clients.push(client)
    return client
  }
  const endClients = async () => {
    await Promise.allSettled(clients.splice(0).map((client) => client.end()))
  }
  const dropDatabase = (name: string) =>
    runAsOwner(server, `drop database if exists ${pg.escapeIdentifier(name)} (force)`)

  return {
    connect,
    freshDatabase: async (name) => {
      await endClients()
      await dropDatabase(name)
      await runAsOwner(server, `create database ${pg.escapeIdentifier(name)} template template0`)
      databases.add(name)
      const url = new URL(server.ownerUrl)
      url.pathname = `/${name}`
      return url.href
    },
    clear: async () => {
      await endClients()
      for (const name of databases) {
        await dropDatabase(name)
      }
      databases.clear()
    },
  }
}

/** The settings of the server that decide its speed, for the head of the report. */
export async function describeServer(server: BenchServer): Promise<Row> {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  try {
    const answer = await client.query<Record<string, string>>(
      `select current_setting('server_version') as postgresql, current_setting('fsync') as fsync,
              current_setting('synchronous_commit') as synchronous_commit,
              current_setting('full_page_writes') as full_page_writes,
              current_setting('shared_buffers') as shared_buffers, current_setting('data_checksums') as data_checksums,
              current_setting('jit') as jit`,
    )
    return answer.rows[0] ?? {}
  } finally {
    await client.end()
  }
}

async function runAsOwner(server: BenchServer, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
