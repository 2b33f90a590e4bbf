// A hot backup: a folder that can be checked byte by byte and from which the database can be started again.
import { createHash } from 'node:crypto'
import { chmod, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { codeOf, EmbeddedError, explainFileError } from './embedded-error.ts'
import { dataName, type Manifest, manifestName, writeManifest } from './manifest.ts'
import { ignoreProgress, type Progress } from './progress.ts'
import { type Sink, takeSnapshot } from './snapshot.ts'

/** What was backed up. Sizes in bytes. */
export type Backup = { target: string; files: number; bytes: number } & Omit<Manifest, 'folders' | 'files' | 'format'>

type Listed = Manifest['files'][number]

const chunkBytes = 1024 * 1024

/**
 * Backs up a running server into the folder `target`, which must not exist or be empty; it appears only when it is
 * whole and on disk. `url` is a superuser's; this process must be able to read the data directory. `takenAt` is the
 * caller's clock, ISO 8601 in UTC. What is acknowledged before the step 'finish' is reported is in the backup.
 * Refuses with BACKUP_FAILED, HOME_NOT_EMPTY (the target), HOME_NOT_WRITABLE or DISK_FULL.
 */
export async function hotBackup(options: {
  url: string
  dataDirectory: string
  target: string
  takenAt: string
  onProgress?: (progress: Progress) => void
}): Promise<Backup> {
  const target = resolve(options.target)
  const unfinished = `${target}.unfinished`
  await refuseUsedFolder(target, 'A backup')
  try {
    await rm(unfinished, { recursive: true, force: true })
    await mkdir(join(unfinished, dataName), { recursive: true, mode: 0o700 })
    await chmod(unfinished, 0o700)
    const listed: Listed[] = []
    const folders: string[] = []
    const snapshot = await takeSnapshot({
      url: options.url,
      dataDirectory: options.dataDirectory,
      sink: listingSink(join(unfinished, dataName), listed, folders),
      onProgress: options.onProgress ?? ignoreProgress,
    })
    listed.sort((left, right) => (left.path < right.path ? -1 : 1))
    const manifest: Manifest = { format: 1, takenAt: options.takenAt, ...snapshot, folders, files: listed }
    await writeDown(join(unfinished, manifestName), Buffer.from(writeManifest(manifest)))
    for (const folder of folders) await syncFolder(join(unfinished, dataName, folder))
    await syncFolder(unfinished)
    await rm(target, { recursive: true, force: true })
    await rename(unfinished, target)
    await syncFolder(dirname(target))
    const bytes = listed.reduce((sum, file) => sum + file.bytes, 0)
    return { target, files: listed.length, bytes, takenAt: options.takenAt, ...snapshot }
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw explainFileError(error, target)
  }
}

/** Refuses with HOME_NOT_EMPTY when the folder exists and holds anything. `what` begins the sentence. */
export async function refuseUsedFolder(folder: string, what: string): Promise<void> {
  try {
    const names = await readdir(folder)
    if (names.length === 0) return
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw explainFileError(error, folder)
  }
  throw new EmbeddedError(
    'HOME_NOT_EMPTY',
    `${what} needs a folder of its own and ${folder} is not empty. Nothing was written. Name a new folder.`,
  )
}

function listingSink(root: string, listed: Listed[], folders: string[]): Sink {
  return {
    folder: async (path) => {
      await mkdir(join(root, path), { recursive: true, mode: 0o700 })
      folders.push(path)
    },
    copy: async (path, source) => {
      listed.push({ path, ...(await copyAndDigest(source, join(root, path))) })
    },
    write: async (path, content) => {
      await writeDown(join(root, path), content)
      listed.push({ path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') })
    },
  }
}

/** One reading for both: the digest is of exactly the bytes that were written, though the file may be changing. */
async function copyAndDigest(from: string, to: string): Promise<{ bytes: number; sha256: string }> {
  const source = await open(from, 'r')
  try {
    const target = await open(to, 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      const size = (await source.stat()).size
      const buffer = Buffer.allocUnsafe(Math.min(Math.max(size, 8192), chunkBytes))
      let bytes = 0
      for (;;) {
        const { bytesRead } = await source.read(buffer, 0, buffer.length, bytes)
        if (bytesRead === 0) break
        const chunk = buffer.subarray(0, bytesRead)
        hash.update(chunk)
        await target.writeFile(chunk)
        bytes += bytesRead
      }
      await target.datasync()
      return { bytes, sha256: hash.digest('hex') }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function writeDown(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder, and needs no such thing.
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
