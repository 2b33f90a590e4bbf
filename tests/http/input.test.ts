// What may not come in, and what each of it is answered with; afterwards nothing has changed.
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { misfits } from '../../web/i18n/de-refusals.ts'
import { startSite } from './support/site.ts'

const site = await startSite(undefined, { bodyMost: 200_000 })
const { client, key } = await site.machine(['desk.note.write', 'desk.note.read', 'desk.note.finish'])
const good = { subject: 'x', warehouse: site.warehouses.W1, amount: '1' }
const URL = '/api/desk/note/write'
const document = (change: object) => JSON.stringify({ documents: [{ ...good, ...change }] })

const TABLE: [string, string, number, string][] = [
  ['malformed JSON', '{"documents": [', 400, 'JSON_INVALID'],
  ['nothing at all', '', 400, 'INPUT_INVALID'],
  ['a list where an object belongs', '[]', 400, 'INPUT_INVALID'],
  ['null', 'null', 400, 'INPUT_INVALID'],
  ['an unknown member', document({ company_id: 2 }), 400, 'INPUT_INVALID'],
  ['an unknown member outside', JSON.stringify({ documents: [good], state: 'done' }), 400, 'INPUT_INVALID'],
  ['no documents', '{"documents": []}', 400, 'INPUT_INVALID'],
  [
    '100,000 lines',
    document({ lines: Array.from({ length: 3_000 }, () => ({ text: '', quantity: '1' })) }),
    400,
    'INPUT_INVALID',
  ],
  ['a number where a text belongs', document({ amount: 12.5 }), 400, 'INPUT_INVALID'],
  ['a huge amount', document({ amount: '9'.repeat(40) }), 400, 'INPUT_INVALID'],
  ['an exponent', document({ amount: '1e400' }), 400, 'INPUT_INVALID'],
  [
    'an infinite number',
    `{"documents": [{"subject": "x", "warehouse": "${good.warehouse}", "amount": 1e400}]}`,
    400,
    'INPUT_INVALID',
  ],
  ['a negative amount', document({ amount: '-1' }), 400, 'INPUT_INVALID'],
  ['a day that is none', document({ due: '2026-02-30' }), 400, 'INPUT_INVALID'],
  ['NUL in a text', document({ subject: 'a\0b' }), 400, 'JSON_INVALID'],
  [
    '__proto__',
    `{"documents": [{"__proto__": {"x": 1}, "subject": "x", "warehouse": "${good.warehouse}", "amount": "1"}]}`,
    400,
    'JSON_INVALID',
  ],
  ['constructor', `{"constructor": {"prototype": {}}, "documents": [${JSON.stringify(good)}]}`, 400, 'JSON_INVALID'],
  [
    'a member twice',
    `{"documents": [{"subject": "x", "amount": "1", "amount": "2", "warehouse": "${good.warehouse}"}]}`,
    400,
    'JSON_INVALID',
  ],
  [
    'a member twice, once escaped',
    `{"documents": [{"subject": "x", "amount": "1", "\\u0061mount": "2", "warehouse": "${good.warehouse}"}]}`,
    400,
    'JSON_INVALID',
  ],
  ['endless nesting', '['.repeat(50_000), 400, 'JSON_INVALID'],
  [
    'an id twice',
    JSON.stringify({
      documents: [
        { ...good, id: '01890a5d-ac96-774b-bcce-b302099a8057' },
        { ...good, id: '01890a5d-ac96-774b-bcce-b302099a8057' },
      ],
    }),
    400,
    'GIVEN_TWICE',
  ],
  ['a body that is too large', JSON.stringify({ documents: [good], x: 'x'.repeat(210_000) }), 413, 'BODY_TOO_LARGE'],
  ['a warehouse of another company', document({ warehouse: site.warehouses.W3 }), 422, 'NOTE_EMPTY'],
]

