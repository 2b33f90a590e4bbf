// What the web app asks beside the product's routes: its page and files, descriptions by right, names, search, views, comments, news.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fileRoutes } from '../../src/kernel/http/web/files.ts'
import { folderForThisFile } from '../support/clean-up.ts'
import { desk } from './support/desk.ts'
import { startSite } from './support/site.ts'

const dist = folderForThisFile()
mkdirSync(join(dist, 'assets'))
writeFileSync(join(dist, 'index.html'), '<!doctype html><title>Tradewright</title><div id="app"></div>')
writeFileSync(join(dist, 'assets', 'app-1234.js'), `console.log(${JSON.stringify('x'.repeat(2_000))})`)

const site = await startSite([desk], { web: dist })
const READ = ['desk.note.read', 'desk.note.write', 'desk.note.finish']
const clerk = await site.machine(READ)
const boss = await site.machine([...READ, 'desk.note.see-cost', 'desk.note.reopen'])
const narrow = await site.machine(READ, { warehouseId: site.warehouses.W2 })
const beta = await site.machine(READ, { companyId: 2 })
const blind = await site.machine(['desk.note.write'])

type Item = Record<string, unknown>
const items = (body: Record<string, unknown>): Item[] => (Array.isArray(body.items) ? body.items : [])

/** One member of each of a list. */
const texts = (list: unknown, member: string): unknown[] =>
  Array.isArray(list) ? list.map((one: Item) => one[member]) : []

const write = async (subject: string, warehouse: string): Promise<string> => {
  const answer = await clerk.client.post('/api/desk/note/write', { documents: [{ subject, warehouse, amount: '1' }] })
  expect(answer.status, answer.text).toBe(200)
  return String((answer.body.ids as unknown[])[0])
}
const first = await write('Kettles for the roof', site.warehouses.W1)
const second = await write('Lanterns for the yard', site.warehouses.W2)

const page = { headers: { accept: 'text/html,application/xhtml+xml' } }

test('SEC-09: every address gives the page, under a policy without anything inline; its files are kept for ever', async () => {
  for (const path of ['/', '/sales/order', '/sales/order/SO-1?x=1&y=2', '/?company=ALPHA']) {
    const answer = await site.anybody(path, page)
    expect(answer.status, path).toBe(200)
    expect(answer.text).toContain('<div id="app">')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("style-src 'self';")
    expect(policy).not.toContain('unsafe-inline')
    expect(policy).not.toContain("'unsafe-eval'")
    expect(answer.headers.get('cache-control')).toBe('no-cache')
  }
  const again = await site.anybody('/', {
    headers: { ...page.headers, 'if-none-match': String((await site.anybody('/', page)).headers.get('etag')) },
  })
  expect(again.status).toBe(304)
  const file = await site.anybody('/assets/app-1234.js')
  expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(file.headers.get('content-encoding')).toMatch(/^(br|gzip)$/)
  expect(file.text).toContain('xxxx')
})

test('What is not there is not found: in the API, among the files, and for whoever asks for no page', async () => {
  for (const [path, ask] of [
    ['/api/nothing', page],
    ['/assets/gone-1.js', page],
    ['/sales/order', {}],
    ['/assets/../index.html/x', {}],
  ] as const) {
    const answer = await site.anybody(path, ask)
    expect(answer.status, path).toBe(404)
    expect(answer.body.code).toBe('ROUTE_UNKNOWN')
  }
  expect(() => fileRoutes(join(dist, 'assets'))).toThrow(/build the web app/)
})

test('SEC-03: descriptions hold what one may read and do, and nothing of what one may not', async () => {
  const described = items({ items: (await clerk.client('/api/descriptions')).body.documents })
  expect(described.map((one) => one.name)).toEqual(['desk.note'])
  const [own] = described
  expect(texts(own?.verbs, 'verb')).toEqual(['write', 'finish'])
  expect(texts(own?.fields, 'name')).not.toContain('cost')
  const [all] = items({ items: (await boss.client('/api/descriptions')).body.documents })
  expect(texts(all?.verbs, 'verb')).toEqual(['write', 'finish', 'reopen'])
  expect(texts(all?.fields, 'name')).toContain('cost')
  expect((await blind.client('/api/descriptions')).body.documents).toEqual([])
  expect((await site.anybody('/api/descriptions')).status).toBe(401)
})

test('SEC-02: names are told of what one may read: not another company’s, not another warehouse’s, not without the right', async () => {
  const ask = { 'desk.note': [first, second] }
  const told = async (who: typeof clerk) => items((await who.client.post('/api/names', ask)).body).map((one) => one.id)
  expect((await told(clerk)).sort()).toEqual([first, second].sort())
  expect(await told(narrow)).toEqual([second])
  expect(await told(beta)).toEqual([])
  expect(await told(blind)).toEqual([])
  const [name] = items((await clerk.client.post('/api/names', { 'desk.note': [first] })).body)
  expect(name).toMatchObject({ document: 'desk.note', number: 'N-0001', state: 'open' })
})

