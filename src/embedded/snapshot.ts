// A consistent copy of a running server's files: PostgreSQL's own low-level backup protocol, with SQL and file copies.
import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'
import { listDataFiles, listHistoryFiles } from './data-files.ts'
import { withClient } from './database.ts'
import { codeOf, EmbeddedError, explainFileError, textOf } from './embedded-error.ts'
import { inParallel } from './in-parallel.ts'
import type { Progress } from './progress.ts'
import { segmentsBetween } from './wal.ts'

/** Where a snapshot goes. Paths are relative to the data directory and use '/'. */
export type Sink = {
  folder: (path: string) => Promise<void>
  copy: (path: string, source: string) => Promise<void>
  write: (path: string, content: Buffer) => Promise<void>
}

/** What a snapshot holds: everything that was acknowledged before `stopLsn`. The version is like '18.4'. */
export type Snapshot = { startLsn: string; stopLsn: string; serverVersion: string; systemIdentifier: string }

type Facts = {
  dataDirectory: string
  serverVersion: string
  systemIdentifier: string
  timeline: number
  segmentBytes: string
}

const controlFile = 'global/pg_control'
const controlReadsMax = 100

/**
 * Copies the data directory of the running server at `url` (a superuser's) into the sink while the server goes on
 * working. Refuses with BACKUP_FAILED or DISK_FULL.
 */
export async function takeSnapshot(options: {
  url: string
  dataDirectory: string
  sink: Sink
  onProgress: (progress: Progress) => void
}): Promise<Snapshot> {
  try {
    return await withClient(options.url, (client) => copyAll(client, options))
  } catch (error) {
    const explained = explainFileError(error, 'the copy')
    if (explained instanceof EmbeddedError) throw explained
    throw new EmbeddedError(
      'BACKUP_FAILED',
      `The copy could not be made: ${textOf(error)}. The database is unharmed.`,
      {
        cause: error,
      },
    )
  }
}

async function copyAll(
  client: Client,
  options: { dataDirectory: string; sink: Sink; onProgress: (progress: Progress) => void },
): Promise<Snapshot> {
  const { sink, onProgress } = options
  const facts = await readFacts(client)
  await refuseOtherDirectory(options.dataDirectory, facts.dataDirectory)

  onProgress({ step: 'checkpoint', text: 'Asking PostgreSQL to write everything down' })
  const startLsn = await beginBackup(client)
  await copyData(options.dataDirectory, sink, onProgress)
  await sink.write(controlFile, await readControlFile(join(options.dataDirectory, controlFile)))

  onProgress({ step: 'finish', text: 'Ending the copy' })
  const end = await endBackup(client)
  await sink.write('backup_label', Buffer.from(end.label))

  const segments = segmentsBetween({ ...facts, startLsn, stopLsn: end.stopLsn }).map((name) => `pg_wal/${name}`)
  onProgress({ step: 'wal', text: `Copying ${segments.length} segments of the write-ahead log` })
  for (const path of [...segments, ...(await listHistoryFiles(options.dataDirectory))]) {
    await sink.copy(path, join(options.dataDirectory, path))
  }
  return {
    startLsn,
    stopLsn: end.stopLsn,
    serverVersion: facts.serverVersion,
    systemIdentifier: facts.systemIdentifier,
  }
}

async function readFacts(client: Client): Promise<Facts> {
  const answer = await client.query<Facts>(`
    select current_setting('data_directory') as "dataDirectory", current_setting('server_version') as "serverVersion",
           system_identifier::text as "systemIdentifier", timeline_id as "timeline",
           pg_size_bytes(current_setting('wal_segment_size'))::text as "segmentBytes"
      from pg_control_system(), pg_control_checkpoint()`)
  const facts = answer.rows[0]
  if (facts === undefined) throw new Error('the server did not describe itself')
  return facts
}

async function refuseOtherDirectory(given: string, served: string): Promise<void> {
  if ((await realpath(given)) === (await realpath(served))) return
  throw new EmbeddedError(
    'BACKUP_FAILED',
    `The server works in ${served}, not in ${given}. Give the address and the data directory of the same server.`,
  )
}

async function beginBackup(client: Client): Promise<string> {
  // The slot keeps the log segments of the copy from being recycled by a checkpoint. It is temporary: it goes with the
  // connection, so a killed backup cannot fill the disk.
  const slot = `tradewright_copy_${randomBytes(6).toString('hex')}`
  await client.query('select pg_create_physical_replication_slot($1, true, true)', [slot])
  const answer = await client.query<{ lsn: string }>(`select pg_backup_start('tradewright', fast => true)::text as lsn`)
  return answer.rows[0]?.lsn ?? ''
}

async function endBackup(client: Client): Promise<{ stopLsn: string; label: string }> {
  const answer = await client.query<{ lsn: string; labelfile: string }>(
    'select lsn::text, labelfile from pg_backup_stop(wait_for_archive => false)',
  )
  const row = answer.rows[0]
  if (row === undefined) throw new Error('the server did not end the backup')
  return { stopLsn: row.lsn, label: row.labelfile }
}

async function copyData(dataDirectory: string, sink: Sink, onProgress: (progress: Progress) => void): Promise<void> {
  const { folders, files } = await listDataFiles(dataDirectory)
  for (const folder of folders) await sink.folder(folder)
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  let done = 0
  onProgress({ step: 'copy', text: 'Copying the database', done, total })
  await inParallel(files, async (file) => {
    if (file.path === controlFile) return
    try {
      await sink.copy(file.path, join(dataDirectory, file.path))
    } catch (error) {
      // A table dropped while we copy takes its file with it; the log knows that it is gone.
      if (codeOf(error) !== 'ENOENT') throw error
    }
    done += file.bytes
    onProgress({ step: 'copy', text: 'Copying the database', done, total })
  })
}

async function readControlFile(path: string): Promise<Buffer> {
  // The server may be writing it: two equal readings in a row are a whole one.
  let before = await readFile(path)
  for (let reads = 0; reads < controlReadsMax; reads++) {
    const after = await readFile(path)
    if (after.equals(before)) return after
    before = after
  }
  throw new Error(`${path} never stood still`)
}