test.each(TABLE)('%s', async (_title, raw, status, code) => {
  const before = await effects()
  const answer = await client(URL, { raw, method: 'POST' })
  expect([answer.status, answer.body.code], answer.text).toEqual([status, code])
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(answer.body).toMatchObject({ type: `urn:tradewright:refusal:${code}`, instance: URL, status })
  expect(answer.text).not.toMatch(/node_modules|\.ts:|at .*\(/)
  expect(await effects()).toEqual(before)
})

const effects = async () =>
  (
    await site.admin.query(`select (select count(*) from desk.note) as notes, (select max(position) from kernel.audit) as audit,
  (select count(*) from kernel.idempotency) as keys, (select count(*) from kernel.outbox) as events`)
  ).rows

test('A misfit is named with a pointer to its place', async () => {
  const answer = await client.post(URL, { documents: [good, { ...good, amount: 'much', colour: 'red' }] })
  expect(answer.body.errors).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ pointer: '/documents/1/amount' }),
      expect.objectContaining({
        pointer: '/documents/1/colour',
        detail: 'is not known here. Leave it out, or check its spelling.',
      }),
    ]),
  )
})

const refused = (body: object) => client.post(URL, body)
test.each([
  ['too few', () => refused({ documents: [] }), /^needs at least 1\.$/],
  [
    'too long',
    () => refused({ documents: [{ ...good, subject: 'x'.repeat(5_000) }] }),
    /^takes at most 80 characters\.$/,
  ],
  ['no whole number', () => client('/api/desk/note?limit=much'), /^is no whole number\.$/],
  ['too small', () => client('/api/desk/note?limit=0'), /^must be 1 or more\.$/],
  ['too large', () => client('/api/desk/note?limit=999999'), /^must be \d+ or less\.$/],
])('What is %s is told without the words of the machine, and in German', async (_title, ask, said) => {
  const answer = await ask()
  expect([answer.status, answer.body.code], answer.text).toEqual([400, 'INPUT_INVALID'])
  const [first]: readonly { detail: string }[] = JSON.parse(answer.text).errors
  const detail = first?.detail ?? ''
  expect(detail).toMatch(said)
  expect(misfits.filter(([english]) => english.test(detail)).map(([, german]) => german)).toHaveLength(1)
})

test('Only JSON is read, and only where a body belongs', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/json5',
  ]) {
    const answer = await client(URL, { raw: JSON.stringify({ documents: [good] }), headers: { 'content-type': type } })
    expect([answer.status, answer.body.code], type).toEqual([415, 'CONTENT_TYPE_UNKNOWN'])
  }
})

test('An address that is almost right is not right; a method that is not there says which are', async () => {
  for (const path of [
    '/api/desk/note/',
    '/API/desk/note',
    '/api//desk/note',
    '/api/desk/note;x=1',
    '/api/desk/nothing/at/all',
    '/.git/config',
    '/api/desk/../desk/note/write/x',
    '/%2e%2e/etc/passwd',
  ]) {
    const answer = await client(path)
    expect([answer.status, answer.body.code], path).toEqual([404, expect.stringMatching(/ROUTE_UNKNOWN|NOT_FOUND/)])
  }
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const answer = await client('/api/desk/note', { method })
    expect([answer.status, answer.body.code, answer.headers.get('allow')], method).toEqual([
      405,
      'METHOD_UNKNOWN',
      'GET',
    ])
  }
  expect((await client(URL)).status, 'write is no note').toBe(404)
  expect(
    (await client('/api/desk/note', { method: 'POST', body: {}, headers: { 'x-http-method-override': 'GET' } })).status,
  ).toBe(405)
  expect((await client('/api/desk/note?company=ALPHA&company=BETA')).status).toBe(404)
  expect((await client('/api/desk/note?limit=1&limit=2')).status).toBe(400)
  for (const bad of ['%00', 'filter[subject]=%00', 'q=a%00'])
    expect((await client(`/api/desk/note?${bad}`)).status).toBe(400)
  for (const [filter, says] of [
    ['filter[warehouse]=W1', '/filter[warehouse] is not the id of anything.'],
    ['filter[warehouse][in]=W1,W2', '/filter[warehouse][in] is not the id of anything.'],
    ['filter[state]=lost', '/filter[state] must be one of '],
    ['filter[state][in]=open,lost', '/filter[state][in] must be one of '],
    ['filter[due]=2026-02-30', '/filter[due] is no day'],
  ]) {
    const { code, detail } = (await client(`/api/desk/note?${filter}`)).body
    expect([filter, code, detail]).toEqual([filter, 'INPUT_INVALID', expect.stringContaining(says ?? '')])
  }
})

