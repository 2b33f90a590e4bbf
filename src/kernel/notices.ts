// Tells people what concerns them, in the transaction of its cause. Nobody is told of what he did himself.
import type { Context } from '#kernel/context'
import { sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'

/** Somebody was mentioned in a comment, a comment of his was answered, or what he asked for was decided. */
export type NoticeKind = 'mention' | 'answer' | 'approved' | 'rejected'

/** What is told about a document. `causeId` is the comment or the approval; `to` are accounts. */
export type Told = { kind: NoticeKind; document: string; documentId: string; causeId: string; to: readonly string[] }

/** Writes a notice for each person among `to`; machines have no bell, and who muted the document hears of no answer. */
export async function tell(tx: Tx, context: Context, told: Told): Promise<void> {
  const to = [...new Set(told.to)].filter((account) => account !== context.principal.id)
  if (to.length === 0) return
  await tx.run(sql`insert into kernel.notice (company_id, id, at, account_id, kind, document, document_id, cause_id, by_id)
    select ${context.companyId}, d.id, ${context.now}, a.id, ${told.kind}, ${told.document}, ${told.documentId}::uuid, ${told.causeId}::uuid,
        ${context.principal.id}::uuid
      from unnest(${to}::uuid[], ${to.map(() => newId())}::uuid[]) as d (account, id)
      join access.account a on a.id = d.account and a.kind = 'person'
      where ${told.kind} <> 'answer' or d.account not in (select kernel.muted_by(${context.companyId}, ${told.documentId}::uuid, ${to}::uuid[]))`)
}
