// What people say about a document: who can be mentioned, what is said once, and who is told of it.
import { expect, test } from 'vitest'
import { transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import { sql } from '#kernel/sql'
import { type Client, clientOf, cookieOf } from './support/client.ts'
import { desk } from './support/desk.ts'
import { PASSWORD, startSite, type Where } from './support/site.ts'

const site = await startSite([desk])
const READ = ['desk.note.read', 'desk.note.write', 'desk.note.finish']

type Item = Record<string, unknown>
type Person = { id: string; client: Client }
const items = (body: Item): Item[] => (Array.isArray(body.items) ? body.items : [])

/** Somebody signed in, under a name of his own. */
async function person(name: string, permissions: readonly string[] = READ, where: Where = {}): Promise<Person> {
  const email = `${name.split(' ', 1)[0]?.toLowerCase()}@example.test`
  const { id } = await site.person(email, permissions, where)
  await site.admin.query('update access.account set name = $2 where id = $1', [id, name])
  const session = await site.anybody.post('/api/session', { email, password: PASSWORD }, { origin: site.origin })
  return { id, client: clientOf(site.origin, { cookie: cookieOf(session) }) }
}

const ana = await person('Ana Almeida')
const berta = await person('Berta Sauerbrey')
const carl = await person('Carl Sörensen', READ, { warehouseId: site.warehouses.W2 })
const dora = await person('Dora Sauer', ['desk.note.write'])
const emil = await person('Emil Saunders', READ, { companyId: 2 })
const robot = await site.machine(READ)

async function write(subject: string, warehouse = site.warehouses.W1): Promise<string> {
  const answer = await ana.client.post('/api/desk/note/write', { documents: [{ subject, warehouse, amount: '1' }] })
  expect(answer.status, answer.text).toBe(200)
  return String((answer.body.ids as unknown[])[0])
}
const first = await write('Kettles for the roof')

const say = (who: Person, note: string, text: string, mentions: readonly string[] = [], key: string = newId()) =>
  who.client.post(`/api/desk/note/${note}/comments`, { text, mentions }, { 'idempotency-key': key })
const said = async (note: string) => items((await ana.client(`/api/desk/note/${note}/comments`)).body)
const notices = async (who: Person, query = '') => (await who.client(`/api/notices${query}`)).body

test('@ offers people of the company who may read the document, by name, also when it is misspelt', async () => {
  const found = async (q: string, who = ana, note = first) =>
    items((await who.client(`/api/people?document=desk.note&id=${note}&q=${encodeURIComponent(q)}`)).body).map(
      (one) => one.name,
    )
  expect(await found('')).toEqual(['Berta Sauerbrey'])
  expect(await found('Sauer')).toEqual(['Berta Sauerbrey'])
  expect(await found('sauebrey')).toEqual(['Berta Sauerbrey'])
  expect(await found('%')).toEqual([])
  expect(await found("'; drop table kernel.comment; --")).toEqual([])
  // Carl reads what lies in his own warehouse only, and is offered there.
  const yard = await write('Lanterns for the yard', site.warehouses.W2)
  expect(await found('', ana, yard)).toEqual(['Berta Sauerbrey', 'Carl Sörensen'])
  expect(await found('sorensen', ana, yard)).toEqual(['Carl Sörensen'])
  await site.admin.query('update access.account set disabled_at = now() where id = $1', [berta.id])
  expect(await found('Berta')).toEqual([])
  await site.admin.query('update access.account set disabled_at = null where id = $1', [berta.id])
})

test('SEC-02: people are told only to who may read the document, and of nobody elsewhere', async () => {
  const ask = async (who: { client: Client }, document: string, id: string) =>
    (await who.client(`/api/people?document=${document}&id=${id}`)).body.code
  expect(await ask(dora, 'desk.note', first)).toBe('NOT_ALLOWED')
  expect(await ask(ana, 'desk.nothing', first)).toBe('NOT_ALLOWED')
  expect(await ask(emil, 'desk.note', first)).toBe('NOT_FOUND')
  expect(await ask(carl, 'desk.note', first)).toBe('NOT_FOUND')
  expect(await ask(ana, 'desk.note', newId())).toBe('NOT_FOUND')
})

test('A comment carries whom it mentions; the timeline has their names', async () => {
  const note = await write('Mentioned')
  expect((await say(ana, note, 'See here, @Berta Sauerbrey', [berta.id, berta.id])).status).toBe(200)
  expect(await said(note)).toMatchObject([
    {
      text: 'See here, @Berta Sauerbrey',
      by: { name: 'Ana Almeida' },
      mentions: [{ id: berta.id, name: 'Berta Sauerbrey' }],
    },
  ])
})

test('SEC-02: who may not read the document and who is nobody are refused alike, and nothing is said', async () => {
  const note = await write('Refused')
  const refused = await Promise.all(
    [carl.id, dora.id, emil.id, robot.id, newId()].map((id) => say(ana, note, 'hello', [berta.id, id])),
  )
  for (const answer of refused) {
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ code: 'MENTION_UNKNOWN', detail: refused[0]?.body.detail })
    expect(answer.body.parameters).toEqual({ document: 'note' })
  }
  expect(await said(note)).toEqual([])
  expect((await notices(berta)).items).not.toContainEqual(expect.objectContaining({ documentId: note }))
})

