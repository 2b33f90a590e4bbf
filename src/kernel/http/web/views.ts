// Saved views: a list as somebody composed it, under a name, for himself or for everybody in the company.
import { may } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { BOOLEAN, ID, listOf, objectOf, TEXT } from '../answers.ts'
import { type Call, inCompany, type Route } from '../route.ts'

type View = {
  id: string
  document: string
  name: string
  shared: boolean
  own: boolean
  search: Record<string, string>
}

const documentName = () => ({ ...T.text(60), pattern: '^[a-z][a-z-]*\\.[a-z][a-z-]*$' })

/** Views of documents that the person may read: his own and the shared ones, by name. */
async function list({ kernel, context }: Call) {
  const asked = context()
  const items = await transaction(
    kernel.pool,
    { companies: [asked.companyId] },
    (tx) =>
      tx.rows(sql<View>`select id, document, name, shared, account_id = ${asked.principal.id}::uuid as own, search from kernel.saved_view
        where company_id = ${asked.companyId} and (shared or account_id = ${asked.principal.id}::uuid) order by lower(name), id limit 1000`),
    { snapshot: true },
  )
  return { items: items.filter((one) => may(asked, `${one.document}.read`)) }
}

/** Saves under a name; the same name again replaces what was there. */
async function save({ kernel, context, body }: Call) {
  const asked = context()
  const document = String(body.document)
  if (!may(asked, `${document}.read`)) refuseKernel('NOT_ALLOWED', { permission: `${document}.read` })
  return await transaction(kernel.pool, { companies: [asked.companyId] }, (tx) =>
    tx.first(sql<{
      id: string
    }>`insert into kernel.saved_view (company_id, id, account_id, document, name, shared, search, created_at)
      values (${asked.companyId}, ${newId()}::uuid, ${asked.principal.id}::uuid, ${document}, ${String(body.name).trim()}, ${body.shared === true},
        ${JSON.stringify(body.search)}::jsonb, ${asked.now})
      on conflict (company_id, account_id, document, lower(name)) do update set shared = excluded.shared, search = excluded.search
      returning id`),
  )
}

/** Removes one of one's own; somebody else's is not there. */
async function remove({ kernel, context, body }: Call) {
  const asked = context()
  const removed = await transaction(kernel.pool, { companies: [asked.companyId] }, (tx) =>
    tx.run(sql`delete from kernel.saved_view where company_id = ${asked.companyId} and id = ${String(body.view)}::uuid
      and account_id = ${asked.principal.id}::uuid`),
  )
  if (removed === 0) refuseKernel('NOT_FOUND', { document: 'view', id: String(body.view) })
  return { removed }
}

const place = { tag: 'web', needs: inCompany } as const

/** The routes under /api/views. */
export const viewRoutes: readonly Route[] = [
  {
    ...place,
    method: 'GET',
    url: '/api/views',
    operation: 'web.views',
    summary: 'My saved views and those of everybody',
    answer: objectOf({
      items: listOf(
        objectOf({
          id: ID,
          document: TEXT,
          name: TEXT,
          shared: BOOLEAN,
          own: BOOLEAN,
          search: { type: 'object', additionalProperties: TEXT },
        }),
      ),
    }),
    handle: list,
  },
  {
    ...place,
    method: 'POST',
    url: '/api/views',
    operation: 'web.save-view',
    summary: 'Save a view under a name',
    body: T.object({
      document: documentName(),
      name: { ...T.text(80), minLength: 1 },
      shared: T.optional(T.boolean()),
      search: T.object({
        q: T.optional(T.text(100)),
        sort: T.optional(T.text(80)),
        columns: T.optional(T.text(1_000)),
        group: T.optional(T.text(80)),
        filters: T.optional(T.text(4_000)),
      }),
    }),
    answer: objectOf({ id: ID }),
    handle: save,
  },
  {
    ...place,
    method: 'POST',
    url: '/api/views/remove',
    operation: 'web.remove-view',
    summary: 'Remove one of my views',
    body: T.object({ view: T.idOf('kernel.saved-view') }),
    answer: objectOf({ removed: { type: 'integer' } }),
    handle: remove,
  },
]
