// Whatever is sent to whichever verb: a refusal with a code and a sentence, never a fault, and not a row is different.
import { connect } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { modules } from '../../src/modules/index.ts'
import { guarded, type Operation, operationsOf, sample } from '../security/support/api.ts'
import { difference, fingerprint } from '../security/support/effects.ts'
import { badBodies, complaint } from './support/bad-values.ts'
import type { Client } from './support/client.ts'
import { type DemoSite, demoSite } from './support/demo-site.ts'

const AT_ONCE = 8
const LONG = 240_000

let site: DemoSite
let client: Client
let key = ''
let operations: readonly Operation[] = []
const ids: Record<1 | 2, Map<string, string>> = { 1: new Map(), 2: new Map() }

beforeAll(async () => {
  site = await demoSite()
  ;({ client, key } = await site.machine(site.companies[0]?.id ?? 1))
  const sources: readonly (readonly [string, string])[] = [
    ...modules.flatMap((module) => module.documents.map((doc) => [doc.name, doc.table] as const)),
    ['sales.order-line', 'sales.order_line'],
  ]
  for (const [entity, table] of sources) {
    const { rows } = await site.admin.query(
      `select x.id, coalesce((to_jsonb(x) ->> 'company_id')::int, 0) as company from ${table} x`,
    )
    // Whoever buys at both companies has one id in both.
    const in1 = new Set(rows.filter((row) => row.company !== 2).map((row) => row.id))
    const one = rows.find((row) => row.company === 1 || row.company === 0)?.id
    const two = rows.find((row) => row.company === 2 && !in1.has(row.id))?.id
    if (one) ids[1].set(entity, one)
    if (two) ids[2].set(entity, two)
  }
  operations = guarded(await operationsOf(client)).filter((one) => one.method === 'POST' && one.body)
}, LONG)

const NOBODY = '01890a5d-ac96-774b-bcce-b302099a8057'
const own = (entity: string): string => ids[1].get(entity) ?? NOBODY
const foreign = (entity: string): string | undefined => {
  const theirs = ids[2].get(entity)
  return theirs === ids[1].get(entity) ? undefined : theirs
}

/** Runs tasks a few at a time. */
async function inParallel<T>(tasks: readonly T[], work: (task: T) => Promise<void>): Promise<void> {
  const waiting = [...tasks]
  const worker = async () => {
    for (let task = waiting.pop(); task !== undefined; task = waiting.pop()) await work(task)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

describe('every verb', () => {
  test(
    'refuses every wrong body with a code and a sentence, and changes nothing',
    async () => {
      const wrong: string[] = []
      let tried = 0
      const before = await fingerprint(site.admin)
      for (const operation of operations) {
        const schema = operation.body ?? {}
        const bodies = badBodies(schema, sample(schema, own), foreign)
        await inParallel(bodies, async ({ what, raw }) => {
          tried++
          const answer = await client(`${operation.path}?company=ALPHA`, { method: 'POST', raw })
          const no = complaint(answer)
          if (no) wrong.push(`${operation.id}: ${what}: ${no}`)
        })
      }
      const changed = difference(before, await fingerprint(site.admin))
      expect(wrong.sort(), `${tried} tried`).toEqual([])
      expect(changed).toEqual([])
      expect(tried).toBeGreaterThan(10_000)
    },
    LONG,
  )

  test(
    'refuses what is no JSON, what is too large, and what ends before its end',
    async () => {
      const wrong: string[] = []
      const before = await fingerprint(site.admin)
      const raw = (operation: Operation) => JSON.stringify(sample(operation.body ?? {}, own))
      await inParallel(operations, async (operation) => {
        const path = `${operation.path}?company=ALPHA`
        for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
          const answer = await client(path, { method: 'POST', raw: raw(operation), headers: { 'content-type': type } })
          if (answer.status !== 415 || answer.body.code !== 'CONTENT_TYPE_UNKNOWN' || complaint(answer))
            wrong.push(`${operation.id} as ${type}: ${answer.status} ${answer.text.slice(0, 100)}`)
        }
        const large = await half(path, raw(operation), 900_000_000)
        if (!large.includes('413 Payload Too Large') || !large.includes('"BODY_TOO_LARGE"'))
          wrong.push(`${operation.id}, too large: ${large.slice(0, 100)}`)
        const short = await half(path, raw(operation))
        if (/^HTTP\/1.1 [25]/.test(short)) wrong.push(`${operation.id}, cut short: ${short.slice(0, 100)}`)
      })
      expect(wrong).toEqual([])
      expect(difference(before, await fingerprint(site.admin))).toEqual([])
      expect((await client('/healthz')).status).toBe(200)
    },
    LONG,
  )
})

/** Sends half of a body under the length of the whole (or another), and hangs up; what came back until then. */
function half(path: string, raw: string, length?: number): Promise<string> {
  const { port } = new URL(site.origin)
  const bytes = Buffer.from(raw)
  const head = `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: ${length ?? bytes.length}\r\n\r\n`
  return new Promise((resolve) => {
    let said = ''
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(head)
      socket.write(bytes.subarray(0, Math.ceil(bytes.length / 2)))
      if (length === undefined) socket.end()
    })
    socket.on('data', (piece) => {
      said += String(piece)
      if (said.endsWith('}')) socket.end()
    })
    socket.on('close', () => resolve(said))
    socket.on('error', () => resolve(said))
  })
}
