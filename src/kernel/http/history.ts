// The history of a document out of its audit leaves: who, when, what, from where to where, and why.
import type { Context } from '#kernel/context'
import { sql, type Tx } from '#kernel/db'
import type { DocumentSpec } from '#kernel/document'
import { findId } from './reading.ts'
import { hiddenNames, listedMembers, withListed, without } from './visible.ts'

/** One line of a history. `changes` are those that the command named; else `input` is what it was given. */
export type HistoryLine = {
  at: string
  by: { id: string; name: string | null }
  verb: string
  from: string | null
  to: string
  channel: string
  reason?: string
  changes?: unknown
  input?: unknown
}

const MOST = 1_000

/** The newest thousand lines, oldest first. Refuses NOT_FOUND as reading the document does. */
export async function readHistory(
  tx: Tx,
  doc: DocumentSpec,
  context: Context,
  key: string,
): Promise<readonly HistoryLine[]> {
  const id = await findId(tx, doc, context, key)
  const rows = await tx.rows(sql<{ at: Date; actor_id: string; actor: string | null; payload: string }>`
    select u.at, u.actor_id, a.name as actor, u.payload from kernel.audit u left join access.account a on a.id = u.actor_id
     where u.company_id = ${context.companyId} and u.document_id = ${id} and u.document = ${doc.name}
     order by u.position desc limit ${MOST}`)
  const hidden = hiddenNames(doc, context)
  const listed = listedMembers(doc)
  const shown = (value: unknown) => withListed(without(value, hidden), listed)
  return rows.reverse().map((row) => {
    const leaf: Record<string, unknown> = JSON.parse(row.payload)
    return {
      at: row.at.toISOString(),
      by: { id: row.actor_id, name: row.actor },
      verb: String(leaf.verb),
      from: typeof leaf.from === 'string' ? leaf.from : null,
      to: String(leaf.to),
      channel: String(leaf.channel),
      ...(typeof leaf.reason === 'string' ? { reason: leaf.reason } : {}),
      ...(leaf.changes === undefined ? {} : { changes: shown(leaf.changes) }),
      ...(leaf.input === undefined ? {} : { input: shown(leaf.input) }),
    }
  })
}
