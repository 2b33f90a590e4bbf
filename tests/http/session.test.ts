// Signing in, staying in, getting out, and what a stranger learns from the answers: nothing (SEC-10).
import { expect, test } from 'vitest'
import { clientOf, cookieOf } from './support/client.ts'
import { PASSWORD, startSite } from './support/site.ts'

const site = await startSite()
const MINUTE = 60_000
const signIn = (email: string, password = PASSWORD) => site.anybody.post('/api/session', { email, password })
const pass = (milliseconds: number) => {
  site.clock.now = new Date(site.clock.now.getTime() + milliseconds)
}
const signedIn = async (email: string) => clientOf(site.origin, { cookie: cookieOf(await signIn(email)) })

test('SEC-10: every way of failing to sign in gives the same answer, byte for byte', async () => {
  await site.person('known@example.test', [])
  const { id } = await site.person('disabled@example.test', [])
  await site.admin.query('update access.account set disabled_at = now() where id = $1', [id])
  const ended = await site.person('ended@example.test', [])
  await site.admin.query(`update access.account set ends_on = '2026-03-01' where id = $1`, [ended.id])
  await site.machine([])
  const answers = await Promise.all([
    signIn('nobody@example.test'),
    signIn('known@example.test', 'a wrong password of good length'),
    signIn('disabled@example.test'),
    signIn('ended@example.test'),
    signIn('system'),
    signIn('known@example.test', ''),
  ])
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1)
  expect(answers[0]?.status).toBe(401)
  expect(answers[0]?.body.code).toBe('SIGN_IN_FAILED')
  expect(answers.every((answer) => answer.headers.get('set-cookie') === null)).toBe(true)
})

test('SEC-10: five failures lock the account for longer and longer, and the lock is not to be told from a wrong password', async () => {
  await site.person('locked@example.test', [])
  for (let at = 0; at < 5; at++) await signIn('locked@example.test', 'a wrong password of good length')
  const locked = await signIn('locked@example.test')
  const wrong = await signIn('nobody@example.test')
  expect(`${locked.status} ${locked.text}`).toBe(`${wrong.status} ${wrong.text}`)
  pass(1_001)
  expect((await signIn('locked@example.test', 'a wrong password of good length')).status).toBe(401)
  pass(1_001)
  expect((await signIn('locked@example.test')).status, 'the second lock is two seconds').toBe(401)
  pass(1_001)
  expect((await signIn('locked@example.test')).status).toBe(200)
  const row = await site.admin.query(
    `select failed_attempts, locked_until from access.account where email = 'locked@example.test'`,
  )
  expect(row.rows[0]).toEqual({ failed_attempts: 0, locked_until: null })
})

test('SEC-10: of twenty guesses at the same moment five are heard', async () => {
  await site.person('rushed@example.test', [])
  const guesses = Array.from({ length: 20 }, (_, at) => signIn('rushed@example.test', `wrong password number ${at}`))
  expect((await Promise.all(guesses)).every((answer) => answer.status === 401)).toBe(true)
  const row = await site.admin.query(`select failed_attempts from access.account where email = 'rushed@example.test'`)
  expect(row.rows[0]?.failed_attempts).toBe(5)
  expect((await signIn('rushed@example.test')).status).toBe(401)
})

test('SEC-10: a session dies when idle, when old, and when it is signed out; only a hash of its token is stored', async () => {
  await site.person('times@example.test', [])
  const answer = await signIn('times@example.test')
  const cookie = cookieOf(answer)
  const token = cookie.split('=')[1] ?? ''
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(answer.headers.get('set-cookie')).toMatch(
    /^tradewright=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
  )
  const stored = await site.admin.query<{ hash: string }>(
    `select encode(token_hash, 'hex') as hash from access.session`,
  )
  expect(stored.rows.every((row) => row.hash.length === 64)).toBe(true)
  const dump = await site.admin.query<{ all: string }>(
    'select string_agg(s::text, chr(10)) as all from access.session s',
  )
  expect(dump.rows[0]?.all.includes(token)).toBe(false)

  const ask = clientOf(site.origin, { cookie })
  pass(29 * MINUTE)
  expect((await ask('/api/session')).status).toBe(200)
  pass(29 * MINUTE)
  expect((await ask('/api/session')).status, 'each request counts as activity').toBe(200)
  pass(31 * MINUTE)
  expect((await ask('/api/session')).status).toBe(401)

  const old = await signedIn('times@example.test')
  for (let at = 0; at < 25; at++) {
    pass(28 * MINUTE)
    await old('/api/session')
  }
  pass(21 * MINUTE)
  expect((await old('/api/session')).status, 'after twelve hours, however busy').toBe(401)

  const one = await signedIn('times@example.test')
  const two = await signedIn('times@example.test')
  expect((await one('/api/session', { method: 'DELETE' })).body).toEqual({ ended: 1 })
  expect((await one('/api/session')).status).toBe(401)
  expect((await two('/api/session')).status).toBe(200)
  const three = await signedIn('times@example.test')
  expect((await three('/api/session?everywhere=true', { method: 'DELETE' })).status).toBe(200)
  expect((await two('/api/session')).status).toBe(401)
})

