// The keys of the audit log, kept in the home and outside the database: whoever can rewrite the one cannot sign the other.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Checkpoint, verifyCheckpoint } from '#kernel/merkle'
import { Refusal } from '#kernel/refusal'

/** The name under which checkpoints are signed. */
export const ORIGIN = 'tradewright/audit'

const FOLDER = 'keys'
const PRIVATE = 'audit.key'

/**
 * The key that signs, made the first time (mode 0600), with its public half beside it. The public half of a key that
 * was replaced or belongs to the home a backup came from stays in the folder and goes on being trusted.
 */
export function signingKey(home: string): KeyObject {
  const folder = join(home, FOLDER)
  const file = join(folder, PRIVATE)
  if (existsSync(file)) return createPrivateKey(readFileSync(file))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  try {
    // Two processes may both find no key; the file that is there first is the key.
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      return createPrivateKey(readFileSync(file))
    throw error
  }
  const { x } = publicKey.export({ format: 'jwk' })
  writeFileSync(
    join(
      folder,
      `audit-${String(x)
        .replace(/[^A-Za-z0-9]/g, '')
        .slice(0, 12)}.pub`,
    ),
    publicKey.export({ type: 'spki', format: 'pem' }),
    { mode: 0o644 },
  )
  return privateKey
}

/** Every public key that this home trusts, the own one included. */
export function trustedKeys(home: string): readonly KeyObject[] {
  const folder = join(home, FOLDER)
  if (!existsSync(folder)) return []
  const keys = readdirSync(folder)
    .filter((file) => file.endsWith('.pub'))
    .sort()
    .map((file) => createPublicKey(readFileSync(join(folder, file))))
  const own = join(folder, PRIVATE)
  return existsSync(own) ? [...keys, createPublicKey(createPrivateKey(readFileSync(own)))] : keys
}

/** Copies the public keys, and only those, from one home or backup to another. Returns how many there are. */
export function carryKeys(from: string, to: string): number {
  const folder = join(from, FOLDER)
  if (!existsSync(folder)) return 0
  const files = readdirSync(folder).filter((file) => file.endsWith('.pub'))
  mkdirSync(join(to, FOLDER), { recursive: true, mode: 0o700 })
  for (const file of files) copyFileSync(join(folder, file), join(to, FOLDER, file))
  return files.length
}

/** The checkpoint of a note when one of the keys signed it under this name; else the reason why it cannot be trusted. */
export function readCheckpoint(note: string, keys: readonly KeyObject[], origin = ORIGIN): Checkpoint | string {
  let problem = 'no key to check it with is in the folder "keys" of the home'
  for (const publicKey of keys) {
    try {
      return verifyCheckpoint(note, { origin, publicKey })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      problem = String(error.detail.problem)
    }
  }
  return problem
}
