// Checks the audit log as an auditor would: every leaf again, every signed head, every anchor, and that nothing is missing.
import type { KeyObject } from 'node:crypto'
import type pg from 'pg'
import { type Finding, type Head, type Heads, readHeads } from '#kernel/audit-heads'
import { sql, type Tx, transaction } from '#kernel/db'
import { appendToFrontier, EMPTY_FRONTIER, type Frontier, frontierRoot } from '#kernel/merkle'
import { leafOf } from '#kernel/record'

/** `sealed` rows were recomputed; `waiting` ones are younger than the last seal and not yet protected. */
export type AuditVerdict = {
  ok: boolean
  sealed: number
  waiting: number
  checkpoints: number
  anchors: number
  findings: readonly Finding[]
}

export type AuditOptions = {
  readonly companies: readonly number[]
  readonly keys: readonly KeyObject[]
  /** Signed heads that were kept outside the database. */
  readonly anchors?: readonly string[]
  readonly progress?: (done: number, of: number) => void
}

const PAGE = 5_000
const FINDINGS_MOST = 20

/** Reads the whole log in one snapshot. Never changes anything; memory does not grow with the log. */
export async function verifyAudit(pool: pg.Pool, options: AuditOptions): Promise<AuditVerdict> {
  return await transaction(
    pool,
    { companies: options.companies },
    async (tx) => {
      const findings: Finding[] = []
      const { heads, rounds } = await readHeads(tx, options, findings)
      const { size, frontier } = await walk(tx, options, { heads, rounds }, findings)
      findings.push(...(await compareState(tx, size, frontier)), ...(await completeness(tx)))
      const waiting = await tx.first(sql<{ n: string }>`select count(*)::text as n from kernel.audit a
      where a.txid >= coalesce((select f.txid from kernel.audit_frontier f), '0')
        and not exists (select from kernel.audit_seal s where s.audit_id = a.id)`)
      return {
        ok: findings.length === 0,
        sealed: size,
        waiting: Number(waiting?.n ?? 0),
        checkpoints: heads.filter((one) => one.kept === 'database').length,
        anchors: heads.filter((one) => one.kept === 'outside').length,
        findings: findings.slice(0, FINDINGS_MOST),
      }
    },
    { snapshot: true },
  )
}

type Sealed = {
  seq: string
  audit_id: string
  sealed_leaf: Buffer
  leaf: Buffer | null
  payload: string | null
  position: string | null
  document: string | null
  document_id: string | null
  same: boolean | null
}

const pageAfter = (seq: number) => sql<Sealed>`
  select s.seq::text, s.audit_id, s.leaf as sealed_leaf, a.leaf, a.payload, a.position::text, a.document, a.document_id,
      (a.payload::jsonb ->> 'company')::int = a.company_id and a.payload::jsonb ->> 'actor' = a.actor_id::text
        and a.payload::jsonb ->> 'document' = a.document and a.payload::jsonb ->> 'id' = a.document_id::text
        and a.payload::jsonb ->> 'verb' = a.verb and (a.payload::jsonb ->> 'at')::timestamptz = a.at as same
    from kernel.audit_seal s
    left join kernel.audit a on a.company_id = s.company_id and a.at = s.audit_at and a.id = s.audit_id
   where s.seq > ${seq} order by s.seq limit ${PAGE}`

/** Recomputes leaves and roots from the first row to the last. */
async function walk(
  tx: Tx,
  options: AuditOptions,
  { heads, rounds }: Heads,
  findings: Finding[],
): Promise<{ size: number; frontier: Frontier }> {
  const total = Number((await tx.first(sql<{ n: string }>`select count(*)::text as n from kernel.audit_seal`))?.n ?? 0)
  let frontier: Frontier = EMPTY_FRONTIER
  let nextHead = 0
  let stretch: Stretch = { from: 1, position: -1n }
  let last = 0
  for (;;) {
    const page = await tx.rows(pageAfter(last))
    if (page.length === 0) break
    for (const row of page) {
      const finding = judge(row, last, stretch)
      if (finding) findings.push(finding)
      stretch.position = BigInt(row.position ?? stretch.position)
      last = Number(row.seq)
      // The leaf is made anew from what the row says today; only a row that is gone leaves us with what was sealed.
      frontier = appendToFrontier(frontier, [row.payload === null ? row.sealed_leaf : leafOf(row.payload)])
      for (let head = heads[nextHead]; head && head.size <= frontier.size; head = heads[++nextHead]) {
        if (head.size < frontier.size) continue
        if (Buffer.compare(frontierRoot(frontier), head.root) !== 0) findings.push(rootFinding(head, stretch))
      }
      if (rounds.has(frontier.size)) stretch = { from: frontier.size + 1, position: -1n }
    }
    options.progress?.(frontier.size, total)
  }
  const beyond = heads
    .slice(nextHead)
    .filter((head) => head.size > frontier.size)
    .at(-1)
  if (beyond) {
    const place = beyond.kept === 'outside' ? 'an anchor' : 'a checkpoint'
    findings.push({
      check: 'missing',
      size: beyond.size,
      problem: `${place} was signed over ${beyond.size} rows and only ${frontier.size} are left: the end was cut off`,
    })
  }
  return { size: frontier.size, frontier }
}

