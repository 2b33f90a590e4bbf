// Checks a backup against its manifest: every file there, whole, unchanged, and nothing added.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { codeOf, EmbeddedError } from './embedded-error.ts'
import { inParallel } from './in-parallel.ts'
import { dataName, type Manifest, manifestName, parseManifest } from './manifest.ts'
import { ignoreProgress, type Progress } from './progress.ts'

/**
 * Reads every byte of the backup in `folder` and returns its manifest when all is well. Otherwise refuses with
 * BACKUP_DAMAGED; `file` of the error is the first bad file in alphabetical order, relative to the backup's data.
 */
export async function verifyBackup(
  folder: string,
  options: { onProgress?: (progress: Progress) => void } = {},
): Promise<Manifest> {
  const manifest = await readManifest(folder)
  const root = join(folder, dataName)
  const problems = new Map<string, string>()
  for (const path of await findStrangers(root, manifest)) problems.set(path, 'is not part of the backup')

  const total = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
  const report = options.onProgress ?? ignoreProgress
  let done = 0
  await inParallel(manifest.files, async (file) => {
    const problem = await checkFile(join(root, file.path), file)
    if (problem !== null) problems.set(file.path, problem)
    done += file.bytes
    report({ step: 'verify', text: 'Checking the backup', done, total })
  })

  const first = [...problems.keys()].sort()[0]
  if (first === undefined) return manifest
  const others = problems.size === 1 ? '' : ` ${problems.size - 1} more are bad.`
  throw new EmbeddedError(
    'BACKUP_DAMAGED',
    `The backup ${folder} is damaged: ${first} ${problems.get(first)}.${others} Use another backup.`,
    { file: first },
  )
}

async function readManifest(folder: string): Promise<Manifest> {
  try {
    return parseManifest(await readFile(join(folder, manifestName), 'utf8'))
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    throw new EmbeddedError(
      'BACKUP_DAMAGED',
      `${folder} is not a whole backup: it has no ${manifestName}. Name the folder that the backup was made in.`,
      { file: manifestName },
    )
  }
}

async function findStrangers(root: string, manifest: Manifest): Promise<string[]> {
  const known = new Set([...manifest.folders, ...manifest.files.map((file) => file.path)])
  const found = await readdir(root, { recursive: true })
  return found.map((path) => path.replaceAll('\\', '/')).filter((path) => !known.has(path))
}

async function checkFile(path: string, expected: Manifest['files'][number]): Promise<string | null> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        hash.update(chunk)
        bytes += chunk.length
      }
    })
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'is missing'
    throw error
  }
  if (bytes !== expected.bytes) return `has ${bytes} bytes instead of ${expected.bytes}`
  return hash.digest('hex') === expected.sha256 ? null : 'was changed after it was written'
}
