// Comments on any document: said once, read by whoever may read the document, with the people whom they mention.
import { type Access, administerOpenly } from '#kernel/access'
import type { Context } from '#kernel/context'
import { sql, type Tx, transaction } from '#kernel/db'
import type { Document } from '#kernel/document'
import { newId } from '#kernel/ids'
import type { ModuleSpec } from '#kernel/module'
import { tell } from '#kernel/notices'
import { refusals } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { BOOLEAN, ID, INSTANT, listOf, objectOf, orNull, TEXT } from '../answers.ts'
import { pathOf } from '../command-routes.ts'
import { findId, readPermission } from '../reading.ts'
import { type Call, holder, type Route } from '../route.ts'
import { isMuted } from './mutes.ts'
import { readersAmong, type Subject } from './people.ts'
import { standingOf, talk, unmoved } from './subject.ts'

const refuse = refusals({
  // One sentence for nobody and for somebody without the right: it tells nothing about who has an account.
  MENTION_UNKNOWN: {
    text: 'Somebody who is mentioned is nobody who may read this {document}. Choose people from the list that @ opens.',
    kind: 'invalid',
  },
})

type Person = { id: string; name: string }
type Comment = { id: string; at: Date; by: string; byName: string | null; text: string; mentions: readonly Person[] }

const MOST = 500
const MENTIONED_MOST = 20
/** Those who said one of so many last things about a document hear of the next one. */
const TALKED_LATELY = 20

/** The newest comments of a document, oldest first, and whether the asker muted it. Refuses NOT_FOUND as reading the document does. */
async function list(doc: Document, { kernel, context, params }: Call) {
  const asked = context()
  const { rows, muted } = await transaction(
    kernel.pool,
    { companies: [asked.companyId] },
    async (tx) => {
      const id = await findId(tx, doc, asked, params.id ?? '')
      const found = tx.rows(sql<Comment>`select c.id, c.at, c.account_id as by, a.name as "byName", c.text,
          coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name) order by m.name, m.id)
            from access.account m where m.id = any(c.mentions)), '[]'::jsonb) as mentions
        from kernel.comment c left join access.account a on a.id = c.account_id
        where c.company_id = ${asked.companyId} and c.document_id = ${id}::uuid and c.document = ${doc.name}
        order by c.at desc, c.id desc limit ${MOST}`)
      const [rows, muted] = await Promise.all([found, isMuted(tx, asked, id)])
      return { rows, muted }
    },
    { snapshot: true },
  )
  return { muted, items: rows.reverse().map(({ by, byName, ...rest }) => ({ ...rest, by: { id: by, name: byName } })) }
}

/** What is said: about which document, by id or number, in which words, to whom. */
export type Saying = { readonly document: string; readonly text: string; readonly mentions: readonly string[] }

/**
 * Says something about a document, once for each key. Refuses MENTION_UNKNOWN when one of the people mentioned may not
 * read the document. It goes out as an event, so that whoever looks at the document sees it.
 */
export async function comment(access: Access, asked: Context, doc: Document, saying: Saying): Promise<object> {
  const { document: about, text, mentions } = saying
  return await administerOpenly(access, asked, talk(doc, 'comment'), saying, async (tx) => {
    const standing = await standingOf(tx, doc, asked, about)
    const subject = { access, context: asked, doc, standing }
    if ((await readersAmong(tx, subject, mentions)).length < mentions.length)
      refuse('MENTION_UNKNOWN', { document: doc.label.toLowerCase() })
    const answered = await talkers(tx, subject)
    const own = newId()
    await tx.run(sql`insert into kernel.comment (company_id, id, at, account_id, document, document_id, text, mentions)
      values (${asked.companyId}, ${own}::uuid, ${asked.now}, ${asked.principal.id}::uuid, ${doc.name}, ${standing.id}::uuid, ${text}, ${mentions}::uuid[])`)
    const told = { document: doc.name, documentId: standing.id, causeId: own }
    await tell(tx, asked, { ...told, kind: 'mention', to: mentions })
    await tell(tx, asked, { ...told, kind: 'answer', to: answered.filter((id) => !mentions.includes(id)) })
    return { ...unmoved(standing), changes: { comment: own, mentions }, answer: { id: own }, kept: { id: own } }
  })
}

const say = (doc: Document, { access, context, params, body }: Call): Promise<object> => {
  const mentions = Array.isArray(body.mentions) ? [...new Set(body.mentions.map(String))] : []
  return comment(access, context(), doc, { document: params.id ?? '', text: String(body.text).trim(), mentions })
}

/** Who lately said something about the document and may still read it. */
async function talkers(tx: Tx, subject: Subject): Promise<readonly string[]> {
  const { context, doc, standing } = subject
  const rows = await tx.rows(sql<{
    id: string
  }>`select distinct said.id from (select account_id as id from kernel.comment
    where company_id = ${context.companyId} and document_id = ${standing.id}::uuid and document = ${doc.name}
    order by at desc, id desc limit ${TALKED_LATELY}) said where said.id <> ${context.principal.id}::uuid`)
  const readers = await readersAmong(
    tx,
    subject,
    rows.map((row) => row.id),
  )
  return readers.map((reader) => reader.id)
}

const item = objectOf({
  id: ID,
  at: INSTANT,
  by: objectOf({ id: ID, name: orNull(TEXT) }),
  text: TEXT,
  mentions: listOf(objectOf({ id: ID, name: TEXT })),
})

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
          answer: objectOf({ muted: BOOLEAN, items: listOf(item) }),
          handle: (call: Call) => list(doc, call),
        },
        {
          ...place,
          method: 'POST' as const,
          operation: `${doc.name}.comment`,
          summary: `Say something about one ${doc.label.toLowerCase()}`,
          body: T.object({
            text: { ...T.text(2000), minLength: 1, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' },
            mentions: T.optional(T.list(T.idOf('access.account'), MENTIONED_MOST, 0)),
          }),
          answer: objectOf({ id: ID }),
          handle: (call: Call) => say(doc, call),
        },
      ]
    }),
  )