test('One text under one key is said once: pressed twice, at once, or again after a cut', async () => {
  const note = await write('Once')
  const key = newId()
  const answers = await Promise.all([1, 2, 3].map(() => say(ana, note, 'said once', [berta.id], key)))
  const again = await say(ana, note, 'said once', [berta.id], key)
  expect(new Set([...answers, again].map((one) => one.body.id)).size).toBe(1)
  expect(again.body.replayed).toBe(true)
  expect(await said(note)).toHaveLength(1)
  const told = items(await notices(berta)).filter((one) => one.documentId === note)
  expect(told).toHaveLength(1)
  expect((await say(ana, note, 'something else', [], key)).body.code).toBe('KEY_REUSED')
  expect(await said(note)).toHaveLength(1)
  // Berta may use the same key for her own words.
  expect((await say(berta, note, 'said once', [], key)).body.replayed).toBeUndefined()
})

test('Saying something is recorded like a verb, and moves the document nowhere', async () => {
  const note = await write('Recorded')
  const before = (await ana.client(`/api/desk/note/${note}`)).body
  await say(ana, note, 'a secret word', [berta.id])
  expect((await ana.client(`/api/desk/note/${note}`)).body).toEqual(before)
  const [line] = items((await ana.client(`/api/desk/note/${note}/history`)).body).slice(-1)
  expect(line).toMatchObject({ verb: 'comment', from: 'open', to: 'open', by: { name: 'Ana Almeida' } })
  expect(JSON.stringify(line)).not.toContain('a secret word')
})

test('Who is mentioned and who is answered is told; nobody is told of his own words', async () => {
  const note = await write('Told')
  const own = async (who: Person) =>
    items(await notices(who)).flatMap((one) => (one.documentId === note ? [[one.kind, one.text]] : []))
  await say(ana, note, 'to myself and you', [ana.id, berta.id])
  expect(await own(ana)).toEqual([])
  expect(await own(berta)).toEqual([['mention', 'to myself and you']])
  await say(berta, note, 'yes')
  expect(await own(ana)).toEqual([['answer', 'yes']])
  await say(berta, note, 'look again', [ana.id])
  expect(await own(ana)).toEqual([
    ['mention', 'look again'],
    ['answer', 'yes'],
  ])
  expect(await own(berta)).toHaveLength(1)
  expect(items(await notices(berta))[0]).toMatchObject({
    document: 'desk.note',
    number: expect.stringMatching(/^N-/),
    by: { id: ana.id, name: 'Ana Almeida' },
    hidden: false,
    readAt: null,
  })
})

test('Notices are one’s own: counted, paged, marked one by one or all, and never by somebody else', async () => {
  const frida = await person('Frida Faber')
  const note = await write('Many')
  for (const text of ['one', 'two', 'three']) await say(ana, note, text, [frida.id])
  const all = await notices(frida)
  expect(all.unread).toBe(3)
  expect(items(all).map((one) => one.text)).toEqual(['three', 'two', 'one'])
  const page = await notices(frida, '?limit=2')
  expect(items(page)).toHaveLength(2)
  expect(items(await notices(frida, `?limit=2&after=${page.next}`)).map((one) => one.text)).toEqual(['one'])
  const ids = items(all).map((one) => one.id)
  // Berta cannot mark what is Frida's, nor page by it.
  expect((await berta.client.post('/api/notices/read', { notices: ids })).body).toEqual({ marked: 0 })
  expect(items(await notices(berta, `?after=${ids[0]}`))).toEqual([])
  expect((await frida.client.post('/api/notices/read?dryRun=true', { notices: ids })).body).toEqual({ marked: 3 })
  expect((await frida.client.post('/api/notices/read', { notices: [ids[0]] })).body).toEqual({ marked: 1 })
  expect(await notices(frida, '?unread=true')).toMatchObject({ unread: 2 })
  expect(items(await notices(frida, '?unread=true')).map((one) => one.text)).toEqual(['two', 'one'])
  expect((await frida.client.post('/api/notices/read-all', { until: '2020-01-01T00:00:00Z' })).body).toEqual({
    marked: 0,
  })
  expect((await frida.client.post('/api/notices/read-all', {})).body).toEqual({ marked: 2 })
  expect(await notices(frida)).toMatchObject({ unread: 0 })
  expect((await site.anybody('/api/notices')).status).toBe(401)
})

