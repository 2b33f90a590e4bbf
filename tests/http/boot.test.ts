// What does not boot, what happens when the database is away, and what operators see.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { openAccess } from '#kernel/access'
import { document, f } from '#kernel/document'
import { anybody, buildHttp, holder, type Route } from '#kernel/http'
import { openKernel } from '#kernel/kernel'
import { module } from '#kernel/module'
import { T } from '#kernel/schema'
import { buildApp } from '../../src/app.ts'
import { startServer } from '../../src/server.ts'
import { clientOf } from './support/client.ts'
import { desk } from './support/desk.ts'
import { startSite } from './support/site.ts'

const site = await startSite()
const access = openAccess(site.kernel, { clock: () => site.clock.now })
const found = await site.admin.query<{ name: string }>('select current_database() as name')
const databaseAddress = new URL(process.env.TRADEWRIGHT_TEST_SERVER ?? '')
databaseAddress.pathname = `/${found.rows[0]?.name}`
const route = (change: Partial<Route>): Route => ({
  method: 'GET',
  url: '/api/extra',
  operation: 'extra',
  tag: 'extra',
  summary: 'extra',
  needs: holder('extra.read'),
  handle: () => ({}),
  ...change,
})
const boot = (routes: readonly Route[]) => buildHttp({ access, modules: [], routes, logLevel: 'silent' })

test('SEC-01: a route without a permission, an unlisted public one, an open schema and a name used twice do not boot', async () => {
  const { needs: _needs, ...bare } = route({})
  // What a plain JavaScript caller, or a cast, could do.
  expect(() => boot([bare as Route])).toThrow('GET /api/extra says nothing about who may use it')
  expect(() => boot([route({ needs: holder('*') })])).toThrow('names no permission')
  expect(() => boot([route({ needs: anybody })])).toThrow('is public, and not in the list of public routes')
  expect(() => boot([route({ query: { ...T.object({}), additionalProperties: true } })])).toThrow('close its schema')
  expect(() => boot([route({ operation: 'session.who' })])).toThrow('two routes are called session.who')
  const good = boot([route({})])
  await good.ready()
  await good.close()
})

test('SEC-03: a route that bypasses the list does not boot', async () => {
  const app = boot([])
  app.get('/rogue', () => 'hello')
  await expect(app.ready()).rejects.toThrow('the router has GET /rogue, which no list of routes describes')
})

test('A server whose database keeps it waiting for eleven seconds starts all the same', { timeout: 60_000 }, async () => {
  await site.admin.query('begin')
  await site.admin.query('lock table kernel.monthly_table in access exclusive mode')
  const started = startServer({ url: databaseAddress.href, port: 0, logLevel: 'silent' })
  const tooSoon = await Promise.race([started.then(() => true), new Promise((done) => setTimeout(done, 11_000, false))])
  await site.admin.query('commit')
  const server = await started
  expect(tooSoon).toBe(false)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  await server.stop()
})

test('A description that the database does not fit does not boot', async () => {
  const lost = document('desk.lost', {
    label: 'Lost',
    role: 'master',
    table: 'desk.note',
    numbered: 'number',
    fields: { colour: f.text() },
    states: ['open'],
    list: { columns: [], search: [], sort: 'number' },
    verbs: {},
  })
  const app = buildApp({
    kernel: site.kernel,
    modules: [module('desk', { needs: [], documents: [lost] })],
    logLevel: 'silent',
  })
  await expect(app.ready()).rejects.toThrow('desk.lost describes desk.note.colour, which the database does not have')
})

test('PORT_TAKEN and ADDRESS_UNUSABLE say what to do; a server starts, answers and stops', async () => {
  const address = databaseAddress
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const port = (taken.address() as AddressInfo).port
  await expect(startServer({ url: address.href, port, modules: [], logLevel: 'silent' })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringContaining('choose another port'),
  })
  taken.close()
  await expect(
    startServer({ url: address.href, port: 0, host: '203.0.113.7', modules: [], logLevel: 'silent' }),
  ).rejects.toMatchObject({ code: 'ADDRESS_UNUSABLE' })
  const server = await startServer({ url: address.href, port: 0, modules: [], logLevel: 'silent' })
  expect((await clientOf(server.url)('/readyz')).body).toEqual({ ok: true })
  await server.stop()
  await server.stop()
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
})

