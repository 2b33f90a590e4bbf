// Ids into what people call them: the number, and the name where a document has one. One request for a whole screen.
import { type Context, may } from '#kernel/context'
import { join, name, type Sql, sql, transaction } from '#kernel/db'
import type { DocumentSpec } from '#kernel/document'
import type { ModuleSpec } from '#kernel/module'
import { T } from '#kernel/schema'
import { readPermission, within } from '../reading.ts'
import { type Call, inCompany, type Route } from '../route.ts'
import { titleOf } from './descriptions.ts'

export type Named = { id: string; number: string; title: string | null; state: string }

const MOST = 500

/** One statement for the ids of one document. What the context may not see is simply not among the answers. */
export const namesOf = (doc: DocumentSpec, context: Context, ids: readonly string[]): Sql<Named> => {
  const title = titleOf(doc, context)
  return sql<Named>`select t.id, t.${name(doc.numbered)} as number, ${title ? sql`t.${name(title.column)}` : sql`null`}::text as title, t.state
    from ${name(doc.table)} t where ${join([sql`t.id = any(${ids}::uuid[])`, ...within(doc, context)], ' and ')}`
}

async function answer(documents: ReadonlyMap<string, DocumentSpec>, call: Call) {
  const context = call.context()
  const wanted = Object.entries(call.body).flatMap(([entity, ids]) => {
    const doc = documents.get(entity)
    return doc && Array.isArray(ids) && may(context, readPermission(doc)) ? [{ doc, ids: ids.map(String) }] : []
  })
  const found = await transaction(
    call.kernel.pool,
    { companies: [context.companyId] },
    (tx) => Promise.all(wanted.map(({ doc, ids }) => tx.rows(namesOf(doc, context, ids)))),
    { snapshot: true },
  )
  return { items: found.flatMap((rows, at) => rows.map((row) => ({ document: wanted[at]?.doc.name, ...row }))) }
}

/** POST /api/names, which changes nothing; a POST because a screen of ids is too long for an address. */
export function namesRoute(modules: readonly ModuleSpec[]): Route {
  const documents = new Map(modules.flatMap((module) => module.documents.map((doc) => [doc.name, doc])))
  const places = [...documents.keys()].map((entity) => [entity, T.optional(T.list(T.idOf(entity), MOST))])
  return {
    method: 'POST',
    url: '/api/names',
    operation: 'web.names',
    tag: 'web',
    summary: 'Numbers and names of documents by id',
    needs: inCompany,
    body: T.object(Object.fromEntries(places)),
    changes: false,
    handle: (call) => answer(documents, call),
  }
}
