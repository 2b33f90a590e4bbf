// Ids into what people call them: the number, and the name of a document or a person. One request for a whole screen.
import { type TObject, Type } from '@sinclair/typebox'
import { type Context, may } from '#kernel/context'
import { join, name, type Sql, sql, transaction } from '#kernel/db'
import type { DocumentSpec } from '#kernel/document'
import type { ModuleSpec } from '#kernel/module'
import { T } from '#kernel/schema'
import { readPermission, within } from '../reading.ts'
import { type Call, inCompany, type Route } from '../route.ts'
import { titleOf } from './descriptions.ts'
import { documentsOf } from './subject.ts'

export type Named = { id: string; number: string; title: string | null; state: string }

const MOST = 500

/** One statement for the ids of one document. What the context may not see is simply not among the answers. */
export const namesOf = (doc: DocumentSpec, context: Context, ids: readonly string[]): Sql<Named> => {
  const title = titleOf(doc, context)
  return sql<Named>`select t.id, t.${name(doc.numbered)} as number, ${title ? sql`t.${name(title.column)}` : sql`null`}::text as title, t.state
    from ${name(doc.table)} t where ${join([sql`t.id = any(${ids}::uuid[])`, ...within(doc, context)], ' and ')}`
}

/** People are no documents; they are named as such. */
const PERSON = 'access.account'

/** People of the company by their name, and nothing else of them. Whoever reads no document at all is told nobody's. */
const peopleOf = (context: Context, ids: readonly string[]): Sql<Named> => sql<Named>`
  select a.id, a.name as number, a.name as title, case when a.disabled_at is null then 'active' else 'disabled' end as state from access.account a
   where a.id = any(${ids}::uuid[]) and exists (select from access.role_grant g
     where g.account_id = a.id and (g.company_id is null or g.company_id = ${context.companyId}))`

type Asked = { readonly entity: string; readonly names: Sql<Named> }

/** What is asked for and can be answered; unknown kinds, and those that the asker may not read, are left out. */
function askedFor(documents: ReadonlyMap<string, DocumentSpec>, { body }: Call, context: Context): readonly Asked[] {
  const readsAny = [...documents.values()].some((doc) => may(context, readPermission(doc)))
  return Object.entries(body).flatMap(([entity, given]) => {
    const ids = Array.isArray(given) ? given.map(String) : []
    const doc = documents.get(entity)
    if (entity === PERSON && readsAny) return [{ entity, names: peopleOf(context, ids) }]
    return doc && may(context, readPermission(doc)) ? [{ entity, names: namesOf(doc, context, ids) }] : []
  })
}

async function answer(documents: ReadonlyMap<string, DocumentSpec>, call: Call) {
  const context = call.context()
  const asked = askedFor(documents, call, context)
  const found = await transaction(
    call.kernel.pool,
    { companies: [context.companyId] },
    (tx) => Promise.all(asked.map(({ names }) => tx.rows(names))),
    { snapshot: true },
  )
  return { items: found.flatMap((rows, at) => rows.map((row) => ({ document: asked[at]?.entity, ...row }))) }
}

/**
 * Lists of ids by the name of a document. A name that nobody has is no reason to refuse the others, so any may stand
 * here; `properties` says which are answered. The check takes a record as one, and the router asks for an object.
 */
function idsByDocument(entities: readonly string[]): TObject {
  const places = entities.map((entity) => [entity, T.list(T.idOf(entity), MOST)])
  const any = Type.Record(Type.String({ pattern: '^[a-z][a-z0-9.-]{0,60}$' }), T.list(T.id(), MOST), {
    additionalProperties: false,
    properties: Object.fromEntries(places),
  })
  return any as unknown as TObject
}

/** POST /api/names, which changes nothing; a POST because a screen of ids is too long for an address. */
export function namesRoute(modules: readonly ModuleSpec[]): Route {
  const documents = documentsOf(modules)
  return {
    method: 'POST',
    url: '/api/names',
    operation: 'web.names',
    tag: 'web',
    summary: 'Numbers and names of documents and of people by id',
    needs: inCompany,
    body: idsByDocument([...documents.keys(), PERSON]),
    changes: false,
    handle: (call) => answer(documents, call),
  }
}
