// The reviewer agrees to what the approval matrix wants agreed, where a document has no verb of its own for that.
import { decide } from '#kernel/approvals'
import { sql, transaction } from '#kernel/db'
import { type Doing, REVIEWER } from './desk.ts'
import type { Work } from './work.ts'

/** Approves every pending step of these documents, in the order of the matrix. Safe to run again. */
export async function agreeTo({ desk }: Work, documents: readonly string[], doing: Doing): Promise<void> {
  const context = desk.context({ ...doing, by: REVIEWER })
  await transaction(desk.kernel.pool, { companies: [desk.companyId] }, async (tx) => {
    const pending = await tx.rows(sql<{ id: string }>`select id from kernel.approval
      where company_id = ${desk.companyId} and document_id = any(${documents}::uuid[]) and state = 'pending'
      order by document_id, sequence, role`)
    for (const one of pending) await decide(tx, context, one.id, 'approved')
  })
}
