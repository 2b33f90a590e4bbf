// Whether answers about a document are told to somebody: he stops them for himself, and has them again when he likes.
import type { Context } from '#kernel/context'
import { sql, type Tx, transaction } from '#kernel/db'
import type { Call } from '../route.ts'
import { type Documents, standingOf, subjectOf } from './subject.ts'

/** One's own notices and mutes only: the policies of their tables read who it is from here. */
export const asReader = (tx: Tx, { principal }: Context): Promise<unknown> =>
  tx.run(sql`select set_config('tw.reader', ${principal.id}, true)`)

/** Whether the asker muted a document of this id. */
export async function isMuted(tx: Tx, asked: Context, documentId: string): Promise<boolean> {
  await asReader(tx, asked)
  const found = await tx.first(sql`select 1 as there from kernel.notice_mute m
    where m.company_id = ${asked.companyId} and m.account_id = ${asked.principal.id}::uuid and m.document_id = ${documentId}::uuid`)
  return found !== undefined
}

/**
 * Mutes a document for the asker, or tells him of it again; what is so already stays so. Refuses NOT_ALLOWED and
 * NOT_FOUND as reading the document does.
 */
export async function mute(documents: Documents, { kernel, context, body }: Call, muted: boolean) {
  const asked = context()
  const doc = subjectOf(documents, asked, String(body.document))
  return await transaction(
    kernel.pool,
    { companies: [asked.companyId] },
    async (tx) => {
      const { id } = await standingOf(tx, doc, asked, String(body.id))
      await asReader(tx, asked)
      if (muted)
        await tx.run(sql`insert into kernel.notice_mute (company_id, account_id, document, document_id, since)
          values (${asked.companyId}, ${asked.principal.id}::uuid, ${doc.name}, ${id}::uuid, ${asked.now}) on conflict do nothing`)
      else
        await tx.run(sql`delete from kernel.notice_mute m where m.company_id = ${asked.companyId}
          and m.account_id = ${asked.principal.id}::uuid and m.document_id = ${id}::uuid`)
      return { muted }
    },
    asked.dryRun ? { finish: 'rollback' } : {},
  )
}