test('SEC-10: signing in makes a new token, whatever cookie came along', async () => {
  await site.person('fixed@example.test', [])
  const planted = 'A'.repeat(43)
  const answer = await site.anybody.post(
    '/api/session',
    { email: 'fixed@example.test', password: PASSWORD },
    { cookie: `tradewright=${planted}` },
  )
  expect(cookieOf(answer)).not.toContain(planted)
  expect((await clientOf(site.origin, { cookie: `tradewright=${planted}` })('/api/session')).status).toBe(401)
})

test('SEC-10: a right taken away, a disabled account and a revoked key stop working within a second', async () => {
  const { id } = await site.person('leaver@example.test', ['desk.note.read'])
  const leaver = await signedIn('leaver@example.test')
  expect((await leaver('/api/desk/note')).status).toBe(200)
  await site.admin.query('delete from access.role_grant where account_id = $1', [id])
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect((await leaver('/api/desk/note')).status).toBe(404)
  await site.admin.query('update access.account set disabled_at = now() where id = $1', [id])
  const machine = await site.machine(['desk.note.read'])
  expect((await machine.client('/api/desk/note')).status).toBe(200)
  await site.admin.query('update access.api_key set revoked_at = now() where account_id = $1', [machine.id])
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect((await leaver('/api/session')).status).toBe(401)
  expect((await machine.client('/api/desk/note')).status).toBe(401)
})

test('A key that is malformed, expired or of another secret is refused', async () => {
  const { key, id } = await site.machine(['desk.note.read'])
  const tries = ['', 'x', `${key}x`, key.slice(0, -1), key.replace(/_[^_]+$/, `_${'A'.repeat(43)}`), key.toUpperCase()]
  for (const one of tries) expect((await clientOf(site.origin, { key: one })('/api/desk/note')).status, one).toBe(401)
  expect((await site.anybody('/api/desk/note', { headers: { authorization: `Basic ${key}` } })).status).toBe(401)
  await site.admin.query('update access.api_key set expires_at = $2 where account_id = $1', [id, site.clock.now])
  expect((await clientOf(site.origin, { key })('/api/desk/note')).status).toBe(401)
})

test('A browser session changes something only from its own pages (no cross-site requests)', async () => {
  await site.person('browser@example.test', ['desk.note.write'])
  const cookie = cookieOf(await signIn('browser@example.test'))
  const body = { documents: [{ subject: 'x', warehouse: site.warehouses.W1, amount: '1' }] }
  const from = (headers: Record<string, string>) =>
    site.anybody.post('/api/desk/note/write', body, { cookie, ...headers })
  for (const headers of [
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: site.origin },
    { 'sec-fetch-site': 'none' },
  ]) {
    const answer = await from(headers)
    expect(answer.body.code, JSON.stringify(headers)).toBe('CROSS_SITE')
  }
  expect((await from({ origin: site.origin })).status).toBe(200)
  expect((await from({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  const forced = await site.anybody.post(
    '/api/session',
    { email: 'browser@example.test', password: PASSWORD },
    { origin: 'https://evil.example' },
  )
  expect(forced.body.code).toBe('CROSS_SITE')
})

test('Who I am: companies, roles and permissions', async () => {
  await site.person('both@example.test', ['desk.note.read'], { companyId: null })
  const both = await signedIn('both@example.test')
  const who = await both('/api/session')
  expect(who.body.companies).toMatchObject([
    { code: 'ALPHA', currency: 'USD' },
    { code: 'BETA', currency: 'EUR' },
  ])
  expect(who.body.permissions).toEqual([
    { permission: 'desk.note.read', grants: [{ companyId: null, warehouseId: null, upTo: null }] },
  ])
  expect((await both('/api/desk/note')).body.code).toBe('COMPANY_NEEDED')
  expect((await both('/api/desk/note?company=BETA')).status).toBe(200)
  expect((await both('/api/desk/note?company=2')).status).toBe(200)
})

test('Attempts from one address are bounded, by the address of the connection and nothing that a client writes', async () => {
  const narrow = await startSite([], { limits: { perAddress: { burst: 3, perSecond: 0.1 } } })
  const attempt = (at: number) =>
    narrow.anybody.post(
      '/api/session',
      { email: `user${at}@example.test`, password: 'wrong' },
      { 'x-forwarded-for': `10.0.0.${at}`, forwarded: `for=10.0.0.${at}` },
    )
  const answers = []
  for (let at = 0; at < 5; at++) answers.push(await attempt(at))
  expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 429, 429])
  expect(Number(answers[4]?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(answers[4]?.body.code).toBe('TOO_MANY_REQUESTS')
})