test('Who muted a document hears of no more answers about it, but of mentions, until he asks to be told again', async () => {
  const henri = await person('Henri Hall')
  const [note, other] = [await write('Loud'), await write('Quiet')]
  const told = async () =>
    items(await notices(henri)).flatMap((one) => (one.documentId === note ? [`${one.kind}: ${one.text}`] : []))
  const muted = async (who: Person, about = note) => (await who.client(`/api/desk/note/${about}/comments`)).body.muted
  const set = (verb: 'mute' | 'unmute', query = '') =>
    henri.client.post(`/api/notices/${verb}${query}`, { document: 'desk.note', id: note })
  await say(henri, note, 'my word')
  await say(henri, other, 'my word')
  await say(ana, note, 'first')
  expect((await set('mute', '?dryRun=true')).body).toEqual({ muted: true })
  expect(await muted(henri)).toBe(false)
  expect((await set('mute')).body).toEqual({ muted: true })
  expect((await set('mute')).body).toEqual({ muted: true })
  expect([await muted(henri), await muted(henri, other), await muted(ana)]).toEqual([true, false, false])
  await say(ana, note, 'second')
  await say(ana, note, 'third', [henri.id])
  expect(await told()).toEqual(['mention: third', 'answer: first'])
  // Another document of the same kind is not meant, nor is what somebody else hears.
  await say(ana, other, 'elsewhere')
  expect(items(await notices(henri))[0]).toMatchObject({ documentId: other, kind: 'answer' })
  expect((await set('unmute')).body).toEqual({ muted: false })
  expect((await set('unmute')).body).toEqual({ muted: false })
  await say(ana, note, 'fourth')
  expect(await told()).toEqual(['answer: fourth', 'mention: third', 'answer: first'])
})

test('SEC-02: a document is muted only by who may read it, and a mute is seen and made by its person only', async () => {
  const mute = async (who: { client: Client }, id: string, document = 'desk.note') =>
    (await who.client.post('/api/notices/mute', { document, id })).body.code
  expect(await mute(dora, first)).toBe('NOT_ALLOWED')
  expect(await mute(ana, first, 'desk.nothing')).toBe('NOT_ALLOWED')
  expect(await mute(carl, first)).toBe('NOT_FOUND')
  expect(await mute(emil, first)).toBe('NOT_FOUND')
  expect(await mute(ana, newId())).toBe('NOT_FOUND')
  expect((await site.anybody.post('/api/notices/mute', { document: 'desk.note', id: first })).status).toBe(401)
  expect(await mute(berta, first)).toBeUndefined()
  const seen = (reader: string, companyId = 1) =>
    transaction(site.kernel.pool, { companies: [companyId] }, async (tx) => {
      await tx.run(sql`select set_config('tw.reader', ${reader}, true)`)
      const rows = await tx.rows(sql<{ id: string }>`select account_id as id from kernel.notice_mute`)
      const gone = await tx.run(
        sql`delete from kernel.notice_mute where account_id <> ${ana.id}::uuid and ${reader} <> ${berta.id}`,
      )
      return { seen: rows.map((row) => row.id), gone }
    })
  expect(await seen(berta.id)).toEqual({ seen: [berta.id], gone: 0 })
  expect(await seen(berta.id, 2)).toEqual({ seen: [], gone: 0 })
  expect(await seen(ana.id)).toEqual({ seen: [], gone: 0 })
  const forBerta = transaction(site.kernel.pool, { companies: [1] }, async (tx) => {
    await tx.run(sql`select set_config('tw.reader', ${ana.id}, true)`)
    await tx.run(sql`insert into kernel.notice_mute (company_id, account_id, document, document_id, since)
      values (1, ${berta.id}::uuid, 'desk.note', ${newId()}::uuid, now())`)
  })
  await expect(forBerta).rejects.toThrow(/row-level security/)
})

test('SEC-02: the database shows a notice to its person only, whatever is asked of it', async () => {
  const rows = (reader: string, companyId = 1) =>
    transaction(site.kernel.pool, { companies: [companyId] }, async (tx) => {
      await tx.run(sql`select set_config('tw.reader', ${reader}, true)`)
      const seen = await tx.rows(sql<{ id: string }>`select distinct account_id as id from kernel.notice`)
      const marked = await tx.run(sql`update kernel.notice set read_at = null where account_id <> ${ana.id}::uuid`)
      return { seen: seen.map((row) => row.id), marked }
    })
  expect(await rows(ana.id)).toEqual({ seen: [ana.id], marked: 0 })
  expect(await rows(ana.id, 2)).toEqual({ seen: [], marked: 0 })
  expect(await rows('')).toEqual({ seen: [], marked: 0 })
  const attempt = (statement: string) =>
    transaction(site.kernel.pool, { companies: [1] }, (tx) => tx.run({ text: [statement], values: [] } as never))
  await expect(attempt('delete from kernel.notice')).rejects.toThrow(/permission denied/)
  await expect(attempt(`update kernel.notice set kind = 'answer'`)).rejects.toThrow(/permission denied/)
})

