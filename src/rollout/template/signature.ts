// The signature of a release: a signed note over its number and the hash of its files, by the key that signs the audit
// log. The key is kept outside the database, so whoever can rewrite a release there cannot sign it.
import { createHash, type KeyObject } from 'node:crypto'
import type pg from 'pg'
import { readCheckpoint, signingKey, trustedKeys } from '#kernel/audit-keys'
import { sql, type Tx, transaction } from '#kernel/db'
import { EVERY_COMPANY } from '#kernel/every-company'
import { signCheckpoint } from '#kernel/merkle'
import { refuse } from '../refusals.ts'
import { hashOf } from './publish.ts'
import type { TemplateFiles } from './template-object.ts'

/** The name under which releases are signed; notes of the audit log have another one and are none. */
export const RELEASE_ORIGIN = 'tradewright/release'

type Stored = {
  readonly id: string
  readonly number: string
  readonly template: string
  readonly files: TemplateFiles
  readonly hash: Buffer
  readonly created_at: Date
  readonly signature: string | null
  readonly key_id: string | null
  /** The hash that the audit log has of it, hexadecimal; of early releases it has the files instead. */
  readonly recorded: string | null
  readonly recorded_files: TemplateFiles | null
}

/** How a release stands: `problem` is null when its files, its hash and its signature belong together. */
export type ReleaseProof = {
  readonly number: string
  readonly template: string
  readonly hash: string
  readonly key: string | null
  readonly problem: string | null
}

/** SHA-256 over what a signature is about: which template, which number, and exactly these files. */
const rootOf = ({ template, number, files }: Stored): Buffer =>
  createHash('sha256')
    .update(`${template}\n${number}\n${hashOf(files).toString('hex')}\n`)
    .digest()

const readReleases = (tx: Tx, unsigned: boolean): Promise<Stored[]> =>
  tx.rows(sql<Stored>`select r.id, r.number, r.template, r.files, r.hash, r.created_at, r.signature, r.key_id,
      a.payload::jsonb #>> '{changes,hash}' as recorded, a.payload::jsonb #> '{input,files}' as recorded_files
    from rollout.release r left join lateral (select a.payload from kernel.audit a
        where a.document = 'rollout.release' and a.document_id = r.id and a.verb = 'publish' order by a.at limit 1) a on true
   where not ${unsigned}::boolean or r.signature is null order by r.created_at, r.id`)

/** Why the files of a release are not those that were published; null when they are. */
function alteredBy(one: Stored): string | null {
  const now = hashOf(one.files)
  if (!now.equals(one.hash)) return 'its files do not give its hash'
  const recorded = one.recorded ?? (one.recorded_files ? hashOf(one.recorded_files).toString('hex') : null)
  if (recorded === null) return 'the audit log does not know its publication'
  return recorded === now.toString('hex') ? null : 'the audit log has another hash of it'
}

/** The first four bytes of the signature line say which key it was (C2SP signed-note); hexadecimal. */
const keyIdOf = (note: string): string =>
  Buffer.from(note.trimEnd().split(' ').at(-1) ?? '', 'base64')
    .subarray(0, 4)
    .toString('hex')

function problemOf(one: Stored, keys: readonly KeyObject[]): string | null {
  const altered = alteredBy(one)
  if (altered !== null) return altered
  if (one.signature === null) return 'it is not signed yet'
  const read = readCheckpoint(one.signature, keys, RELEASE_ORIGIN)
  if (typeof read === 'string') return `its signature cannot be trusted: ${read}`
  const fits =
    Buffer.from(read.root).equals(rootOf(one)) &&
    read.size === Object.keys(one.files).length &&
    read.time === one.created_at.getTime() &&
    keyIdOf(one.signature) === one.key_id
  return fits ? null : 'its signature is of another release'
}

/** Proves every release, oldest first, with the keys that `home` trusts. Changes nothing. */
export async function proveReleases(pool: pg.Pool, home: string): Promise<readonly ReleaseProof[]> {
  const keys = trustedKeys(home)
  const all = await transaction(pool, { companies: [] }, async (tx) => {
    await tx.rows(EVERY_COMPANY)
    return await readReleases(tx, false)
  })
  return all.map((one) => {
    const { number, template, hash, key_id: key } = one
    return { number, template, hash: hash.toString('hex'), key, problem: problemOf(one, keys) }
  })
}

/**
 * Signs every release that waits for it, with the key of `home`, which is made when there is none. `problems` are
 * releases whose files are not those that were published: they stay unsigned. Refuses RELEASE_KEY_MISSING.
 */
export async function signReleases(
  pool: pg.Pool,
  home: string,
): Promise<{ readonly signed: readonly string[]; readonly problems: readonly string[] }> {
  return await transaction(pool, { companies: [] }, async (tx) => {
    const waiting = await tx.first(sql`select 1 from rollout.release where signature is null limit 1`)
    if (!waiting) return { signed: [], problems: [] }
    await tx.rows(EVERY_COMPANY)
    // Two workers would both sign; the second waits here and then finds nothing left.
    await tx.rows(sql`select pg_advisory_xact_lock(hashtext('rollout.release signature'))`)
    const all = await readReleases(tx, true)
    const key = await usableKey(tx, home)
    const good = all.filter((one) => alteredBy(one) === null)
    for (const one of good) {
      const size = Object.keys(one.files).length
      const about = { origin: RELEASE_ORIGIN, size, root: rootOf(one), time: one.created_at.getTime() }
      const note = signCheckpoint(about, key)
      await tx.run(
        sql`update rollout.release set signature = ${note}, key_id = ${keyIdOf(note)} where id = ${one.id} and signature is null`,
      )
    }
    const problems = all.flatMap((one) => {
      const altered = alteredBy(one)
      return altered === null ? [] : [`Release ${one.number} stays unsigned: ${altered}.`]
    })
    return { signed: good.map((one) => one.number), problems }
  })
}

/** A new key must not go on where a key that is missing here had signed: nobody could tell it from a forger's. */
async function usableKey(tx: Tx, home: string): Promise<KeyObject> {
  const newest = await tx.first(
    sql<{
      number: string
      signature: string
    }>`select number, signature from rollout.release where signature is not null order by created_at desc, id desc limit 1`,
  )
  if (newest) {
    const read = readCheckpoint(newest.signature, trustedKeys(home), RELEASE_ORIGIN)
    if (typeof read === 'string') refuse('RELEASE_KEY_MISSING', { number: newest.number, home, problem: read })
  }
  return signingKey(home)
}
