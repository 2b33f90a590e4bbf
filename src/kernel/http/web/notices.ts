// The notices of the person who asks: newest first, a page at a time, with nothing of what he may no longer read.
import { type Context, may } from '#kernel/context'
import { type Sql, sql, type Tx, transaction } from '#kernel/db'
import type { ModuleSpec } from '#kernel/module'
import { T } from '#kernel/schema'
import { BOOLEAN, ID, INSTANT, INTEGER, listOf, objectOf, orNull, TEXT } from '../answers.ts'
import { readPermission } from '../reading.ts'
import { type Call, inCompany, type Route } from '../route.ts'
import { asReader, mute } from './mutes.ts'
import { type Named, namesOf } from './names.ts'
import { type Documents, documentsOf, namedSubject } from './subject.ts'

type Notice = {
  id: string
  at: Date
  kind: string
  document: string
  documentId: string
  readAt: Date | null
  by: string
  byName: string | null
  text: string | null
}

const PAGE = 50
const PAGE_MOST = 200
/** Counted up to here; a bell has no room for more. */
const COUNTED_MOST = 100

const mine = ({ companyId, principal }: Context): Sql =>
  sql`n.company_id = ${companyId} and n.account_id = ${principal.id}::uuid`

/** The documents of the notices that the asker may still read, by id. */
async function readable(tx: Tx, documents: Documents, context: Context, notices: readonly Notice[]) {
  const names = [...new Set(notices.map((notice) => notice.document))]
  const found = await Promise.all(
    names.flatMap((name) => {
      const doc = documents.get(name)
      if (!doc || !may(context, readPermission(doc))) return []
      const ids = notices.filter((notice) => notice.document === name).map((notice) => notice.documentId)
      return [tx.rows(namesOf(doc, context, ids))]
    }),
  )
  return new Map(found.flat().map((named) => [named.id, named]))
}

/** A notice as it goes out. Of what may no longer be read only that there was something, and when. */
function shown({ by, byName, text, ...notice }: Notice, named: Named | undefined) {
  const { id, at, kind, readAt } = notice
  const nothing = { document: null, documentId: null, number: null, title: null, by: null, text: null }
  if (!named) return { id, at, kind, readAt, hidden: true, ...nothing }
  return { ...notice, hidden: false, number: named.number, title: named.title, by: { id: by, name: byName }, text }
}

async function list(documents: Documents, { kernel, context, query }: Call) {
  const asked = context()
  const limit = typeof query.limit === 'number' ? query.limit : PAGE
  const unread = query.unread === true ? sql`n.read_at is null` : sql`true`
  const from = typeof query.after === 'string' ? query.after : null
  return await transaction(
    kernel.pool,
    { companies: [asked.companyId] },
    async (tx) => {
      await asReader(tx, asked)
      const counted = tx.first(sql<{ unread: number }>`select count(*)::int as unread from
        (select from kernel.notice n where ${mine(asked)} and n.read_at is null limit ${COUNTED_MOST}) counted`)
      const found =
        tx.rows(sql<Notice>`select n.id, n.at, n.kind, n.document, n.document_id as "documentId", n.read_at as "readAt",
          n.by_id as by, a.name as "byName", c.text
        from kernel.notice n left join access.account a on a.id = n.by_id
        left join kernel.comment c on c.company_id = n.company_id and c.id = n.cause_id
        where ${mine(asked)} and ${unread}
          and (${from}::uuid is null or (n.at, n.id) < (select o.at, o.id from kernel.notice o where o.company_id = ${asked.companyId} and o.id = ${from}::uuid))
        order by n.at desc, n.id desc limit ${limit + 1}`)
      const [count, rows] = await Promise.all([counted, found])
      const page = rows.slice(0, limit)
      const named = await readable(tx, documents, asked, page)
      const last = rows.length > limit ? page.at(-1)?.id : undefined
      const items = page.map((notice) => shown(notice, named.get(notice.documentId)))
      return { unread: count?.unread ?? 0, items, ...(last ? { next: last } : {}) }
    },
    { snapshot: true },
  )
}

/** Marks as read what is not; what is somebody else's is not there, and stays as it is. */
async function mark({ kernel, context }: Call, which: Sql) {
  const asked = context()
  const marked = await transaction(
    kernel.pool,
    { companies: [asked.companyId] },
    async (tx) => {
      await asReader(tx, asked)
      return await tx.run(sql`update kernel.notice n set read_at = ${asked.now}
        where ${mine(asked)} and n.read_at is null and ${which}`)
    },
    asked.dryRun ? { finish: 'rollback' } : {},
  )
  return { marked }
}

const one = objectOf({
  id: ID,
  at: INSTANT,
  kind: { type: 'string', enum: ['mention', 'answer', 'approved', 'rejected'] },
  readAt: orNull(INSTANT),
  hidden: { ...BOOLEAN, description: 'I may no longer read the document: nothing of it is told.' },
  document: orNull(TEXT),
  documentId: orNull(ID),
  number: orNull(TEXT),
  title: orNull(TEXT),
  by: { ...objectOf({ id: ID, name: orNull(TEXT) }), type: ['object', 'null'] },
  text: orNull(TEXT),
})

const page = objectOf({ unread: INTEGER, items: listOf(one), next: ID }, ['unread', 'items'])

const place = { tag: 'web', needs: inCompany } as const
const marks = objectOf({ marked: INTEGER })
const mutes = objectOf({ muted: BOOLEAN })

/** The routes under /api/notices. */
export function noticeRoutes(modules: readonly ModuleSpec[]): readonly Route[] {
  const documents = documentsOf(modules)
  return [
    {
      ...place,
      method: 'GET',
      url: '/api/notices',
      operation: 'web.notices',
      summary: 'My notices, the newest first, and how many I have not read',
      query: T.object({
        unread: T.optional(T.boolean()),
        limit: T.optional(T.integer(1, PAGE_MOST)),
        after: T.optional(T.idOf('kernel.notice')),
      }),
      answer: page,
      handle: (call) => list(documents, call),
    },
    {
      ...place,
      method: 'POST',
      url: '/api/notices/read',
      operation: 'web.read-notices',
      summary: 'Mark some of my notices as read',
      body: T.object({ notices: T.list(T.idOf('kernel.notice'), PAGE_MOST) }),
      answer: marks,
      handle: (call) => mark(call, sql`n.id = any(${call.body.notices}::uuid[])`),
    },
    {
      ...place,
      method: 'POST',
      url: '/api/notices/read-all',
      operation: 'web.read-all-notices',
      summary: 'Mark all my notices as read, or those up to an instant',
      body: T.object({ until: T.optional(T.instant()) }),
      answer: marks,
      handle: (call) =>
        mark(call, typeof call.body.until === 'string' ? sql`n.at <= ${call.body.until}::timestamptz` : sql`true`),
    },
    {
      ...place,
      method: 'POST',
      url: '/api/notices/mute',
      operation: 'web.mute-document',
      summary: 'Stop telling me of answers about one document; a mention is told all the same',
      body: T.object(namedSubject()),
      answer: mutes,
      handle: (call) => mute(documents, call, true),
    },
    {
      ...place,
      method: 'POST',
      url: '/api/notices/unmute',
      operation: 'web.unmute-document',
      summary: 'Tell me of answers about one document again',
      body: T.object(namedSubject()),
      answer: mutes,
      handle: (call) => mute(documents, call, false),
    },
  ]
}
