// What happens, as it happens: each browser hears which documents of its company were touched, and reads them again itself.
import type { FastifyReply } from 'fastify'
import type { Access, SignedIn } from '#kernel/access'
import { grantsFor, warehousesOf } from '#kernel/context'
import { name, sql, transaction } from '#kernel/db'
import type { DocumentSpec } from '#kernel/document'
import type { ModuleSpec } from '#kernel/module'
import { type CookieMode, readCookie } from '../cookie.ts'
import { refuse } from '../refusals.ts'
import { type Call, inCompany, type Route } from '../route.ts'

/** Milliseconds between two looks at the outbox, and between two signs of life on a quiet line. */
const LOOK = 1_000
const ALIVE = 20_000
/** More at once are not told one by one: whoever hears of "many" reads everything again. */
const MOST = 500

type Happening = {
  companyId: number
  topic: string
  id: string
  to: string | null
  by: string | null
  byName: string | null
}

type Listener = { companyId: number; permissions(): Promise<SignedIn | undefined>; reply: FastifyReply; heard: number }

export type EventStream = { readonly route: Route; stop(): void }

/** Somebody whom a notice was written for. */
type Told = { companyId: number; accountId: string }

/** What was written since a snapshot, who was told of something, and the snapshot of now; both of one moment, so that nothing is missed or told twice. */
async function since(access: Access, companies: readonly number[], seen: string | undefined) {
  return await transaction(
    access.kernel.pool,
    { companies },
    async (tx) => {
      const now = tx.first(sql<{ now: string }>`select pg_current_snapshot()::text as now`)
      const rows =
        seen === undefined
          ? []
          : await tx.rows(sql<Happening>`
        select o.company_id as "companyId", o.topic, o.document_id as id, o.payload ->> 'to' as to, u.actor_id as by, a.name as "byName"
          from kernel.outbox o
          left join kernel.audit u on u.company_id = o.company_id and u.at = o.at and u.id = o.id
          left join access.account a on a.id = u.actor_id
         where o.txid >= pg_snapshot_xmin(${seen}::pg_snapshot) and not pg_visible_in_snapshot(o.txid, ${seen}::pg_snapshot)
           and o.company_id = any(${companies}::int[])
         order by o.position limit ${MOST + 1}`)
      const told =
        seen === undefined
          ? []
          : await tx.rows(sql<Told>`select company_id as "companyId", account_id as "accountId"
              from kernel.told_since(${seen}::pg_snapshot, ${companies}::int[])`)
      return { now: (await now)?.now, rows, told }
    },
    { snapshot: true },
  )
}

const line = (event: string, data: unknown): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** 'sales.order.confirm' is the verb confirm on sales.order. */
const parted = (topic: string) => {
  const at = topic.lastIndexOf('.')
  return { document: topic.slice(0, at), verb: topic.slice(at + 1) }
}

type Places = ReadonlyMap<string, string | null>
type Documents = ReadonlyMap<string, DocumentSpec>

/** The warehouses of the documents that were touched, for those whose rights end at a warehouse. */
async function placesOf(access: Access, documents: Documents, rows: readonly Happening[]): Promise<Places> {
  const asked = [...documents.values()].flatMap((doc) => {
    const ids = rows.filter((row) => parted(row.topic).document === doc.name).map((row) => row.id)
    return doc.narrow.warehouse && ids.length > 0 ? [{ doc, column: doc.narrow.warehouse, ids }] : []
  })
  const companies = [...new Set(rows.map((row) => row.companyId))]
  if (asked.length === 0) return new Map()
  const found = await transaction(
    access.kernel.pool,
    { companies },
    (tx) =>
      Promise.all(
        asked.map(({ doc, column, ids }) =>
          tx.rows(sql<{
            id: string
            place: string | null
          }>`select t.id, t.${name(column)} as place from ${name(doc.table)} t
            where t.company_id = any(${companies}::int[]) and t.id = any(${ids}::uuid[])`),
        ),
      ),
    { snapshot: true },
  )
  return new Map(found.flat().map(({ id, place }) => [id, place]))
}

