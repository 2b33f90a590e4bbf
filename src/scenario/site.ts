// The product at work on one scenario's database: real HTTP, real sign-ins, a clock that the scenario moves, and its events.
import { randomUUID } from 'node:crypto'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import type { ModuleSpec } from '#kernel/module'
import { type Reader, readersOf, relay } from '#kernel/relay'
import { startServer } from '../server.ts'
import type { AskedEvidence } from './evidence.ts'
import { fail } from './failure.ts'
import { emailOf, PASSWORD, type WorldCompany } from './world.ts'

export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

export type Asked = {
  readonly as: string
  readonly company: string
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** With a body it is a change, sent with an Idempotency-Key. */
  readonly body?: unknown
  readonly key?: string
}

export type Site = {
  readonly kernel: Kernel
  readonly now: () => Date
  ask(asked: Asked): Promise<Answer>
  /** Signs people in who have not been yet, so that what is measured is the work. */
  signIn(roles: readonly string[]): Promise<void>
  /** Lets time pass; everybody signs in again. */
  wait(milliseconds: number): void
  /** Lets every listener hear what happened, and what that made happen. */
  settle(): Promise<void>
  close(): Promise<void>
}

export type SiteOptions = {
  readonly url: string
  readonly modules: readonly ModuleSpec[]
  readonly start: Date
  /** Whose events are carried. */
  readonly companies: readonly WorldCompany[]
  /** Told of every request and its answer. */
  readonly onAsked?: (one: AskedEvidence) => void
}

const PLENTY = { burst: 1_000_000, perSecond: 1_000_000 }
/** Rounds after which events that make events are taken for a circle. */
const ROUNDS_MOST = 100

/** Starts the product on the database of `url`. */
export async function openSite({ url, modules, start, companies, onAsked }: SiteOptions): Promise<Site> {
  let now = start
  const faults: string[] = []
  const ids = companies.map((one) => one.id)
  const server = await startServer({
    url,
    port: 0,
    modules,
    clock: () => now,
    logLevel: 'error',
    logStream: { write: (line) => void faults.push(line) },
    limits: { perPrincipal: PLENTY, perAddress: PLENTY, everybody: PLENTY },
  })
  const { kernel, url: origin } = server
  const holder = randomUUID()
  const sessions = new Map<string, Promise<string>>()

  const sessionOf = (role: string): Promise<string> => {
    const known = sessions.get(role) ?? signIn(origin, role)
    sessions.set(role, known)
    return known
  }

  const idOf = (company: string) => String(companies.find((one) => one.code === company)?.id ?? company)

  let heard = '-1'
  async function settle(): Promise<void> {
    for (let round = 0; round < ROUNDS_MOST; round++) {
      const news = await newsSince(kernel, ids, heard)
      if (news.upto === null) return
      heard = news.upto
      // Whoever listens to none of it need not be woken.
      const topics = new Set(news.topics)
      const readers = readersOf(modules).filter((reader) => Object.keys(reader.on).some((topic) => topics.has(topic)))
      for (const reader of readers) await hear(reader)
    }
    fail('events make events without an end')
  }

  async function hear(reader: Reader): Promise<void> {
    const onParked = (event: { topic: string }, reason: string) =>
      fail(`${reader.name} could not digest ${event.topic}: ${reason}`)
    const listening = { kernel, reader, clock: () => now, holder, attempts: 1, onParked }
    while ((await relay(listening)).state !== 'idle');
  }

  return {
    kernel,
    now: () => now,
    settle,
    ask: async (asked) => {
      const answer = await send(origin, await sessionOf(asked.as), { ...asked, company: idOf(asked.company) })
      const { as, company, path, query, body } = asked
      onAsked?.({ as, company, path, sent: body ?? query ?? null, status: answer.status, answered: answer.body })
      if (answer.status === 500) fail(`the product had a fault: ${faults.at(-1)}`)
      return answer
    },
    signIn: async (roles) => {
      await Promise.all(roles.map(sessionOf))
    },
    wait: (milliseconds) => {
      now = new Date(now.getTime() + milliseconds)
      sessions.clear()
    },
    close: () => server.stop(),
  }
}

/** What was written to the outbox after a position: how far it goes now, null when nothing came, and about what. */
async function newsSince(
  kernel: Kernel,
  companies: readonly number[],
  position: string,
): Promise<{ upto: string | null; topics: readonly string[] }> {
  const row = await transaction(kernel.pool, { companies }, (tx) =>
    tx.first(sql<{ upto: string | null; topics: readonly string[] | null }>`
      select max(position)::text as upto, array_agg(distinct topic) as topics from kernel.outbox
       where company_id = any(${companies}::int[]) and position > ${position}::bigint`),
  )
  return { upto: row?.upto ?? null, topics: row?.topics ?? [] }
}

async function send(origin: string, cookie: string, asked: Asked): Promise<Answer> {
  const query = new URLSearchParams({ company: asked.company, ...asked.query })
  const answer = await fetch(`${origin}${asked.path}?${query}`, {
    method: asked.body === undefined ? 'GET' : 'POST',
    headers: {
      cookie,
      origin,
      ...(asked.body === undefined
        ? {}
        : { 'content-type': 'application/json', 'idempotency-key': asked.key ?? randomUUID() }),
    },
    ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
  })
  return { status: answer.status, body: objectOf(await answer.json()) }
}

async function signIn(origin: string, role: string): Promise<string> {
  const answer = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: emailOf(role), password: PASSWORD }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';', 1)[0]
  if (answer.status >= 300 || cookie === undefined) fail(`${role} cannot sign in: ${await answer.text()}`)
  await answer.arrayBuffer()
  return cookie ?? ''
}

/** A JSON object as a record; anything else under `value`. */
function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : { value }
}
