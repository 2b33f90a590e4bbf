// An empty installation has no account at all; its first administrator comes in by a token that works once.
import { expect, test } from 'vitest'
import { setUpToken } from '#kernel/access'
import { clientOf, cookieOf } from './support/client.ts'
import { PASSWORD, startSite } from './support/site.ts'

const site = await startSite([])
const setUp = (token: string, email = 'first@example.test', password = PASSWORD) =>
  site.anybody.post('/api/session/set-up', { token, email, name: 'First Person', password })

test('SEC-10: there is no default account, and a set-up token works once, for a day, while there is no administrator', async () => {
  expect((await site.admin.query('select from access.account')).rowCount).toBe(0)
  expect((await setUp('A'.repeat(43))).body.code).toBe('LINK_INVALID')
  const stale = await setUpToken(site.kernel, site.clock.now)
  site.clock.now = new Date(site.clock.now.getTime() + 25 * 3_600_000)
  expect((await setUp(String(stale))).body.code).toBe('LINK_INVALID')
  const token = String(await setUpToken(site.kernel, site.clock.now))
  const both = await Promise.all([setUp(token), setUp(token, 'second@example.test')])
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 403])
  expect((await site.admin.query('select from access.account')).rowCount).toBe(1)
  expect(await setUpToken(site.kernel, site.clock.now)).toBeNull()
  expect((await setUp(token)).body.code).toBe('LINK_INVALID')
  const leaf = await site.admin.query<{ payload: string }>(
    `select payload from kernel.audit where document = 'access.account' and verb = 'set-up'`,
  )
  expect(leaf.rowCount).toBe(1)
  expect(leaf.rows[0]?.payload).not.toContain(PASSWORD)
})

test('SEC-10: passwords are long, not common, and kept as argon2id; a link sets one and ends every session', async () => {
  await site.admin.query('delete from access.role_grant')
  const token = String(await setUpToken(site.kernel, site.clock.now))
  const refused: [string, string][] = [
    ['short pass', 'PASSWORD_TOO_SHORT'],
    ['x'.repeat(129), 'PASSWORD_TOO_LONG'],
    ['Password1234!', 'PASSWORD_TOO_COMMON'],
    ['P@ssw0rd2026', 'PASSWORD_TOO_COMMON'],
    ['qwertyuiop[]'.replace('[]', 'as'), 'PASSWORD_TOO_COMMON'],
    ['123456789012', 'PASSWORD_TOO_COMMON'],
    ['aaaaaaaaaaaaaa', 'PASSWORD_TOO_COMMON'],
    ['Newcomer12345', 'PASSWORD_TOO_COMMON'],
  ]
  for (const [password, code] of refused)
    expect((await setUp(token, 'newcomer@example.test', password)).body.code, password).toBe(code)
  const answer = await setUp(token, 'newcomer@example.test', 'émile ate nine plums')
  expect(answer.status, answer.text).toBe(200)
  const stored = await site.admin.query<{ password_hash: string }>(
    `select password_hash from access.account where email = 'newcomer@example.test'`,
  )
  expect(stored.rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)

  const admin = clientOf(site.origin, { cookie: cookieOf(answer) })
  const made = await admin.post('/api/access/account/create?company=ALPHA', {
    email: 'Clerk@Example.test',
    name: 'A Clerk',
    kind: 'person',
  })
  expect(made.status, made.text).toBe(200)
  expect(made.body.passwordToken).toMatch(/^[A-Za-z0-9_-]{43}$/)
  const link = { token: String(made.body.passwordToken), password: 'green plums in a blue bowl' }
  const set = await site.anybody.post('/api/session/password-link', link)
  expect(set.status, set.text).toBe(200)
  expect((await site.anybody.post('/api/session/password-link', link)).body.code).toBe('LINK_INVALID')
  const clerk = clientOf(site.origin, { cookie: cookieOf(set) })
  const changed = await clerk.post('/api/session/password', {
    current: 'not the current one',
    password: 'red plums in a blue bowl',
  })
  expect(changed.body.code).toBe('SIGN_IN_FAILED')
  const done = await clerk.post('/api/session/password', {
    current: link.password,
    password: 'red plums in a blue bowl',
  })
  expect(done.status, done.text).toBe(200)
  expect((await clerk('/api/session')).status).toBe(401)
  expect((await clientOf(site.origin, { cookie: cookieOf(done) })('/api/session')).status).toBe(200)
})

test('SEC-10: a set-up token that outlived the need for it is refused', async () => {
  await site.admin.query('delete from access.role_grant')
  const token = String(await setUpToken(site.kernel, site.clock.now))
  await site.admin.query(`insert into access.role_grant (id, account_id, role)
    select gen_random_uuid(), id, 'administrator' from access.account where email = 'newcomer@example.test'`)
  expect((await setUp(token, 'third@example.test', 'nine brown owls in a barn')).body.code).toBe('ALREADY_SET_UP')
  expect((await site.admin.query(`select from access.account where email = 'third@example.test'`)).rowCount).toBe(0)
})
