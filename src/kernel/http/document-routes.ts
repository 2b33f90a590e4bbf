// Reading any document: its list, one with its lines, and its history; derived from its description.
import { sql, type Tx, transaction } from '#kernel/db'
import type { Document } from '#kernel/document'
import type { ModuleSpec } from '#kernel/module'
import { T } from '#kernel/schema'
import { historySchema, oneSchema, pageSchema } from './answers.ts'
import type { Catalogue } from './catalogue.ts'
import { pathOf } from './command-routes.ts'
import { FILE_TYPE, fileOf, rowsOf, wantedFile } from './export.ts'
import { listQuery } from './filters.ts'
import { readHistory } from './history.ts'
import { countRows, planOf, readOne, readPage, readPermission } from './reading.ts'
import { type Call, holder, type Route } from './route.ts'
import { partsOf, visible } from './visible.ts'

const PAGE = 50

/** What the routes read at boot and use at each request. */
export type Known = { catalogue: Catalogue }

/** The routes for reading a module's documents. */
export const documentRoutes = (module: ModuleSpec, known: Known): readonly Route[] =>
  module.documents.flatMap((doc) => [
    listRoute(module.name, doc, known),
    oneRoute(module.name, doc, known),
    historyRoute(module.name, doc),
  ])

/** Reads in one snapshot of the company; a question that takes longer than 30 seconds is stopped. */
function read<T>(call: Call, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(
    call.kernel.pool,
    { companies: [call.context().companyId] },
    async (tx) => {
      const bounded = tx.run(sql`select set_config('statement_timeout', '30s', true)`)
      const [result] = await Promise.all([work(tx), bounded])
      return result
    },
    { snapshot: true },
  )
}

function listRoute(tag: string, doc: Document, known: Known): Route {
  return {
    method: 'GET',
    url: pathOf(doc.name),
    operation: `${doc.name}.list`,
    tag,
    summary: `List: ${doc.label.toLowerCase()}`,
    needs: holder(readPermission(doc)),
    answer: pageSchema(doc),
    query: listQuery(doc, ['json', 'csv', 'xlsx']),
    async handle(call) {
      const plan = planOf(doc, known.catalogue, call.context(), call.query)
      const file = wantedFile(call.query.format, call.reply.request.headers.accept)
      if (file) {
        const columns = visible(partsOf(doc), call.context()).map((part) => ({
          name: part.name,
          kind: part.field.kind,
        }))
        const bytes = await read(call, (tx) => fileOf(file, columns, rowsOf(tx, doc, plan, file)))
        return call.reply
          .type(FILE_TYPE[file])
          .header('content-disposition', `attachment; filename="${doc.name}.${file}"`)
          .send(bytes)
      }
      const limit = typeof call.query.limit === 'number' ? call.query.limit : PAGE
      return await read(call, async (tx) => {
        const [page, total] = await Promise.all([
          readPage(tx, doc, plan, limit),
          call.query.total === 'true' ? countRows(tx, doc, plan) : {},
        ])
        return { items: page.items, ...(page.next ? { next: page.next } : {}), ...total }
      })
    },
  }
}

const key = () => T.object({ id: { ...T.text(120), description: 'The id or the number.' } })

function oneRoute(tag: string, doc: Document, known: Known): Route {
  return {
    method: 'GET',
    url: `${pathOf(doc.name)}/:id`,
    operation: `${doc.name}.get`,
    tag,
    summary: `One ${doc.label.toLowerCase()} with its lines`,
    needs: holder(readPermission(doc)),
    answer: oneSchema(doc),
    params: withEntity(doc.name),
    handle: (call) => read(call, (tx) => readOne(tx, doc, known.catalogue, call.context(), call.params.id ?? '')),
  }
}

function historyRoute(tag: string, doc: Document): Route {
  return {
    method: 'GET',
    url: `${pathOf(doc.name)}/:id/history`,
    operation: `${doc.name}.history`,
    tag,
    summary: `Who did what to one ${doc.label.toLowerCase()}, and when`,
    needs: holder(readPermission(doc)),
    answer: historySchema,
    params: withEntity(doc.name),
    handle: (call) =>
      read(call, async (tx) => ({ items: await readHistory(tx, doc, call.context(), call.params.id ?? '') })),
  }
}

/** The schema of the `:id` of a document. */
function withEntity(entity: string) {
  const schema = key()
  return { ...schema, properties: { id: { ...schema.properties.id, minLength: 1, 'x-entity': entity } } }
}
