// The list of everything in a backup, with which a damaged or incomplete one is recognised.
import { createHash } from 'node:crypto'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { EmbeddedError } from './embedded-error.ts'

const digest = Type.String({ pattern: '^[0-9a-f]{64}$' })
const manifestShape = Type.Object(
  {
    format: Type.Literal(1),
    /** When the backup was begun, ISO 8601 in UTC, as the caller's clock said. */
    takenAt: Type.String(),
    serverVersion: Type.String(),
    systemIdentifier: Type.String(),
    startLsn: Type.String(),
    /** Everything acknowledged before this position of the log is in the backup. */
    stopLsn: Type.String(),
    folders: Type.Array(Type.String()),
    files: Type.Array(Type.Object({ path: Type.String(), bytes: Type.Integer({ minimum: 0 }), sha256: digest })),
  },
  { additionalProperties: false },
)

/** The contents of manifest.json. Paths are relative to the `data` folder of the backup and use '/'; sizes in bytes. */
export type Manifest = Static<typeof manifestShape>

/** The name of the manifest in a backup's folder, and of the folder with the files. */
export const manifestName = 'manifest.json'
export const dataName = 'data'

/** The text of manifest.json: two lines, the manifest and the SHA-256 of the first line. */
export function writeManifest(manifest: Manifest): string {
  const text = JSON.stringify(manifest)
  return `${text}\n${sha256(text)}\n`
}

/** Reads manifest.json. Refuses with BACKUP_DAMAGED when a byte of it was changed or its paths lead elsewhere. */
export function parseManifest(content: string): Manifest {
  const [text = '', seal = ''] = content.split('\n')
  if (sha256(text) !== seal) throw damaged('it was changed after it was written')
  const manifest: unknown = JSON.parse(text)
  if (!Value.Check(manifestShape, manifest)) throw damaged('it is not a manifest that this version understands')
  const paths = [...manifest.folders, ...manifest.files.map((file) => file.path)]
  const stray = paths.find((path) => path.startsWith('/') || path.includes('\\') || path.split('/').includes('..'))
  if (stray !== undefined) throw damaged(`it names a file outside of the backup (${stray})`)
  return manifest
}

function damaged(why: string): EmbeddedError {
  return new EmbeddedError(
    'BACKUP_DAMAGED',
    `The backup cannot be trusted: ${manifestName} is damaged, ${why}. Use another backup.`,
    { file: manifestName },
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
