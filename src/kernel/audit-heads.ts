// The signed heads of the audit log, those in the database and those that were kept elsewhere, each judged by its signature.
import type { KeyObject } from 'node:crypto'
import { readCheckpoint } from '#kernel/audit-keys'
import { sql, type Tx } from '#kernel/db'
import type { Checkpoint } from '#kernel/merkle'

/** One thing that is wrong: what, in words, and the audit row or head where it first shows. */
export type Finding = {
  check: string
  problem: string
  seq?: number
  auditId?: string
  document?: string
  documentId?: string
  size?: number
}

export type Head = Checkpoint & { kept: 'database' | 'outside' }

/** The heads that can be trusted, smallest first, and where each round of the sealer ended. */
export type Heads = { heads: readonly Head[]; rounds: ReadonlySet<number> }

/** Heads that cannot be trusted are findings. */
export async function readHeads(
  tx: Tx,
  { keys, anchors = [] }: { keys: readonly KeyObject[]; anchors?: readonly string[] },
  findings: Finding[],
): Promise<Heads> {
  const heads: Head[] = []
  const stored = await tx.rows(
    sql<{
      size: string
      root: Buffer
      note: string
    }>`select size::text, root, note from kernel.audit_checkpoint order by size`,
  )
  for (const row of stored) {
    const size = Number(row.size)
    const read = readCheckpoint(row.note, keys)
    if (typeof read === 'string')
      findings.push({ check: 'checkpoint', size, problem: `the checkpoint at ${size} rows cannot be trusted: ${read}` })
    else if (read.size !== size || Buffer.compare(read.root, row.root) !== 0) {
      findings.push({
        check: 'checkpoint',
        size,
        problem: `the checkpoint at ${size} rows says something else than what was signed`,
      })
    } else heads.push({ ...read, kept: 'database' })
  }
  for (const [at, note] of anchors.entries()) {
    const read = readCheckpoint(note, keys)
    if (typeof read === 'string')
      findings.push({ check: 'anchor', problem: `anchor ${at + 1} cannot be trusted: ${read}` })
    else heads.push({ ...read, kept: 'outside' })
  }
  return { heads: heads.sort((a, b) => a.size - b.size), rounds: new Set(stored.map((row) => Number(row.size))) }
}