test('A day that the calendar does not have is named with its place, and every day that it has is taken', async () => {
  const asked = async (due: string) => (await client(URL, { body: JSON.parse(document({ due })) })).body
  for (const due of ['2026-02-30', '2026-04-31', '2025-02-29', '1900-02-29', '2026-00-10', '2026-13-01'])
    expect([due, (await asked(due)).detail]).toEqual([due, expect.stringContaining('/documents/0/due is no day')])
  for (const due of ['2024-02-29', '2000-02-29', '2026-02-28', '2026-04-30', '2026-12-31'])
    expect([due, (await asked(due)).code]).toEqual([due, undefined])
})

test('Every query parameter takes what would be SQL as plain text', async () => {
  const attacks = ["'", "')--", '"', '\\', '$1', ';select pg_sleep(3)', '{{7*7}}', '%', '_', "' or 1=1--"]
  const before = await effects()
  for (const attack of attacks) {
    const text = encodeURIComponent(attack)
    for (const query of [
      `q=${text}`,
      `filter[subject]=${text}`,
      `filter[subject][prefix]=${text}`,
      `filter[number][in]=${text}`,
      `sort=${text}`,
      `cursor=${text}`,
      `company=${text}`,
      `filter[${text}]=1`,
      `format=${text}`,
    ]) {
      const answer = await client(`/api/desk/note?${query}`)
      expect([200, 400, 404], `${query} ${answer.text}`).toContain(answer.status)
    }
    expect((await client(`/api/desk/note/${text}`)).status).toBe(404)
  }
  expect(await effects()).toEqual(before)
})

test('Every answer carries the headers that keep a browser from harm, and nothing signed in is kept', async () => {
  const answers = [
    await client('/api/desk/note'),
    await client('/api/desk/nothing'),
    await site.anybody('/api/desk/note'),
    await site.anybody('/'),
    await site.anybody('/healthz'),
    await client(URL, { raw: '{' }),
    await client(URL, { raw: 'x', headers: { 'content-type': 'text/plain' } }),
    await client('/api/desk/note', { method: 'PUT' }),
    await site.anybody('/api'),
    await site.anybody('/%'),
  ]
  for (const answer of answers) {
    expect(answer.headers.get('x-content-type-options'), answer.text.slice(0, 80)).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe')
    expect(answer.headers.get('x-frame-options')).toBe('DENY')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-powered-by')).toBeNull()
    expect(answer.headers.get('content-type')).toMatch(/charset=utf-8/)
  }
})

test('One denied attempt is one log line, with ids and codes and no secret', async () => {
  const stranger = await site.machine([])
  site.log.length = 0
  const id = newId()
  await stranger.client.post('/api/desk/note/finish', { ids: [id], remark: 'the secret remark' })
  await site.anybody('/api/desk/note', { headers: { authorization: `Bearer ${key}x` } })
  expect(site.log).toHaveLength(2)
  expect(JSON.parse(site.log[1] ?? '')).toMatchObject({ code: 'NOT_SIGNED_IN', route: '/api/desk/note' })
  expect(site.log.join('')).not.toContain(key)
  expect(site.log.join('')).not.toContain('secret remark')
})

test('What no module foresaw is an incident: a number for support, a line in the log, no effect, and no detail to the caller', async () => {
  site.log.length = 0
  const before = await effects()
  const answer = await client.post(URL, { documents: [{ ...good, amount: '1000000' }] })
  expect([answer.status, answer.body.code]).toEqual([500, 'INTERNAL_ERROR'])
  expect(answer.text).not.toContain('amount_has_a_limit')
  const line = JSON.parse(site.log[0] ?? '{}')
  expect(line.incident).toBe((answer.body.parameters as { incident: string }).incident)
  expect(line.err.message).toContain('amount_has_a_limit')
  expect(await effects()).toEqual(before)
  expect((await client('/api/desk/note')).status).toBe(200)
})

test('A client that sends its headers drop by drop is cut off', async () => {
  const port = Number(site.origin.split(':').at(-1))
  const started = performance.now()
  const text = await new Promise<string>((resolve) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n'))
    socket.on('data', (data) => {
      received += data
    })
    socket.on('close', () => resolve(received))
    socket.on('error', () => undefined)
  })
  expect(performance.now() - started).toBeLessThan(20_000)
  expect(text).toMatch(/^HTTP\/1.1 4/)
})
