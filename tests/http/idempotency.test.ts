// One key, one effect, however often and however simultaneously it is asked; and sets that do not stop at the first no.
import { expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { startSite } from './support/site.ts'

const site = await startSite()
const { client } = await site.machine(['desk.note.write', 'desk.note.read', 'desk.note.finish'])
const other = await site.machine(['desk.note.write'])
const URL = '/api/desk/note/write'
const body = (subject: string) => ({ documents: [{ subject, warehouse: site.warehouses.W1, amount: '1' }] })
const count = async (subject: string) =>
  (await site.admin.query('select from desk.note where subject = $1', [subject])).rowCount

test('The same key twice is one effect and the same answer', async () => {
  const headers = { 'idempotency-key': 'twice-the-same' }
  const first = await client.post(URL, body('once'), headers)
  const second = await client.post(URL, body('once'), headers)
  expect(first.status, first.text).toBe(200)
  expect(second.body).toEqual({ ...first.body, replayed: true })
  expect(await count('once')).toBe(1)
})

test('The same key with other input is refused; for another principal it is another key', async () => {
  const headers = { 'idempotency-key': 'other-input-1' }
  await client.post(URL, body('before'), headers)
  const answer = await client.post(URL, body('after'), headers)
  expect([answer.status, answer.body.code]).toEqual([422, 'KEY_REUSED'])
  expect(await count('after')).toBe(0)
  expect((await other.client.post(URL, body('after'), headers)).status).toBe(200)
})

test('Ten twins at the same moment are one effect, and all get the same ids', async () => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => client.post(URL, body('twin'), { 'idempotency-key': 'ten-twins-at-once' })),
  )
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 10 }, () => 200))
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body.ids))).size).toBe(1)
  expect(answers.filter((answer) => answer.body.replayed !== true)).toHaveLength(1)
  expect(await count('twin')).toBe(1)
})

test('A dry run shows what would happen, changes nothing and uses up no key', async () => {
  const headers = { 'idempotency-key': 'dry-then-wet' }
  const dry = await client.post(`${URL}?dryRun=true`, body('dry'), headers)
  expect(dry.body).toMatchObject({ dryRun: true })
  expect(await count('dry')).toBe(0)
  expect((await client.post(URL, body('dry'), headers)).body.replayed).toBeUndefined()
  expect(await count('dry')).toBe(1)
})

test.each(['short', 'with space in it', 'ä'.repeat(10), 'x'.repeat(201)])('The key %s is refused', async (key) => {
  const headers = { 'idempotency-key': Buffer.from(key, 'utf8').toString('latin1') }
  expect((await client.post(URL, body('never'), headers)).body.code).toBe('IDEMPOTENCY_KEY_INVALID')
  expect(await count('never')).toBe(0)
})

test('One bad document refuses the set; with each: true the others are done, once', async () => {
  const made = await client.post(URL, { documents: ['a', 'b'].map((subject) => body(subject).documents[0]) })
  const ids = [...(made.body.ids as string[]), newId()]
  expect((await client.post('/api/desk/note/finish', { ids })).body.code).toBe('NOT_FOUND')
  const headers = { 'idempotency-key': 'each-for-itself' }
  const each = await client.post('/api/desk/note/finish', { ids, each: true }, headers)
  expect(each.status, each.text).toBe(200)
  expect(each.body.results).toMatchObject([
    { id: ids[0], ok: true },
    { id: ids[1], ok: true },
    { id: ids[2], ok: false, refusal: { code: 'NOT_FOUND', status: 404 } },
  ])
  const again = await client.post('/api/desk/note/finish', { ids, each: true }, headers)
  expect(again.body.results).toMatchObject([
    { ok: true, answer: { replayed: true } },
    { ok: true, answer: { replayed: true } },
    { ok: false },
  ])
  const versions = await site.admin.query('select distinct version from desk.note where id = any($1::uuid[])', [ids])
  expect(versions.rows).toEqual([{ version: 2 }])
})

test('An id that the caller made is used once; again it is a conflict, not a second document', async () => {
  const id = newId()
  const given = { documents: [{ ...body('offline').documents[0], id }] }
  expect((await client.post(URL, given)).body.ids).toEqual([id])
  const again = await client.post(URL, given)
  expect([again.status, again.body.code]).toEqual([409, 'ALREADY_EXISTS'])
  expect(await count('offline')).toBe(1)
})

test('A version that somebody else has moved on from is refused', async () => {
  const made = await client.post(URL, body('version'))
  const [id = ''] = made.body.ids as string[]
  const answer = await client.post('/api/desk/note/finish', { ids: [id], versions: { [id]: 7 } })
  expect([answer.status, answer.body.code]).toEqual([409, 'CHANGED_MEANWHILE'])
})
