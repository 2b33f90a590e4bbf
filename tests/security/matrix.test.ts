// The generated matrix: every route, every role, every company, every id, every hidden field; it grows with the modules (SEC-02, SEC-03).
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { ACCESS_PERMISSIONS } from '#kernel/access'
import { permissionsOf } from '#kernel/module'
import { modules as registered } from '../../src/modules/index.ts'
import { clientOf } from '../http/support/client.ts'
import { desk } from '../http/support/desk.ts'
import { operationsOf, type Schema } from './support/api.ts'
import { assignmentBreaches, functionBreaches, objectBreaches } from './support/breaches.ts'
import { floorBreaches } from './support/floor.ts'
import { differentialBreaches, fieldBreaches } from './support/reading.ts'
import { layWorld } from './support/world.ts'

const modules = [...registered, desk]
const world = await layWorld(modules)
const operations = await operationsOf(clientOf(world.site.origin))
const LONG = 600_000

describe('Closure', () => {
  test('SEC-03: every operation has a permission of the product, or is one of the few that say why not', () => {
    const known = new Set([
      ...permissionsOf(modules),
      ...Object.keys(ACCESS_PERMISSIONS),
      'public',
      'signed-in',
      'in-company',
    ])
    expect(operations.filter((one) => !known.has(one.permission)).map((one) => one.id)).toEqual([])
    expect(
      operations
        .filter((one) => one.permission === 'public')
        .map((one) => `${one.method} ${one.path}`)
        .sort(),
    ).toEqual([
      'GET /',
      'GET /api',
      'GET /api/openapi.json',
      'GET /healthz',
      'GET /page.css',
      'GET /readyz',
      'POST /api/session',
      'POST /api/session/password-link',
      'POST /api/session/set-up',
    ])
    const commands = modules.flatMap((module) =>
      module.commands.map((command) => `${command.verb.document.name}.${command.verb.verb}`),
    )
    const ids = new Set(operations.map((one) => one.id))
    expect(
      [...commands, ...modules.flatMap((module) => module.queries.map((query) => query.name))].filter(
        (name) => !ids.has(name),
      ),
    ).toEqual([])
  })

  test('SEC-03: every input is closed, and every id says what it is the id of', () => {
    const faults: string[] = []
    const walk = (schema: Schema, at: string) => {
      if (schema.type === 'object' && schema.additionalProperties !== false && !schema.patternProperties)
        faults.push(`${at} is open`)
      if (schema.pattern?.includes('[0-9a-f]{8}-') && !schema['x-entity'] && !at.endsWith('.id'))
        faults.push(`${at} is the id of nothing`)
      for (const [key, one] of Object.entries(schema.properties ?? {})) walk(one, `${at}.${key}`)
      for (const one of schema.anyOf ?? []) walk(one, at)
      if (schema.items) walk(schema.items, `${at}[]`)
    }
    for (const operation of operations) {
      if (operation.body) walk(operation.body, operation.id)
      for (const parameter of operation.parameters) walk(parameter.schema, `${operation.id}?${parameter.name}`)
    }
    expect(faults).toEqual([])
  })
})

describe('Matrix', () => {
  test(
    'SEC-01, SEC-03: function: who lacks the permission, works elsewhere or is nobody gets nothing and changes nothing',
    async () => {
      expect(await functionBreaches(world, operations)).toEqual([])
    },
    LONG,
  )

  test(
    'SEC-02, SEC-03: object: an id of another company, in any place, is an id that nobody has',
    async () => {
      const { breaches, tried, shallow } = await objectBreaches(world, operations)
      expect(tried).toBeGreaterThan(20)
      // There must be few, or the matrix only looks complete.
      expect(shallow.length * 10, shallow.join('\n')).toBeLessThanOrEqual(tried)
      expect(breaches).toEqual([])
    },
    LONG,
  )

  test(
    'SEC-11: field: what is hidden is absent, and can be neither sorted, filtered nor exported',
    async () => {
      const { breaches, hidden } = await fieldBreaches(world, modules)
      expect(hidden).toBeGreaterThan(0)
      expect(breaches).toEqual([])
    },
    LONG,
  )

  test(
    'SEC-01: mass assignment: what a creation does not describe cannot be set',
    async () => {
      const documents = modules.flatMap((module) => module.documents)
      const columns = documents.flatMap((doc) => Object.values(doc.fields).flatMap((field) => field.column ?? []))
      const { breaches, tried } = await assignmentBreaches(world, operations, [...new Set(columns)].slice(0, 10))
      expect(tried).toBeGreaterThan(10)
      expect(breaches).toEqual([])
    },
    LONG,
  )

  test(
    'SEC-02: every way of reading shows the same documents, and none of another company',
    async () => {
      expect(await differentialBreaches(world, modules)).toEqual([])
    },
    LONG,
  )

  test(
    'SEC-02: floor: the application’s database role reaches no row outside its scope, in any table',
    async () => {
      const { breaches, tables } = await floorBreaches(world.site.admin)
      expect(tables).toBeGreaterThan(30)
      expect(breaches).toEqual([])
    },
    LONG,
  )
})

