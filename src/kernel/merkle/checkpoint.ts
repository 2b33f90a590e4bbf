// A checkpoint is a tree's size and root, dated and signed, in a form that other people's tools can verify.

import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { refusals } from '#kernel/refusal'

/**
 * What a checkpoint says. `origin` names the log (no spaces, no '+', such as 'tradewright.example/audit'), `time` is
 * milliseconds since 1970-01-01 UTC.
 */
export type Checkpoint = {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  readonly time: number
}

/**
 * The text that is signed: origin, size, base64 of the root, and the time as an extension line, each ending in a line
 * feed (C2SP tlog-checkpoint). Refuses with CHECKPOINT_INVALID.
 */
export function checkpointText({ origin, size, root, time }: Checkpoint): string {
  const fits = ORIGIN_SHAPE.test(origin) && Number.isSafeInteger(size) && size >= 0 && root.length === 32
  if (!fits || !Number.isSafeInteger(time)) {
    return refuse('CHECKPOINT_INVALID', { problem: 'its origin, size, root or time cannot be written' })
  }
  const rootText = Buffer.from(root).toString('base64')
  return `${origin}\n${size}\n${rootText}\ntime ${new Date(time).toISOString()}\n`
}

/** The signed note (C2SP signed-note): the text, an empty line, and one Ed25519 signature line of the origin's key. */
export function signCheckpoint(checkpoint: Checkpoint, privateKey: KeyObject): string {
  const text = checkpointText(checkpoint)
  const signature = sign(null, Buffer.from(text), privateKey)
  const line = Buffer.concat([keyId(checkpoint.origin, createPublicKey(privateKey)), signature]).toString('base64')
  return `${text}\n— ${checkpoint.origin} ${line}\n`
}

/**
 * Reads a signed checkpoint after checking its form, its origin and its signature. Other people's signature lines
 * (witnesses) may stand beside ours and are not judged. Refuses with CHECKPOINT_INVALID, which says what is wrong.
 */
export function verifyCheckpoint(note: string, by: { origin: string; publicKey: KeyObject }): Checkpoint {
  const split = note.indexOf('\n\n')
  const text = note.slice(0, split + 1)
  const parts = TEXT_SHAPE.exec(text)
  if (split < 0 || !parts) {
    return refuse('CHECKPOINT_INVALID', { problem: 'it is not written as a checkpoint' })
  }
  const [, origin = '', sizeText, rootText = '', timeText = ''] = parts
  if (origin !== by.origin) {
    return refuse('CHECKPOINT_INVALID', { problem: `it is of ${origin}, not of ${by.origin}` })
  }
  const signed = note
    .slice(split + 2)
    .split('\n')
    .some((line) => isSignature(line, { text, ...by }))
  if (!signed) {
    return refuse('CHECKPOINT_INVALID', { problem: 'no signature of the expected key fits its text' })
  }
  const checkpoint = {
    origin,
    size: Number(sizeText),
    root: Buffer.from(rootText, 'base64'),
    time: Date.parse(timeText),
  }
  // Writing it again shows any second spelling of the same values, such as odd base64 or a day that does not exist.
  if (Number.isNaN(checkpoint.time) || checkpointText(checkpoint) !== text) {
    return refuse('CHECKPOINT_INVALID', { problem: 'it is not written in its one proper form' })
  }
  return checkpoint
}

const refuse = refusals({
  CHECKPOINT_INVALID: {
    text: 'The checkpoint cannot be trusted: {problem}. Compare it with the copies that were kept elsewhere.',
    kind: 'invalid',
    retry: 'no',
  },
})

const ORIGIN_SHAPE = /^[^\s+]{1,200}$/
const TEXT_SHAPE = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/=]{44})\ntime ([0-9TZ:.-]{24})\n$/
const ED25519_TYPE = 1

function isSignature(line: string, by: { text: string; origin: string; publicKey: KeyObject }): boolean {
  const start = `— ${by.origin} `
  if (!line.startsWith(start)) {
    return false
  }
  const given = line.slice(start.length)
  const bytes = Buffer.from(given, 'base64')
  const spelled = bytes.toString('base64') === given && bytes.length === 4 + 64
  const ours = bytes.subarray(0, 4).equals(keyId(by.origin, by.publicKey))
  return spelled && ours && verify(null, Buffer.from(by.text), by.publicKey, bytes.subarray(4))
}

/** The first four bytes of SHA-256 over the key's name, a line feed, the algorithm's number and the raw public key. */
function keyId(name: string, publicKey: KeyObject): Buffer {
  const { x } = publicKey.export({ format: 'jwk' })
  if (publicKey.asymmetricKeyType !== 'ed25519' || typeof x !== 'string') {
    throw new TypeError('checkpoints are signed with Ed25519 keys only')
  }
  const type = Buffer.from([ED25519_TYPE])
  const raw = Buffer.from(x, 'base64url')
  return createHash('sha256').update(`${name}\n`).update(type).update(raw).digest().subarray(0, 4)
}
