// Where files beside documents are listed, brought, had and taken back; one set of addresses for documents of every kind.
import type { ModuleSpec } from '#kernel/module'
import { T } from '#kernel/schema'
import { BOOLEAN, ID, INSTANT, INTEGER, listOf, objectOf, orNull, TEXT } from '../answers.ts'
import { inCompany, type Route } from '../route.ts'
import { attach, download, list, takeBack } from './attachments.ts'
import { documentsOf, namedSubject } from './subject.ts'

const fact = { id: ID, name: TEXT, mediaType: TEXT, size: { ...INTEGER, description: 'In bytes.' } }

const item = objectOf({
  ...fact,
  at: INSTANT,
  by: objectOf({ id: ID, name: orNull(TEXT) }),
  takenBackAt: orNull(INSTANT),
  takenBackReason: orNull(TEXT),
  canTakeBack: BOOLEAN,
})

const place = { tag: 'web', needs: inCompany } as const

/** The routes under /api/attachments. */
export function attachmentRoutes(modules: readonly ModuleSpec[]): readonly Route[] {
  const documents = documentsOf(modules)
  return [
    {
      ...place,
      method: 'GET',
      url: '/api/attachments',
      operation: 'web.attachments',
      summary: 'The files beside a document that I may read',
      query: T.object(namedSubject()),
      answer: objectOf({ items: listOf(item) }),
      handle: (call) => list(documents, call),
    },
    {
      ...place,
      method: 'POST',
      url: '/api/attachments',
      operation: 'web.attach',
      summary: 'Keep a file beside a document; the body is the file itself',
      query: T.object({ ...namedSubject(), name: { ...T.text(1_000), minLength: 1 } }),
      file: true,
      answer: objectOf(fact),
      handle: (call) => attach(documents, call),
    },
    {
      ...place,
      method: 'GET',
      url: '/api/attachments/:attachment',
      operation: 'web.attachment',
      summary: 'A file beside a document that I may read, to be saved',
      params: T.object({ attachment: T.idOf('kernel.attachment') }),
      produces: 'application/octet-stream',
      handle: (call) => download(documents, call),
    },
    {
      ...place,
      method: 'POST',
      url: '/api/attachments/take-back',
      operation: 'web.take-back',
      summary: 'Take a file of mine back, within a day',
      body: T.object({
        attachment: T.idOf('kernel.attachment'),
        reason: { ...T.text(500), minLength: 1, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' },
      }),
      answer: objectOf({ id: ID }),
      handle: (call) => takeBack(documents, call),
    },
  ]
}
