// Administering access: who may give what to whom, and what nobody may hold together (SEC-01, SEC-04, SEC-05).
import { expect, test } from 'vitest'
import { ACCESS_PERMISSIONS } from '#kernel/access'
import { newId } from '#kernel/ids'
import { type Client, clientOf } from './support/client.ts'
import { startSite } from './support/site.ts'

const site = await startSite()
const ALL = Object.keys(ACCESS_PERMISSIONS)
const root = await site.machine(ALL, { companyId: null })
const alpha = await site.machine(ALL, { companyId: 1 })
let made = 0

async function role(permissions: readonly string[]): Promise<string> {
  const code = `given-${++made}`
  await site.admin.query('insert into access.role (code, name) values ($1, $1)', [code])
  await site.admin.query('insert into access.role_permission select $1, unnest($2::text[])', [code, permissions])
  return code
}

async function account(kind: 'person' | 'machine', by: Client = root.client): Promise<string> {
  const answer = await by.post('/api/access/account/create?company=ALPHA', {
    email: `a${++made}@example.test`,
    name: 'Somebody',
    kind,
  })
  expect(answer.status, answer.text).toBe(200)
  return String(answer.body.id)
}

const grant = (by: Client, body: object, company = 'ALPHA') =>
  by.post(`/api/access/account/grant?company=${company}`, { reason: 'needed for the job', ...body })

test('SEC-01: a role given in one company works there and nowhere else, within its warehouse and from its first day', async () => {
  const machine = await account('machine')
  const reader = await role(['desk.note.read'])
  const key = await root.client.post('/api/access/key/create?company=ALPHA', {
    account: machine,
    name: 'scanner',
    expiresAt: '2027-01-01T00:00:00Z',
  })
  expect(key.status, key.text).toBe(200)
  const client = clientOf(site.origin, { key: String(key.body.key) })
  expect((await client('/api/desk/note?company=ALPHA')).body.code).toBe('COMPANY_UNKNOWN')
  const later = await grant(root.client, { account: machine, role: reader, startsOn: '2026-03-03' })
  expect(later.status, later.text).toBe(200)
  expect((await client('/api/desk/note?company=ALPHA')).body.code).toBe('COMPANY_UNKNOWN')
  site.clock.now = new Date('2026-03-03T12:00:00Z')
  expect((await client('/api/desk/note?company=ALPHA')).status).toBe(200)
  expect((await client('/api/desk/note?company=BETA')).body.code).toBe('COMPANY_UNKNOWN')
  const taken = await root.client.post('/api/access/account/revoke?company=ALPHA', {
    account: machine,
    grant: later.body.grant,
    reason: 'moved on',
  })
  expect(taken.status, taken.text).toBe(200)
  expect((await client('/api/desk/note?company=ALPHA')).body.code).toBe('COMPANY_UNKNOWN')
  const gone = await root.client.post('/api/access/key/revoke?company=ALPHA', { key: key.body.id })
  expect(gone.status, gone.text).toBe(200)
  expect((await client('/api/session')).status).toBe(401)
})

test('SEC-04, SEC-05: a grant that joins both sides of a pair is refused, with the permissions, the risk and the owner', async () => {
  await site.admin.query(`insert into access.separation (id, left_permissions, right_permissions, risk, owner) values
    ('SOD-T', '{desk.note.write}', '{desk.note.finish}', 'Work that was never done is closed', 'finance-controller')`)
  const person = await account('person')
  const writer = await role(['desk.note.write'])
  const finisher = await role(['desk.note.finish'])
  expect((await grant(root.client, { account: person, role: writer })).status).toBe(200)
  const clash = await grant(root.client, { account: person, role: finisher })
  expect(clash.body.code).toBe('SEPARATION_CONFLICT')
  expect(clash.body.parameters).toMatchObject({
    separation: 'SOD-T',
    held: 'desk.note.write',
    added: 'desk.note.finish',
    owner: 'finance-controller',
  })
  expect(
    (await grant(root.client, { account: person, role: finisher, everywhere: true })).body.code,
    'everywhere holds here too',
  ).toBe('SEPARATION_CONFLICT')
  expect(
    (await grant(root.client, { account: person, role: finisher }, 'BETA')).status,
    'in another company it is another duty',
  ).toBe(200)
  expect(
    (
      await grant(root.client, {
        account: await account('person'),
        role: await role(['desk.note.write', 'desk.note.finish']),
      })
    ).body.code,
  ).toBe('SEPARATION_CONFLICT')
  await site.admin.query(
    `insert into access.separation_waiver values ($1, 'SOD-T', $2, 'small site', $3, '2026-03-31')`,
    [newId(), person, root.id],
  )
  expect((await grant(root.client, { account: person, role: finisher })).status).toBe(200)
  await site.admin.query(`update access.separation_waiver set expires_on = '2026-03-01'`)
  expect(
    (await grant(root.client, { account: person, role: finisher, upTo: '5' })).body.code,
    'a waiver that ran out is none',
  ).toBe('SEPARATION_CONFLICT')
})

