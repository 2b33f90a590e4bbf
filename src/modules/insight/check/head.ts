// The newest signed head of the audit log, and whether the sealed leaves still lead to its root.
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { appendToFrontier, EMPTY_FRONTIER, type Frontier, frontierRoot } from '#kernel/merkle'

/** `size` rows are sealed under the head, `waiting` are younger; `signature` is the line that signs, for whoever holds the key. */
export type SealedHead = {
  readonly size: number
  readonly at: string
  readonly root: string
  readonly signature: string
  readonly checkpoints: number
  readonly waiting: number
  readonly rootFits: boolean
}

const PAGE = 20_000

type Stored = { size: string; at: string; root: Buffer; note: string; checkpoints: number; waiting: number }

/** Undefined before anything was sealed. Reads all sealed leaves in one snapshot; memory does not grow with their number. */
export async function sealedHead(kernel: Kernel, companies: readonly number[]): Promise<SealedHead | undefined> {
  return await transaction(
    kernel.pool,
    { companies },
    async (tx) => {
      const stored =
        await tx.first(sql<Stored>`select c.size::text, to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, c.root, c.note,
          (select count(*)::int from kernel.audit_checkpoint) as checkpoints, (select count(*)::int from kernel.audit a where a.txid >= coalesce((select f.txid from kernel.audit_frontier f), '0')
             and not exists (select from kernel.audit_seal s where s.audit_id = a.id)) as waiting
        from kernel.audit_checkpoint c order by c.size desc limit 1`)
      if (!stored) return undefined
      const size = Number(stored.size)
      let frontier: Frontier = EMPTY_FRONTIER
      for (;;) {
        const leaves = await tx.rows(sql<{ leaf: Buffer }>`select leaf from kernel.audit_seal
          where seq > ${frontier.size} and seq <= ${size} order by seq limit ${PAGE}::int`)
        if (leaves.length === 0) break
        frontier = appendToFrontier(
          frontier,
          leaves.map((one) => one.leaf),
        )
      }
      return {
        size,
        at: stored.at,
        root: stored.root.toString('base64'),
        signature: stored.note.split('\n').findLast((line) => line.startsWith('— ')) ?? '',
        checkpoints: stored.checkpoints,
        waiting: stored.waiting,
        rootFits: frontier.size === size && Buffer.compare(frontierRoot(frontier), stored.root) === 0,
      }
    },
    { snapshot: true },
  )
}
