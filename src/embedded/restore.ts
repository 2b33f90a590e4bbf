// Puts a copy of a database into a home of its own: from a backup, or straight from a running server.
import { existsSync } from 'node:fs'
import { chown, constants, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Account } from './account.ts'
import { refuseUsedFolder } from './backup.ts'
import type { Embedded } from './embedded.ts'
import { explainFileError } from './embedded-error.ts'
import { inParallel } from './in-parallel.ts'
import { dataName, type Manifest } from './manifest.ts'
import { type Places, prepareFolders } from './places.ts'
import { ignoreProgress, type Progress } from './progress.ts'
import { writeSecrets } from './secrets.ts'
import { type Sink, takeSnapshot } from './snapshot.ts'
import { startEmbedded } from './start.ts'
import { verifyBackup } from './verify.ts'

/**
 * Checks the backup in `from` and copies it into `home`, which must not exist or be empty. The next startEmbedded of
 * that home recovers it and gives it passwords of its own. Returns the backup's manifest. Refuses with BACKUP_DAMAGED,
 * HOME_NOT_EMPTY, HOME_NOT_WRITABLE or DISK_FULL, and leaves nothing behind then.
 */
export async function restoreBackup(options: {
  from: string
  home: string
  onProgress?: (progress: Progress) => void
}): Promise<Manifest> {
  const from = resolve(options.from)
  const onProgress = options.onProgress ?? ignoreProgress
  await refuseUsedFolder(options.home, 'A restored database')
  const manifest = await verifyBackup(from, { onProgress })
  const total = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
  let done = 0
  await fillHome(options.home, async (sink) => {
    for (const folder of manifest.folders) await sink.folder(folder)
    await inParallel(manifest.files, async (file) => {
      await sink.copy(file.path, join(from, dataName, file.path))
      done += file.bytes
      onProgress({ step: 'copy', text: 'Restoring the database', done, total })
    })
  })
  return manifest
}

/**
 * Starts a copy of a running server in `newHome`, which must not exist or be empty, on a port of its own. Both go
 * their own ways from there; the copy has the same passwords. The running server keeps working meanwhile.
 */
export async function cloneRunning(
  embedded: Embedded,
  newHome: string,
  options: { port?: number; sharedBuffersMegabytes?: number; onProgress?: (progress: Progress) => void } = {},
): Promise<Embedded> {
  await refuseUsedFolder(newHome, 'A copied database')
  await fillHome(newHome, async (sink, places) => {
    await takeSnapshot({
      url: embedded.ownerUrl,
      dataDirectory: embedded.dataDirectory,
      sink,
      onProgress: options.onProgress ?? ignoreProgress,
    })
    writeSecrets(places.passwordFile, { owner: passwordOf(embedded.ownerUrl), app: passwordOf(embedded.url) })
  })
  return await startEmbedded({ ...options, home: newHome })
}

async function fillHome(home: string, fill: (sink: Sink, places: Places) => Promise<void>): Promise<void> {
  const existed = existsSync(home)
  const places = prepareFolders(home)
  const unfinished = `${places.dataDirectory}.new`
  try {
    const sink = copyingSink(unfinished, places.account)
    await sink.folder('')
    await fill(sink, places)
    await rename(unfinished, places.dataDirectory)
  } catch (error) {
    await rm(places.area, { recursive: true, force: true })
    await rm(existed ? places.folder : places.home, { recursive: true, force: true })
    throw explainFileError(error, places.home)
  }
}

/** Writes plain files that belong to the server's account. The server itself syncs them when it recovers. */
function copyingSink(root: string, account: Account | null): Sink {
  const handOver = async (path: string) => {
    if (account !== null) await chown(path, account.uid, account.gid)
  }
  return {
    folder: async (path) => {
      await mkdir(join(root, path), { mode: 0o700 })
      await handOver(join(root, path))
    },
    copy: async (path, source) => {
      // A real copy, or one that the file system shares until either side writes. Never a hard link: PostgreSQL
      // writes into its files, and both servers would.
      await copyFile(source, join(root, path), constants.COPYFILE_FICLONE)
      await handOver(join(root, path))
    },
    write: async (path, content) => {
      await writeFile(join(root, path), content, { mode: 0o600 })
      await handOver(join(root, path))
    },
  }
}

function passwordOf(url: string): string {
  return decodeURIComponent(new URL(url).password)
}
