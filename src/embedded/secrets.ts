// The passwords of a home's server: made by chance on the first start, kept in a file that only its owner can read.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** `owner` belongs to the superuser, `app` to the login that the product serves requests with. */
export type Secrets = { owner: string; app: string }

/** Makes new passwords. 24 random bytes in base64url: no quoting is needed in SQL, in URLs or in a shell. */
export function newSecrets(): Secrets {
  return { owner: randomBytes(24).toString('base64url'), app: randomBytes(24).toString('base64url') }
}

/** Reads the passwords; null when the file is missing or not readable as passwords, so that new ones are set. */
export function readSecrets(file: string): Secrets | null {
  if (!existsSync(file)) return null
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  if (typeof content !== 'object' || content === null || !('owner' in content) || !('app' in content)) return null
  const { owner, app } = content
  return typeof owner === 'string' && typeof app === 'string' ? { owner, app } : null
}

/** Writes the passwords so that a crash leaves the old file or the new one, never half of one. */
export function writeSecrets(file: string, secrets: Secrets): void {
  const unfinished = `${file}.new`
  writeFileSync(unfinished, `${JSON.stringify(secrets)}\n`, { mode: 0o600, flush: true })
  renameSync(unfinished, file)
}