/** The rows of one round, which were sealed in position order, and the position of the latest of them. */
type Stretch = { from: number; position: bigint }

function judge(row: Sealed, last: number, stretch: Stretch): Finding | undefined {
  const seq = Number(row.seq)
  const where = {
    seq,
    auditId: row.audit_id,
    ...(row.document && row.document_id ? { document: row.document, documentId: row.document_id } : {}),
  }
  if (seq !== last + 1) return { ...where, check: 'gap', problem: `sealed row ${last + 1} is gone` }
  if (row.payload === null || row.leaf === null)
    return { ...where, check: 'row', problem: `audit row ${row.audit_id}, sealed as ${seq}, was deleted or moved` }
  if (!leafOf(row.payload).equals(row.leaf) || !row.leaf.equals(row.sealed_leaf))
    return {
      ...where,
      check: 'leaf',
      problem: `audit row ${row.audit_id}, sealed as ${seq}, was changed: its content no longer gives its leaf`,
    }
  if (row.same !== true)
    return {
      ...where,
      check: 'columns',
      problem: `audit row ${row.audit_id}, sealed as ${seq}, has columns that differ from what was signed`,
    }
  if (BigInt(row.position ?? -1) <= stretch.position)
    return {
      ...where,
      check: 'order',
      problem: `sealed row ${seq} stands after a row that was written later: the order was changed`,
    }
  return undefined
}

const rootFinding = (head: Head, stretch: Stretch): Finding => ({
  check: 'root',
  size: head.size,
  seq: stretch.from,
  problem: `the rows from ${stretch.from} to ${head.size} do not give the root that ${head.kept === 'outside' ? 'an anchor' : 'a checkpoint'} was signed over`,
})

/** What the sealer would go on from must be what was found. */
async function compareState(tx: Tx, size: number, frontier: Frontier): Promise<Finding[]> {
  const stored = await tx.first(
    sql<{ size: string; frontier: Buffer[] }>`select size::text, frontier from kernel.audit_frontier`,
  )
  const same = stored
    ? Number(stored.size) === size &&
      stored.frontier.every((hash, at) => hash.equals(Buffer.from(frontier.hashes[at] ?? [])))
    : size === 0
  const newest = await tx.first(
    sql<{ size: string | null }>`select max(size)::text as size from kernel.audit_checkpoint`,
  )
  return [
    ...(same
      ? []
      : [{ check: 'frontier', size, problem: `the tree's stored edge does not belong to its ${size} rows` }]),
    ...(Number(newest?.size ?? 0) === size
      ? []
      : [
          {
            check: 'checkpoint',
            size,
            problem: `the last checkpoint covers ${newest?.size ?? 0} rows and ${size} are sealed`,
          },
        ]),
  ]
}

/** A chain of hashes cannot show that a row was never written or came in from behind; these joins can (I47). */
async function completeness(tx: Tx): Promise<Finding[]> {
  const rows = await tx.rows(sql<{ problem: string; check: string; id: string; document: string; document_id: string }>`
    (select 'completeness' as check, 'an event has no audit row of the same transaction' as problem, o.id, o.topic as document, o.document_id
       from kernel.outbox o left join kernel.audit a on a.company_id = o.company_id and a.at = o.at and a.id = o.id and a.txid = o.txid
      where a.id is null limit ${FINDINGS_MOST})
    union all
    (select 'unsealed', 'the row lies before the sealed horizon and was never sealed: it came in from behind', a.id, a.document, a.document_id
       from kernel.audit a where a.txid < (select f.txid from kernel.audit_frontier f)
        and not exists (select from kernel.audit_seal s where s.audit_id = a.id) limit ${FINDINGS_MOST})`)
  return rows.map((row) => ({
    check: row.check,
    problem: `${row.document} ${row.document_id}: ${row.problem}`,
    auditId: row.id,
    documentId: row.document_id,
  }))
}