test('While the database is away every answer is a 503 that says when to come back, and readiness says so; afterwards all is well', async () => {
  const { key } = await site.machine(['desk.note.read', 'desk.note.write'])
  const line = await cuttable(Number(databaseAddress.port))
  const address = new URL(databaseAddress)
  address.port = String(line.port)
  const kernel = openKernel(address.href, { max: 2 })
  const app = buildApp({ kernel, modules: [desk], cookie: 'loopback', logLevel: 'silent', clock: () => site.clock.now })
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  const client = clientOf(origin, { key })
  const write = () =>
    client.post('/api/desk/note/write', {
      documents: [{ subject: 'away', warehouse: site.warehouses.W1, amount: '1' }],
    })
  expect((await write()).status).toBe(200)
  line.cut()
  const answer = await write()
  expect([answer.status, answer.body.code]).toEqual([503, 'DATABASE_UNREACHABLE'])
  expect(answer.headers.get('retry-after')).toBe('5')
  expect(answer.text).not.toMatch(/ECONN|127\.0\.0\.1|terminated/)
  expect((await client('/readyz')).status).toBe(503)
  expect((await client('/healthz')).status).toBe(200)
  line.mend()
  expect((await write()).status).toBe(200)
  expect((await client('/readyz')).status).toBe(200)
  await app.close()
  await kernel.close()
  line.cut()
})

/** A line to the database that can be cut and mended. */
async function cuttable(port: number) {
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const end of [near, far]) {
      open.add(end)
      end.on('error', () => undefined)
      end.on('close', () => open.delete(end))
    }
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const own = (server.address() as AddressInfo).port
  return {
    port: own,
    cut: () => {
      server.close()
      for (const end of open) end.destroy()
    },
    mend: () => server.listen(own, '127.0.0.1'),
  }
}

test('A principal who asks too much is told to slow down, and others are not', async () => {
  const narrow = await startSite(undefined, { limits: { perPrincipal: { burst: 5, perSecond: 1 } } })
  const [greedy, modest] = [await narrow.machine(['desk.note.read']), await narrow.machine(['desk.note.read'])]
  const statuses = []
  for (let at = 0; at < 7; at++) statuses.push((await greedy.client('/api/session')).status)
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
  expect((await modest.client('/api/session')).status).toBe(200)
  narrow.clock.now = new Date(narrow.clock.now.getTime() + 1_000)
  expect((await greedy.client('/api/session')).status).toBe(200)
})

test('Measurements need a permission and count requests, refusals and connections', async () => {
  expect((await site.anybody('/metrics')).status).toBe(401)
  const { client } = await site.machine(['access.metrics.read'])
  expect((await client('/api/session')).status).toBe(200)
  const text = (await client('/metrics')).text
  expect(text).toMatch(/^tradewright_refusals_total\{code="NOT_SIGNED_IN"\} [1-9]/m)
  expect(text).toMatch(/^tradewright_http_requests_total\{method="GET",route="\/api\/session",status="200"\} [1-9]/m)
  expect(text).toMatch(/^tradewright_http_request_seconds_bucket\{method="GET",le="\+Inf"\} [1-9]/m)
  expect(text).toMatch(/^tradewright_database_connections\{state="open"\} [1-9]/m)
})

test('With TLS before it, the cookie is bound to the host and transport security is demanded', async () => {
  const secure = await startSite(undefined, { cookie: 'tls' })
  await secure.person('tls@example.test', [])
  const answer = await secure.anybody.post('/api/session', {
    email: 'tls@example.test',
    password: (await import('./support/site.ts')).PASSWORD,
  })
  expect(answer.headers.get('set-cookie')).toMatch(
    /^__Host-tradewright=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Secure; Max-Age=43200$/,
  )
  expect(answer.headers.get('strict-transport-security')).toContain('max-age=')
})

test('The pages need no script and nothing from elsewhere', async () => {
  for (const path of ['/', '/api']) {
    const answer = await site.anybody(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.text).not.toMatch(/<script|onload=|(src|href)="(https?:)?\/\//i)
  }
  expect((await site.anybody('/api')).text).toContain('/api/desk/note/finish')
})

test('A document without searchable columns says so', async () => {
  const quiet = document('desk.quiet', {
    label: 'Quiet',
    role: 'master',
    table: 'desk.note',
    numbered: 'number',
    fields: { subject: f.text() },
    states: ['open'],
    list: { columns: [], search: [], sort: 'number' },
    verbs: {},
  })
  const app = buildApp({
    kernel: site.kernel,
    modules: [module('desk', { needs: [], documents: [quiet] })],
    logLevel: 'silent',
    clock: () => site.clock.now,
  })
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  const { key } = await site.machine(['desk.quiet.read'])
  const client = clientOf(origin, { key })
  expect((await client('/api/desk/quiet')).status).toBe(200)
  expect((await client('/api/desk/quiet?q=x')).body.code).toBe('SEARCH_IMPOSSIBLE')
  await app.close()
})
