// Comments on any document: said once, read by whoever may read the document, with the people whom they mention.
import { sql, transaction } from '#kernel/db'
import type { Document } from '#kernel/document'
import { newId } from '#kernel/ids'
import type { ModuleSpec } from '#kernel/module'
import { T } from '#kernel/schema'
import { ID, INSTANT, listOf, objectOf, orNull, TEXT } from '../answers.ts'
import { pathOf } from '../command-routes.ts'
import { findId, readPermission } from '../reading.ts'
import { type Call, holder, type Route } from '../route.ts'

type Comment = { id: string; at: Date; by: string; byName: string | null; text: string }

const MOST = 500

/** The newest comments of a document, oldest first. Refuses NOT_FOUND as reading the document does. */
async function list(doc: Document, { kernel, context, params }: Call) {
  const asked = context()
  const rows = await transaction(
    kernel.pool,
    { companies: [asked.companyId] },
    async (tx) => {
      const id = await findId(tx, doc, asked, params.id ?? '')
      return await tx.rows(sql<Comment>`select c.id, c.at, c.account_id as by, a.name as "byName", c.text
        from kernel.comment c left join access.account a on a.id = c.account_id
        where c.company_id = ${asked.companyId} and c.document_id = ${id}::uuid and c.document = ${doc.name}
        order by c.at desc, c.id desc limit ${MOST}`)
    },
    { snapshot: true },
  )
  return { items: rows.reverse().map(({ by, byName, ...rest }) => ({ ...rest, by: { id: by, name: byName } })) }
}

/** Says something about a document. It goes out as an event too, so that whoever looks at the document sees it. */
async function say(doc: Document, { kernel, context, params, body }: Call) {
  const asked = context()
  const own = newId()
  return await transaction(
    kernel.pool,
    { companies: [asked.companyId] },
    async (tx) => {
      const id = await findId(tx, doc, asked, params.id ?? '')
      await tx.run(sql`insert into kernel.comment (company_id, id, at, account_id, document, document_id, text)
        values (${asked.companyId}, ${own}::uuid, ${asked.now}, ${asked.principal.id}::uuid, ${doc.name}, ${id}::uuid, ${String(body.text).trim()})`)
      return { id: own }
    },
    asked.dryRun ? { finish: 'rollback' } : {},
  )
}

const item = objectOf({ id: ID, at: INSTANT, by: objectOf({ id: ID, name: orNull(TEXT) }), text: TEXT })

/** Two routes for each document, beside its history. */
export const commentRoutes = (modules: readonly ModuleSpec[]): readonly Route[] =>
  modules.flatMap((module) =>
    module.documents.flatMap((doc) => {
      const place = {
        url: `${pathOf(doc.name)}/:id/comments`,
        tag: module.name,
        needs: holder(readPermission(doc)),
        params: T.object({ id: { ...T.text(120), minLength: 1, 'x-entity': doc.name } }),
      }
      return [
        {
          ...place,
          method: 'GET' as const,
          operation: `${doc.name}.comments`,
          summary: `What people said about one ${doc.label.toLowerCase()}`,
          answer: objectOf({ items: listOf(item) }),
          handle: (call: Call) => list(doc, call),
        },
        {
          ...place,
          method: 'POST' as const,
          operation: `${doc.name}.comment`,
          summary: `Say something about one ${doc.label.toLowerCase()}`,
          body: T.object({ text: { ...T.text(2000), minLength: 1, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' } }),
          answer: objectOf({ id: ID }),
          handle: (call: Call) => say(doc, call),
        },
      ]
    }),
  )