/** Whether somebody may read the document that was touched. */
function mayHear(who: SignedIn, row: Happening, places: Places): boolean {
  const grants = grantsFor(who.principal, `${parted(row.topic).document}.read`, row.companyId)
  const warehouses = warehousesOf(grants)
  const place = places.get(row.id)
  return grants.length > 0 && (warehouses === null || !place || warehouses.includes(place))
}

type News = { rows: readonly Happening[]; told: readonly Told[]; places: Places; now: number }

/** Tells one listener what he may know; who he is and what he may is asked anew each time. */
async function tell(listener: Listener, { rows, told, places, now }: News): Promise<void> {
  const own = rows.filter((row) => row.companyId === listener.companyId)
  const bells = told.filter((one) => one.companyId === listener.companyId)
  const quiet = own.length === 0 && bells.length === 0
  if (quiet && now - listener.heard < ALIVE) return
  const who = await listener.permissions()
  const { raw } = listener.reply
  if (!who) {
    raw.end(line('ended', {}))
    return
  }
  listener.heard = now
  if (bells.some((one) => one.accountId === who.principal.id)) raw.write(line('notice', {}))
  if (quiet) raw.write(': still here\n\n')
  else if (rows.length > MOST) raw.write(line('many', {}))
  else
    for (const row of own) {
      const by = { id: row.by, name: row.byName }
      if (mayHear(who, row, places)) raw.write(line('did', { ...parted(row.topic), id: row.id, to: row.to, by }))
    }
}

/** The stream and its one look-out, which works only while somebody listens. */
export function eventStream(cookie: CookieMode, modules: readonly ModuleSpec[]): EventStream {
  const documents = new Map(modules.flatMap((module) => module.documents.map((doc) => [doc.name, doc])))
  const listeners = new Set<Listener>()
  let timer: NodeJS.Timeout | undefined
  let seen: string | undefined

  // While a look is under way `timer` stays set: whoever comes meanwhile must not start a second one, which would tell all twice.
  async function look(access: Access): Promise<void> {
    try {
      const companies = [...new Set([...listeners].map((one) => one.companyId))]
      const { now: mark, rows, told } = await since(access, companies, seen)
      seen = mark
      const now = access.clock().getTime()
      const places = rows.length > MOST ? new Map() : await placesOf(access, documents, rows)
      await Promise.all([...listeners].map((one) => tell(one, { rows, told, places, now })))
    } catch {
      // The database is away for a moment; `seen` stays, so what happened meanwhile is told afterwards.
    }
    if (listeners.size > 0) timer = setTimeout(() => void look(access), LOOK)
    else {
      timer = undefined
      seen = undefined
    }
  }

  function listen({ access, reply, context }: Call) {
    const { headers } = reply.request
    if (!headers.accept?.includes('text/event-stream'))
      refuse('REQUEST_INVALID', { problem: 'this is a stream; ask with Accept: text/event-stream.' })
    const { companyId, now } = context()
    const token = readCookie(headers.cookie, cookie)
    const key = headers.authorization?.split(' ')[1]
    const permissions = () =>
      key === undefined
        ? token === undefined
          ? Promise.resolve(undefined)
          : access.bySession(token)
        : access.byKey(key)
    const listener: Listener = { companyId, permissions, reply, heard: now.getTime() }
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value)
    // A stream that ends leaves nothing to keep its connection for; kept, it would hold up the server's own end.
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
      connection: 'close',
    })
    reply.raw.write('retry: 2000\n\n')
    listeners.add(listener)
    reply.raw.on('close', () => listeners.delete(listener))
    timer ??= setTimeout(() => void look(access), 0)
  }

  return {
    route: {
      method: 'GET',
      url: '/api/events',
      operation: 'web.events',
      tag: 'web',
      summary: 'What happens to documents that I may read, as server-sent events',
      needs: inCompany,
      produces: 'text/event-stream',
      handle: listen,
    },
    stop() {
      clearTimeout(timer)
      for (const { reply } of listeners) reply.raw.end()
      listeners.clear()
    },
  }
}
