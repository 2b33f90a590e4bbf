// Seals the audit log once a second: leaves in order, one Merkle tree over all of them, a signed head kept elsewhere too.

import type { KeyObject } from 'node:crypto'
import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type pg from 'pg'
import { ORIGIN, readCheckpoint, signingKey, trustedKeys } from '#kernel/audit-keys'
import { sql, type Tx, txOn } from '#kernel/db'
import { EVERY_COMPANY } from '#kernel/every-company'
import { appendToFrontier, type Frontier, frontierRoot, signCheckpoint } from '#kernel/merkle'
import { refusals } from '#kernel/refusal'

const refuse = refusals({
  AUDIT_KEY_MISSING: {
    text: 'The audit log of this database was signed with a key that {home} does not have ({problem}). Copy the folder "keys" from the home that signed it, or from the backup, into {home}; until then nothing is sealed.',
    kind: 'conflict',
    retry: 'no',
  },
})

/** What one round sealed: how many rows, and the head that was signed over them; null when there was nothing to do. */
export type Sealed = { rows: number; size: number; note: string }

export type Sealer = {
  /** Seals what is ready. Null when there is nothing, or when another sealer is at work. */
  seal(now: Date): Promise<Sealed | null>
}

const LEADER = 7_461_202
const BATCH = 20_000
const ANCHOR_EVERY = 60_000

/** Where heads are also written down, out of the reach of whoever can only change the database. */
export const anchorFile = (home: string): string => join(home, 'audit', 'checkpoints.txt')

/** A sealer that signs with the key of `home`. Refuses at its first round with AUDIT_KEY_MISSING. */
export function sealer(pool: pg.Pool, home: string): Sealer {
  let key: KeyObject | undefined
  let anchoredAt = Number.NEGATIVE_INFINITY
  return {
    async seal(now) {
      key ??= await usableKey(pool, home)
      const sealed = await inSnapshot(pool, (tx) => sealOnce(tx, now, key))
      if (sealed && now.getTime() - anchoredAt >= ANCHOR_EVERY) {
        anchoredAt = now.getTime()
        mkdirSync(dirname(anchorFile(home)), { recursive: true, mode: 0o700 })
        appendFileSync(anchorFile(home), `${sealed.note}\n`, { mode: 0o600 })
      }
      return sealed
    },
  }
}

/** A new key must not go on where a key that is missing here had signed: nobody could tell it from a forger's. */
async function usableKey(pool: pg.Pool, home: string): Promise<KeyObject> {
  const { rows } = await pool.query<{ note: string }>(
    'select note from kernel.audit_checkpoint order by size desc limit 1',
  )
  const note = rows[0]?.note
  if (note !== undefined) {
    const read = readCheckpoint(note, trustedKeys(home))
    if (typeof read === 'string') refuse('AUDIT_KEY_MISSING', { home, problem: read })
  }
  return signingKey(home)
}

/**
 * One snapshot for companies, leaves and horizon: a company that commits meanwhile is in all of them or in none.
 * A second sealer that comes in between fails to serialise, and leaves the round to the first.
 */
async function inSnapshot<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T | null>): Promise<T | null> {
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read')
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [LEADER])
    const result = rows[0]?.mine ? await work(txOn(client)) : null
    await client.query(result === null ? 'rollback' : 'commit')
    client.release()
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    const lostRace = error instanceof Error && 'code' in error && error.code === '40001'
    client.release(lostRace ? undefined : true)
    if (lostRace) return null
    throw error
  }
}

type Stored = { size: string; frontier: Buffer[]; txid: string }
type Leaf = { id: string; at_text: string; company_id: number; leaf: Buffer }

async function sealOnce(tx: Tx, now: Date, key: KeyObject | undefined): Promise<Sealed | null> {
  await tx.rows(EVERY_COMPANY)
  const stored = await tx.first(sql<Stored>`select size::text, frontier, txid::text from kernel.audit_frontier`)
  const from = stored?.txid ?? '0'
  const edge = await tx.first(sql<{ upto: string }>`select least(pg_snapshot_xmin(pg_current_snapshot()), (
      select (a.txid::text::numeric + 1)::text::xid8 from kernel.audit a where a.txid >= ${from}::xid8 order by a.txid offset ${BATCH} limit 1))::text as upto`)
  const upto = edge?.upto ?? from
  // Below the horizon every transaction has ended, so no row can still appear there.
  const leaves = await tx.rows(sql<Leaf>`select id, at::text as at_text, company_id, leaf from kernel.audit
    where txid >= ${from}::xid8 and txid < ${upto}::xid8 order by position`)
  if (leaves.length === 0 || !key) return null
  const before: Frontier = stored ? { size: Number(stored.size), hashes: stored.frontier } : { size: 0, hashes: [] }
  const after = appendToFrontier(
    before,
    leaves.map((one) => one.leaf),
  )
  const root = frontierRoot(after)
  const note = signCheckpoint({ origin: ORIGIN, size: after.size, root, time: now.getTime() }, key)
  await tx.run(sql`insert into kernel.audit_seal (seq, audit_id, audit_at, company_id, leaf)
    select ${before.size}::bigint + row_number() over (order by n), id, at, company_id, leaf
      from unnest(${leaves.map((one) => one.id)}::uuid[], ${leaves.map((one) => one.at_text)}::timestamptz[],
        ${leaves.map((one) => one.company_id)}::int[], ${leaves.map((one) => one.leaf)}::bytea[]) with ordinality as l (id, at, company_id, leaf, n)`)
  await tx.run(sql`insert into kernel.audit_frontier (only_row, size, frontier, txid) values (true, ${after.size}, ${[...after.hashes]}::bytea[], ${upto}::xid8)
    on conflict (only_row) do update set size = excluded.size, frontier = excluded.frontier, txid = excluded.txid`)
  await tx.run(
    sql`insert into kernel.audit_checkpoint (size, root, at, note) values (${after.size}, ${root}, ${now}, ${note})`,
  )
  return { rows: leaves.length, size: after.size, note }
}