test('SEC-01: an administrator of one company reaches neither beyond it nor accounts that work beyond it', async () => {
  const reader = await role(['desk.note.read'])
  const outside = await account('person')
  expect((await grant(root.client, { account: outside, role: reader }, 'BETA')).status).toBe(200)
  const everywhere = await account('machine')
  expect((await grant(root.client, { account: everywhere, role: reader, everywhere: true })).status).toBe(200)
  const own = await account('person', alpha.client)

  expect((await grant(alpha.client, { account: own, role: reader })).status).toBe(200)
  expect((await grant(alpha.client, { account: own, role: reader, everywhere: true })).body.code).toBe('OUT_OF_REACH')
  expect((await grant(alpha.client, { account: own, role: reader }, 'BETA')).body.code).toBe('COMPANY_UNKNOWN')
  for (const path of ['disable', 'reset-password', 'grant']) {
    const body = { reason: 'try', ...(path === 'grant' ? { role: reader } : {}) }
    const foreign = await alpha.client.post(`/api/access/account/${path}`, { account: outside, ...body })
    const unknownId = newId()
    const unknown = await alpha.client.post(`/api/access/account/${path}`, { account: unknownId, ...body })
    expect(foreign.text.replaceAll(outside, 'ID')).toBe(unknown.text.replaceAll(unknownId, 'ID'))
    expect(foreign.status).toBe(404)
    expect((await alpha.client.post(`/api/access/account/${path}`, { account: everywhere, ...body })).body.code).toBe(
      'OUT_OF_REACH',
    )
  }
  const key = await root.client.post('/api/access/key/create?company=BETA', {
    account: everywhere,
    name: 'k',
    expiresAt: '2027-01-01T00:00:00Z',
  })
  expect((await alpha.client.post('/api/access/key/revoke', { key: key.body.id })).body.code).toBe('OUT_OF_REACH')
  const seen = await alpha.client('/api/access/account')
  expect(JSON.stringify(seen.body)).not.toContain(outside)
  expect(JSON.stringify(seen.body)).toContain(own)
})

test('A disabled account loses its sessions and keys at once, and can be enabled again', async () => {
  const { id } = await site.machine(['desk.note.read'])
  const person = await site.person('off@example.test', ['desk.note.read'])
  const session = await site.anybody.post('/api/session', {
    email: 'off@example.test',
    password: (await import('./support/site.ts')).PASSWORD,
  })
  const browser = clientOf(site.origin, { cookie: session.headers.get('set-cookie')?.split(';')[0] ?? '' })
  expect((await browser('/api/desk/note')).status).toBe(200)
  const missing = await root.client.post('/api/access/account/disable?company=ALPHA', { account: person.id })
  expect(missing.body.code).toBe('REASON_NEEDED')
  const off = await root.client.post('/api/access/account/disable?company=ALPHA', {
    account: person.id,
    reason: 'left',
  })
  expect(off.body).toMatchObject({ state: 'disabled', sessionsEnded: 1 })
  expect((await browser('/api/desk/note')).status).toBe(401)
  const twice = await root.client.post('/api/access/account/disable?company=ALPHA', {
    account: person.id,
    reason: 'left',
  })
  expect(twice.body.code).toBe('WRONG_STATE')
  expect(
    (await root.client.post('/api/access/account/enable?company=ALPHA', { account: person.id, reason: 'back' })).status,
  ).toBe(200)
  const ended = await root.client.post('/api/access/session/end?company=ALPHA', { account: id })
  expect(ended.body.ended).toBe(0)
})

