// What people talk about: one document that the asker may read, how it stands, and the name under which talk is kept.
import { type Context, may } from '#kernel/context'
import { join, name, sql, type Tx } from '#kernel/db'
import type { Document, DocumentSpec, Verb } from '#kernel/document'
import type { ModuleSpec } from '#kernel/module'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { findId, readPermission, within } from '../reading.ts'

export type Documents = ReadonlyMap<string, Document>

export const documentsOf = (modules: readonly ModuleSpec[]): Documents =>
  new Map(modules.flatMap((module) => module.documents.map((doc) => [doc.name, doc])))

/** How a request names the document: its kind, and its id or number. */
export const namedSubject = () => ({
  document: { ...T.text(60), pattern: '^[a-z][a-z-]*\\.[a-z][a-z-]*$' },
  id: { ...T.text(120), minLength: 1 },
})

/** The document of that name. Refuses NOT_ALLOWED when the asker may read none such, whether it exists or not. */
export function subjectOf(documents: Documents, context: Context, wanted: string): Document {
  const doc = documents.get(wanted)
  return doc && may(context, readPermission(doc))
    ? doc
    : refuseKernel('NOT_ALLOWED', { permission: `${wanted.slice(0, 60)}.read` })
}

/** A document as talk about it needs it; `warehouse` narrows who may read it. */
export type Standing = { id: string; state: string; warehouse: string | null }

/** How a document stands that the asker may see, by id or number. Refuses NOT_FOUND as reading it does. */
export async function standingOf(tx: Tx, doc: DocumentSpec, context: Context, key: string): Promise<Standing> {
  const id = await findId(tx, doc, context, key)
  const warehouse = doc.narrow.warehouse ? sql`t.${name(doc.narrow.warehouse)}::text` : sql`null::text`
  const row = await tx.first(sql<Standing>`select t.id, t.state, ${warehouse} as warehouse from ${name(doc.table)} t
    where ${join([sql`t.id = ${id}::uuid`, ...within(doc, context)], ' and ')}`)
  return row ?? refuseKernel('NOT_FOUND', { document: doc.label.toLowerCase(), id: key })
}

/** Talk about a document is no verb of it and moves it nowhere, but is recorded like one, under this name. */
export const talk = (doc: Document, verb: 'comment' | 'attach' | 'take-back'): Verb => ({
  document: doc,
  verb,
  may: `${doc.name}.${verb}`,
  from: null,
  to: doc.states,
})

/** What `record` is told of talk: the document stays where it is. */
export const unmoved = ({ id, state }: Standing) => ({ id, from: state, to: state })