describe('The matrix itself: broken builds turn it red', () => {
  const opened: Server[] = []
  afterAll(() => {
    for (const server of opened) server.close()
  })

  /** The product with the permission check off for one address: it lets everybody in there as one who may everything. */
  async function withoutCheckAt(path: string): Promise<string> {
    const upstream = new URL(world.site.origin)
    const broken = createServer((incoming, outgoing) => {
      const open = incoming.url?.startsWith(path)
      const headers = open ? { ...incoming.headers, authorization: `Bearer ${world.root.key}` } : incoming.headers
      const asked = request(
        { host: upstream.hostname, port: upstream.port, path: incoming.url, method: incoming.method, headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
          answer.pipe(outgoing)
        },
      )
      incoming.pipe(asked)
    })
    await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve))
    opened.push(broken)
    return `http://127.0.0.1:${(broken.address() as AddressInfo).port}`
  }

  test(
    'a route without its check is found, and no other is accused',
    async () => {
      const origin = await withoutCheckAt('/api/desk/note/finish')
      const some = operations.filter((one) => one.id.startsWith('desk.note'))
      const breaches = await functionBreaches(world, some, { origin })
      expect(breaches.length).toBeGreaterThan(5)
      expect(breaches.every((breach) => breach.startsWith('desk.note.finish '))).toBe(true)
    },
    LONG,
  )

  test(
    'a route that looks across companies is found',
    async () => {
      const broken = await withoutCheckAt('/api/desk/note/')
      const crossing = createServer((incoming, outgoing) => {
        // As if the row were looked up by its id alone: whoever asks, the company is the row's own.
        const path = (incoming.url ?? '').replace(
          'company=BETA',
          incoming.url?.includes(world.objects.get('desk.note')?.[1].id ?? '-') ? 'company=ALPHA' : 'company=BETA',
        )
        const asked = request(`${broken}${path}`, { method: incoming.method, headers: incoming.headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
          answer.pipe(outgoing)
        })
        incoming.pipe(asked)
      })
      await new Promise<void>((resolve) => crossing.listen(0, '127.0.0.1', resolve))
      opened.push(crossing)
      const { breaches } = await objectBreaches(
        world,
        operations.filter((one) => one.id === 'desk.note.get' || one.id === 'desk.note.history'),
        { origin: `http://127.0.0.1:${(crossing.address() as AddressInfo).port}` },
      )
      expect(breaches.map((breach) => breach.split(' ', 1)[0])).toContain('desk.note.get')
    },
    LONG,
  )

  test(
    'a table without row-level security is found, whichever it is',
    async () => {
      const { admin } = world.site
      for (const table of ['desk.note', 'kernel.approval', 'kernel.audit', 'company.warehouse']) {
        await admin.query(
          `alter table ${table} no force row level security; alter table ${table} disable row level security`,
        )
        const { breaches } = await floorBreaches(admin)
        expect(breaches.length, table).toBeGreaterThan(0)
        expect(
          breaches.every((breach) => breach.startsWith(table)),
          breaches.join('\n'),
        ).toBe(true)
        await admin.query(
          `alter table ${table} enable row level security; alter table ${table} force row level security`,
        )
      }
    },
    LONG,
  )
})
