// Which files of a data directory belong into a copy. The exclusions are those of PostgreSQL's low-level backup manual.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, EmbeddedError } from './embedded-error.ts'

/** A file of the data directory. The path is relative and uses '/'. */
export type DataFile = { path: string; bytes: number }

// Made anew by every start, or valid only for the server that wrote them; the folders themselves must exist.
const emptiedFolders = new Set([
  ...['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans'],
])
const leftOutAtTop = new Set([
  ...['postmaster.pid', 'postmaster.opts', 'backup_label', 'backup_label.old', 'tablespace_map', 'tablespace_map.old'],
  ...['backup_manifest', 'current_logfiles', 'postgresql.auto.conf.tmp', 'recovery.signal', 'standby.signal'],
])
const leftOutAnywhere = /^(pgsql_tmp.*|pg_internal\.init.*|t\d+_\d+(_.*)?(\.\d+)?)$/
const neededInLogFolder = ['pg_wal/archive_status', 'pg_wal/summaries']

/** Lists the folders, parents first, and the files to copy. Refuses with BACKUP_FAILED when there are tablespaces. */
export async function listDataFiles(dataDirectory: string): Promise<{ folders: string[]; files: DataFile[] }> {
  const folders: string[] = []
  const files: DataFile[] = []
  await walk(dataDirectory, '', folders, files)
  return { folders: [...folders, ...neededInLogFolder], files }
}

/** The timeline history files, which tell the recovery of a server that was once restored where it came from. */
export async function listHistoryFiles(dataDirectory: string): Promise<string[]> {
  const names = await readdir(join(dataDirectory, 'pg_wal'))
  return names.filter((name) => name.endsWith('.history')).map((name) => `pg_wal/${name}`)
}

async function walk(root: string, folder: string, folders: string[], files: DataFile[]): Promise<void> {
  for (const entry of await entriesOf(join(root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if ((folder === '' && leftOutAtTop.has(entry.name)) || leftOutAnywhere.test(entry.name)) continue
    if (entry.isSymbolicLink()) {
      throw new EmbeddedError(
        'BACKUP_FAILED',
        `${path} is a link out of the data directory (a tablespace or a moved log). Move it back to be able to copy.`,
      )
    }
    if (entry.isDirectory()) {
      folders.push(path)
      if (!emptiedFolders.has(path)) await walk(root, path, folders, files)
    } else if (entry.isFile()) {
      const bytes = await sizeOf(join(root, path))
      if (bytes !== null) files.push({ path, bytes })
    }
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    // A database that was dropped a moment ago.
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}