test('SEC-02: names of what nobody has or may read are left out, and people of the company are told by name alone', async () => {
  const asked = (who: typeof clerk) =>
    who.client.post('/api/names', {
      'desk.note': [first],
      'desk.nothing-of-that-kind': [first],
      'access.account': [boss.id, beta.id],
    })
  const answer = await asked(clerk)
  expect(answer.status, answer.text).toBe(200)
  const [note, person, ...rest] = items(answer.body)
  expect(rest).toEqual([])
  expect(note).toMatchObject({ document: 'desk.note', number: 'N-0001' })
  expect(person).toMatchObject({ document: 'access.account', id: boss.id, state: 'active' })
  expect(Object.keys(person ?? {}).sort()).toEqual(['document', 'id', 'number', 'state', 'title'])
  // Whoever works elsewhere, or reads nothing, is told nobody of here.
  expect(items((await asked(beta)).body).map((one) => one.id)).toEqual([beta.id])
  expect(items((await asked(blind)).body)).toEqual([])
  for (const wrong of [{ 'desk.note': ['no id'] }, { 'No document': [first] }, { 'desk.note': first }])
    expect((await clerk.client.post('/api/names', wrong)).body.code).toBe('INPUT_INVALID')
})

test('One search finds a number as people say it, and nothing beyond one’s rights', async () => {
  const found = async (who: typeof clerk, q: string) =>
    items((await who.client(`/api/search?q=${encodeURIComponent(q)}`)).body).map((one) => one.id)
  expect(await found(clerk, 'N-0001')).toEqual([first])
  expect(await found(clerk, '2')).toEqual([second])
  expect(await found(narrow, 'N-')).toEqual([second])
  expect(await found(beta, 'N-0001')).toEqual([])
  expect(await found(blind, 'N-0001')).toEqual([])
  expect(await found(clerk, "'; drop table desk.note; --")).toEqual([])
  expect(await found(clerk, '%')).toEqual([])
})

test('A view is one’s own until it is shared, replaced under its name, and removed only by its owner', async () => {
  const save = (who: typeof clerk, shared: boolean, q: string) =>
    who.client.post('/api/views', { document: 'desk.note', name: 'Mine', shared, search: { q } })
  const seen = async (who: typeof clerk) => items((await who.client('/api/views')).body)
  const saved = await save(clerk, false, 'one')
  expect(saved.status, saved.text).toBe(200)
  expect(await seen(boss)).toEqual([])
  await save(clerk, true, 'two')
  expect(await seen(clerk)).toMatchObject([{ name: 'Mine', own: true, search: { q: 'two' } }])
  const [other] = await seen(boss)
  expect(other).toMatchObject({ own: false })
  expect(await seen(beta)).toEqual([])
  expect((await boss.client.post('/api/views/remove', { view: other?.id })).body.code).toBe('NOT_FOUND')
  expect((await save(blind, false, 'x')).body.code).toBe('NOT_ALLOWED')
  expect((await clerk.client.post('/api/views/remove', { view: other?.id })).status).toBe(200)
  expect(await seen(boss)).toEqual([])
})

test('A comment is read by whoever may read the document, is not empty, and a preview says nothing', async () => {
  const at = `/api/desk/note/${second}/comments`
  expect((await clerk.client.post(`${at}?dryRun=true`, { text: 'not said' })).status).toBe(200)
  expect((await clerk.client.post(at, { text: '<b>called</b> the customer' })).status).toBe(200)
  expect((await clerk.client.post(at, { text: '   ' })).body.code).toBe('INPUT_INVALID')
  expect(items((await narrow.client(at)).body)).toMatchObject([{ text: '<b>called</b> the customer' }])
  expect((await narrow.client.post(`/api/desk/note/${first}/comments`, { text: 'x' })).body.code).toBe('NOT_FOUND')
  expect((await beta.client(at)).body.code).toBe('NOT_FOUND')
  expect((await blind.client(at)).body.code).toBe('NOT_ALLOWED')
})

/** Listens to the news of somebody until `enough` events came, or the time is up. */
async function hear(who: { key: string }, enough: number, meanwhile: () => Promise<unknown>): Promise<Item[]> {
  const over = AbortSignal.timeout(6_000)
  const answer = await fetch(`${site.origin}/api/events`, {
    headers: { authorization: `Bearer ${who.key}`, accept: 'text/event-stream' },
    signal: over,
  })
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  const heard: Item[] = []
  let text = ''
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  // The first look sets the mark from which on news are told.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  await meanwhile()
  try {
    while (heard.length < enough) {
      const piece = await reader?.read()
      if (!piece || piece.done) break
      text += piece.value
      for (const match of text.matchAll(/event: did\ndata: (.*)\n\n/g)) heard.push(JSON.parse(match[1] ?? '{}'))
      text = text.slice(text.lastIndexOf('\n\n') + 2)
    }
  } catch (error) {
    if (!over.aborted) throw error
  }
  await reader?.cancel().catch(() => undefined)
  return heard
}

test('SEC-02: news go to those who may read the document: by company and by warehouse', async () => {
  const finish = () => clerk.client.post('/api/desk/note/finish', { ids: [first] })
  const [own, elsewhere, abroad, unseeing] = await Promise.all([
    hear(clerk, 1, finish),
    hear(narrow, 1, async () => undefined),
    hear(beta, 1, async () => undefined),
    hear(blind, 1, async () => undefined),
  ])
  expect(own).toMatchObject([{ document: 'desk.note', verb: 'finish', id: first, to: 'done' }])
  expect([elsewhere, abroad, unseeing]).toEqual([[], [], []])
  const plain = await clerk.client('/api/events')
  expect(plain.body.code).toBe('REQUEST_INVALID')
})