test('Every refusal of administration says its code, and each change leaves one audit leaf; a key replayed shows no secret', async () => {
  const machine = await account('machine')
  const table: [string, object, string][] = [
    ['account/create', { email: 'A1@example.test', name: 'x', kind: 'person' }, 'EMAIL_TAKEN'],
    ['account/grant', { account: machine, role: 'no-such-role', reason: 'x' }, 'ROLE_UNKNOWN'],
    [
      'account/grant',
      { account: machine, role: await role(['desk.note.read']), warehouse: site.warehouses.W3, reason: 'x' },
      'WAREHOUSE_UNKNOWN',
    ],
    ['account/revoke', { account: machine, grant: newId(), reason: 'x' }, 'NOT_FOUND'],
    ['account/reset-password', { account: machine }, 'WRONG_STATE'],
    ['key/create', { account: await account('person'), name: 'k', expiresAt: '2027-01-01T00:00:00Z' }, 'MACHINES_ONLY'],
    ['key/create', { account: machine, name: 'k', expiresAt: '2020-01-01T00:00:00Z' }, 'KEY_EXPIRY_INVALID'],
    ['key/create', { account: machine, name: 'k', expiresAt: '2026-99-99T00:00:00Z' }, 'KEY_EXPIRY_INVALID'],
    ['key/revoke', { key: newId() }, 'NOT_FOUND'],
  ]
  await site.admin.query(
    `insert into access.account (id, email, name, created_at) values ($1, 'a1@example.test', 'x', now()) on conflict do nothing`,
    [newId()],
  )
  const before = await site.admin.query('select max(position) as last from kernel.audit')
  for (const [path, body, code] of table)
    expect((await root.client.post(`/api/access/${path}?company=ALPHA`, body)).body.code, `${path} ${code}`).toBe(code)
  expect(await site.admin.query('select max(position) as last from kernel.audit').then((r) => r.rows)).toEqual(
    before.rows,
  )

  const headers = { 'idempotency-key': 'make-one-key' }
  const body = { account: machine, name: 'once', expiresAt: '2027-01-01T00:00:00Z' }
  const first = await root.client.post('/api/access/key/create?company=ALPHA', body, headers)
  const again = await root.client.post('/api/access/key/create?company=ALPHA', body, headers)
  expect(first.body.key).toMatch(/^tw_/)
  expect(again.body).toEqual({ id: first.body.id, key: null, replayed: true })
  expect(
    (await root.client.post('/api/access/key/create?company=ALPHA', { ...body, name: 'two' }, headers)).body.code,
  ).toBe('KEY_REUSED')
  // The secret may hold underscores of its own.
  const secret = /^tw_[^_]+_(.{20,})$/.exec(String(first.body.key))?.[1] ?? ''
  expect(secret).not.toBe('')
  const kept = await site.admin.query('select from kernel.audit where strpos(payload, $1) > 0', [secret])
  expect(kept.rowCount).toBe(0)
  expect(site.log.join('')).not.toContain(secret)
})

test('The last administrator of everything can neither be disabled nor lose the role', async () => {
  await site.admin.query(`insert into access.role (code, name) values ('administrator', 'Administrator')`)
  await site.admin.query(`insert into access.role_permission select 'administrator', unnest($1::text[])`, [ALL])
  const person = await account('person')
  const given = await grant(root.client, { account: person, role: 'administrator', everywhere: true })
  expect(given.status, given.text).toBe(200)
  expect(
    (await root.client.post('/api/access/account/disable?company=ALPHA', { account: person, reason: 'x' })).body.code,
  ).toBe('LAST_ADMINISTRATOR')
  expect(
    (
      await root.client.post('/api/access/account/revoke?company=ALPHA', {
        account: person,
        grant: given.body.grant,
        reason: 'x',
      })
    ).body.code,
  ).toBe('LAST_ADMINISTRATOR')
})