test('SEC-02: of what one may no longer read a notice tells nothing but that it was', async () => {
  const gustav = await person('Gustav Glass')
  const note = await write('The secret subject')
  await say(ana, note, 'the secret words', [gustav.id])
  await site.admin.query('delete from access.role_grant where account_id = $1', [gustav.id])
  const role = await site.person('other@example.test', ['desk.note.write'])
  await site.admin.query(
    `insert into access.role_grant (id, account_id, role, company_id, granted_by, reason) values (gen_random_uuid(), $1, $2, 1, $1, 'a test')`,
    [gustav.id, role.role],
  )
  // What was remembered about him is forgotten within a second.
  await new Promise((resolve) => setTimeout(resolve, 900))
  const answer = await gustav.client('/api/notices')
  expect(answer.body).toMatchObject({
    unread: 1,
    items: [{ kind: 'mention', hidden: true, documentId: null, by: null }],
  })
  expect(answer.text).not.toContain('secret')
  expect(answer.text).not.toContain(note)
})

test('GOV: who asked for an approval is told how it was decided, in the very transaction', async () => {
  const note = await write('To be decided')
  const decided = async (id: string, decision: string, dryRun = '') =>
    await berta.client.post(`/api/approvals/decide${dryRun}`, { approval: id, decision })
  const asked = async (by: string) => {
    const id = newId()
    await site.admin.query(
      `insert into kernel.approval (company_id, id, kind, document, document_id, fingerprint, amount, role, sequence, detail, state, requested_by, requested_at)
       values (1, $1, 'desk.big', 'desk.note', $2, $3, 1, (select role from access.role_grant where account_id = $4), 1, '{}', 'pending', $5, now())`,
      [id, note, id, berta.id, by],
    )
    return id
  }
  const own = async () => items(await notices(ana)).flatMap((one) => (one.documentId === note ? [one.kind] : []))
  const one = await asked(ana.id)
  expect((await decided(one, 'approved', '?dryRun=true')).status).toBe(200)
  expect(await own()).toEqual([])
  const answer = await decided(one, 'approved')
  expect(answer.status, answer.text).toBe(200)
  expect(await own()).toEqual(['approved'])
  await site.admin.query('delete from kernel.approval where id = $1', [one])
  expect((await decided(await asked(ana.id), 'rejected')).status).toBe(200)
  expect(await own()).toEqual(['rejected', 'approved'])
  await site.admin.query(`delete from kernel.approval where document_id = $1`, [note])
  // A machine asks too, and has no bell.
  expect((await decided(await asked(robot.id), 'approved')).status).toBe(200)
  const bells = await site.admin.query('select from kernel.notice where account_id = $1', [robot.id])
  expect(bells.rowCount).toBe(0)
})

/** What comes through the stream until it holds `wanted`, or the time is up. */
async function hear(who: Person, cookie: string, wanted: RegExp, meanwhile: () => Promise<unknown>): Promise<string> {
  const over = AbortSignal.timeout(5_000)
  const answer = await fetch(`${site.origin}/api/events`, {
    headers: { cookie, accept: 'text/event-stream' },
    signal: over,
  })
  let text = ''
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  // The first look sets the mark from which on news are told.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  await meanwhile()
  try {
    while (!wanted.test(text)) {
      const piece = await reader?.read()
      if (!piece || piece.done) break
      text += piece.value
    }
  } catch (error) {
    if (!over.aborted) throw error
  }
  await reader?.cancel().catch(() => undefined)
  expect(who.id).not.toBe('')
  return text
}

test('SEC-02: the stream rings the bell of who is told, and of nobody else; comments are news of the document', async () => {
  const cookie = async (email: string) =>
    cookieOf(await site.anybody.post('/api/session', { email, password: PASSWORD }, { origin: site.origin }))
  const note = await write('Heard')
  const [bertas, anas] = await Promise.all([
    hear(berta, await cookie('berta@example.test'), /event: notice\n/, () => say(ana, note, 'ring', [berta.id])),
    hear(ana, await cookie('ana@example.test'), /never/, async () => undefined),
  ])
  expect(bertas).toContain('event: notice\ndata: {}\n\n')
  expect(bertas + anas).toContain('"verb":"comment"')
  expect(anas).not.toContain('event: notice')
})
