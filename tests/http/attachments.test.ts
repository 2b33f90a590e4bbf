// Files beside a document: what is taken and what is not, how they go out, who has them, and how one is taken back.
import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { FILE_KINDS, kindNamed } from '../../src/kernel/http/web/file-kind.ts'
import { dispositionOf, plainName } from '../../src/kernel/http/web/file-name.ts'
import type { Answer } from './support/client.ts'
import { desk } from './support/desk.ts'
import { startSite } from './support/site.ts'

const site = await startSite([desk])
const READ = ['desk.note.read', 'desk.note.write', 'desk.note.finish']
const clerk = await site.machine(READ)
const other = await site.machine(READ)
const narrow = await site.machine(READ, { warehouseId: site.warehouses.W2 })
const beta = await site.machine(READ, { companyId: 2 })
const blind = await site.machine(['desk.note.write'])
type Machine = typeof clerk

type Item = Record<string, unknown>
const items = (body: Item): Item[] => (Array.isArray(body.items) ? body.items : [])
const MEGABYTE = 1_048_576

async function write(warehouse = site.warehouses.W1): Promise<string> {
  const documents = [{ subject: 'With files', warehouse, amount: '1' }]
  const answer = await clerk.client.post('/api/desk/note/write', { documents })
  return String((answer.body.ids as unknown[])[0])
}

const PDF = Buffer.from('%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n')
const PNG = Buffer.concat([Buffer.from([0x89]), Buffer.from('PNG\r\n\x1a\n'), Buffer.alloc(64)])
const ZIP = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(60)])
const XLSX = Buffer.concat([ZIP, Buffer.from('[Content_Types].xml xl/workbook.xml')])

type Sent = { name: string; bytes: Buffer; key?: string; type?: string; query?: string }

/** Sends a file as it is, as the app does. */
async function attach(who: Machine, note: string, sent: Sent): Promise<Answer> {
  const { name, bytes, key, type = 'application/octet-stream', query = '' } = sent
  const answer = await fetch(
    `${site.origin}/api/attachments?document=desk.note&id=${note}&name=${encodeURIComponent(name)}${query}`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${who.key}`,
        'content-type': type,
        ...(key ? { 'idempotency-key': key } : {}),
      },
      body: new Uint8Array(bytes),
    },
  )
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) }
}

const listed = async (note: string, who = clerk) =>
  items((await who.client(`/api/attachments?document=desk.note&id=${note}`)).body)

async function bytesOf(id: unknown, who = clerk): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const answer = await fetch(`${site.origin}/api/attachments/${id}`, {
    headers: { authorization: `Bearer ${who.key}` },
  })
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}

const note = await write()

test('A file is kept with what it is, and comes back byte for byte, to be saved and never shown', async () => {
  const own = await write()
  const answer = await attach(clerk, own, { name: 'Offer.PDF', bytes: PDF })
  expect(answer.status, answer.text).toBe(200)
  expect(answer.body).toMatchObject({ name: 'Offer.PDF', mediaType: 'application/pdf', size: PDF.length })
  const [file] = await listed(own, other)
  expect(file).toMatchObject({ id: answer.body.id, name: 'Offer.PDF', takenBackAt: null, canTakeBack: false })
  const got = await bytesOf(file?.id, other)
  expect(got.bytes.equals(PDF)).toBe(true)
  expect(Object.fromEntries(got.headers)).toMatchObject({
    'content-disposition': `attachment; filename="Offer.PDF"; filename*=UTF-8''Offer.PDF`,
    'content-type': 'application/pdf',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'content-length': String(PDF.length),
  })
  expect(got.headers.get('content-security-policy')).toMatch(/default-src 'none';.*; sandbox$/)
  const [line] = items((await clerk.client(`/api/desk/note/${own}/history`)).body).slice(-1)
  const sha256 = createHash('sha256').update(PDF).digest('hex')
  expect(line).toMatchObject({ verb: 'attach', from: 'open', to: 'open', changes: { name: 'Offer.PDF', sha256 } })
})

test('What a file is follows from its bytes: one that lies about it, and what a browser could run, is refused', async () => {
  const refused = async (name: string, bytes: Buffer | string) =>
    (await attach(clerk, note, { name, bytes: Buffer.from(bytes) })).body.code
  for (const [name, bytes] of [
    ['a.pdf', PNG],
    ['a.png', PDF],
    ['a.jpg', '<script>alert(1)</script>'],
    ['a.gif', 'GIF88a'],
    ['a.webp', 'RIFF0000WAVE'],
    ['a.xlsx', ZIP],
    ['a.docx', XLSX],
    ['a.zip', PDF],
    ['a.csv', PNG],
    ['a.txt', 'MZ\0\0'],
  ] as const)
    expect(await refused(name, Buffer.from(bytes)), name).toBe('ATTACHMENT_NOT_AS_NAMED')
  for (const name of ['a.html', 'a.svg', 'a.exe', 'a', '.pdf.js', 'pdf', 'a.pdf.', 'a.xlsm'])
    expect(await refused(name, PDF), name).toBe('ATTACHMENT_KIND_REFUSED')
  for (const name of ['..', '/', 'a/', '\u202e\u200b', '\n'])
    expect(await refused(name, PDF), JSON.stringify(name)).toBe('ATTACHMENT_NAME_UNUSABLE')
  expect(await refused('a.pdf', '')).toBe('ATTACHMENT_EMPTY')
  expect(await listed(note)).toEqual([])
})

test('Each kind that may be attached is known by its bytes', () => {
  const one: Record<string, Buffer> = {
    pdf: PDF,
    png: PNG,
    jpeg: Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    gif: Buffer.from('GIF89a'),
    webp: Buffer.from('RIFF0000WEBP'),
    xlsx: XLSX,
    docx: Buffer.concat([ZIP, Buffer.from('[Content_Types].xml word/document.xml')]),
    zip: ZIP,
    csv: Buffer.from('name;Größe\r\n', 'latin1'),
    txt: Buffer.from('Größe ✓\n'),
  }
  expect(Object.entries(one).filter(([ending, bytes]) => kindNamed(`x.${ending}`)?.holds(bytes) !== true)).toEqual([])
  expect(FILE_KINDS).toHaveLength(Object.keys(one).length)
})

test('A file may have its full size and not one byte more; then nothing is kept and the answer is heard', async () => {
  const own = await write()
  const full = Buffer.concat([PDF, Buffer.alloc(10 * MEGABYTE - PDF.length, 32)])
  const kept = await attach(clerk, own, { name: 'full.pdf', bytes: full })
  expect(kept.status, kept.text).toBe(200)
  expect((await bytesOf(kept.body.id)).bytes.equals(full)).toBe(true)
  const more = await attach(clerk, own, { name: 'more.pdf', bytes: Buffer.concat([full, Buffer.from(' ')]) })
  expect(more.status).toBe(413)
  expect(more.body).toMatchObject({ code: 'ATTACHMENT_TOO_LARGE', parameters: { megabytes: 10 } })
  expect(await listed(own)).toHaveLength(1)
})

test('How large and how many is the company’s setting, within what one request may carry', async () => {
  const own = await write()
  const set = (setting: object) =>
    site.admin.query(`update company.company set settings = settings || $1 where id = 1`, [{ attachments: setting }])
  await set({ megabytes: 1, files: 2 })
  const large = Buffer.concat([PDF, Buffer.alloc(MEGABYTE)])
  expect((await attach(clerk, own, { name: 'a.pdf', bytes: large })).body.code).toBe('ATTACHMENT_TOO_LARGE')
  const answers = await Promise.all([1, 2, 3, 4].map((n) => attach(clerk, own, { name: `${n}.pdf`, bytes: PDF })))
  expect(answers.map((one) => one.body.code ?? 'kept').sort()).toEqual([
    'ATTACHMENTS_FULL',
    'ATTACHMENTS_FULL',
    'kept',
    'kept',
  ])
  await set({ megabytes: 'lots', files: '-1' })
  const limits = await site.admin.query('select bytes, files from kernel.attachment_limits(1)')
  expect(limits.rows).toEqual([{ bytes: 10 * MEGABYTE, files: 50 }])
  await set({ megabytes: 9_000, files: 9_000 })
  expect((await site.admin.query('select bytes, files from kernel.attachment_limits(1)')).rows).toEqual([
    { bytes: 16 * MEGABYTE, files: 500 },
  ])
  await site.admin.query(`update company.company set settings = settings - 'attachments' where id = 1`)
})

test('A name from anywhere becomes one that nothing trips over, and is told exactly', async () => {
  const own = await write()
  const names = {
    'in\r\nset-cookie: a=b.pdf': 'in set-cookie: a=b.pdf',
    'He said "yes"; filename=x.pdf': 'He said "yes"; filename=x.pdf',
    '../../etc/passwd.txt': 'passwd.txt',
    'C:\\temp\\Plan.txt': 'Plan.txt',
    'Größe ✓ 見積.txt': 'Größe ✓ 見積.txt',
    'rechnung\u202efdp.txt': 'rechnungfdp.txt',
    '<img src=x onerror=alert(1)>.txt': '<img src=x onerror=alert(1)>.txt',
    "%0d%0a'(*).txt": "%0d%0a'(*).txt",
  }
  for (const [given, expected] of Object.entries(names)) {
    const text = Buffer.from(expected.endsWith('.pdf') ? PDF : 'text')
    const answer = await attach(clerk, own, { name: given, bytes: text })
    expect(answer.body.name, answer.text).toBe(expected)
    const { headers } = await bytesOf(answer.body.id)
    const disposition = headers.get('content-disposition') ?? ''
    expect(disposition).toMatch(/^attachment; filename="[^"\\%]*"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+$/)
    expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toBe(expected)
    expect(headers.get('set-cookie')).toBeNull()
  }
  expect([...plainName(`${'ä'.repeat(300)}.pdf`)]).toHaveLength(200)
  expect(plainName(`${'ä'.repeat(300)}.pdf`).endsWith('ä.pdf')).toBe(true)
  expect(dispositionOf('😀.txt')).toBe(`attachment; filename="__.txt"; filename*=UTF-8''%F0%9F%98%80.txt`)
})

test('SEC-02: a file is had by who may read its document: not by company, warehouse or right elsewhere', async () => {
  const id = String((await attach(clerk, note, { name: 'seen.pdf', bytes: PDF })).body.id)
  const nobodys = newId()
  for (const who of [beta, narrow, blind]) {
    const [theirs, none] = await Promise.all([
      who.client(`/api/attachments/${id}`),
      who.client(`/api/attachments/${nobodys}`),
    ])
    expect(theirs.status).toBe(404)
    expect(theirs.text.replaceAll(id, 'ID')).toBe(none.text.replaceAll(nobodys, 'ID'))
    const back = (attachment: string) => who.client.post('/api/attachments/take-back', { attachment, reason: 'x' })
    expect((await back(id)).text.replaceAll(id, 'ID')).toBe((await back(nobodys)).text.replaceAll(nobodys, 'ID'))
  }
  expect((await beta.client(`/api/attachments?document=desk.note&id=${note}`)).body.code).toBe('NOT_FOUND')
  expect((await narrow.client(`/api/attachments?document=desk.note&id=${note}`)).body.code).toBe('NOT_FOUND')
  expect((await blind.client(`/api/attachments?document=desk.note&id=${note}`)).body.code).toBe('NOT_ALLOWED')
  expect((await attach(beta, note, { name: 'a.pdf', bytes: PDF })).body.code).toBe('NOT_FOUND')
  expect((await attach(blind, note, { name: 'a.pdf', bytes: PDF })).body.code).toBe('NOT_ALLOWED')
  expect((await site.anybody(`/api/attachments/${id}`)).status).toBe(401)
  expect((await bytesOf(id, other)).status).toBe(200)
})

test('One file under one key is kept once, also when it is sent twice at once; a preview keeps nothing', async () => {
  const own = await write()
  expect((await attach(clerk, own, { name: 'a.pdf', bytes: PDF, query: '&dryRun=true' })).body).toEqual({
    dryRun: true,
  })
  const key = newId()
  const sent = { name: 'a.pdf', bytes: PDF, key }
  const answers = await Promise.all([attach(clerk, own, sent), attach(clerk, own, sent)])
  const again = await attach(clerk, own, sent)
  expect(new Set([...answers, again].map((one) => one.body.id)).size).toBe(1)
  expect(again.body.replayed).toBe(true)
  expect(await listed(own)).toHaveLength(1)
  const changed = await attach(clerk, own, { ...sent, bytes: Buffer.concat([PDF, PDF]) })
  expect(changed.body.code).toBe('KEY_REUSED')
})

test('One’s own file is taken back within a day: the bytes go, what it was and why stays', async () => {
  const own = await write()
  const { id } = (await attach(clerk, own, { name: 'wrong.pdf', bytes: PDF })).body
  const old = (await attach(clerk, own, { name: 'old.pdf', bytes: PDF })).body.id
  const back = (who: Machine, attachment: unknown, reason = 'the wrong customer', key: string = newId()) =>
    who.client.post('/api/attachments/take-back', { attachment, reason }, { 'idempotency-key': key })
  expect((await back(other, id)).body.code).toBe('ATTACHMENT_NOT_YOURS')
  expect((await back(clerk, id, '  ')).body.code).toBe('INPUT_INVALID')
  const key = newId()
  const done = await back(clerk, id, 'the wrong customer', key)
  expect(done.status, done.text).toBe(200)
  expect((await back(clerk, id, 'the wrong customer', key)).body).toEqual({ id, replayed: true })
  expect((await back(clerk, id)).body.code).toBe('ATTACHMENT_TAKEN_BACK')
  expect((await bytesOf(id)).status).toBe(404)
  expect((await clerk.client(`/api/attachments/${id}`)).body.code).toBe('ATTACHMENT_TAKEN_BACK')
  expect(await listed(own)).toMatchObject([
    { name: 'wrong.pdf', takenBackReason: 'the wrong customer', canTakeBack: false },
    { name: 'old.pdf', takenBackAt: null, canTakeBack: true },
  ])
  const row = await site.admin.query('select bytes from kernel.attachment where id = $1', [id])
  expect(row.rows).toEqual([{ bytes: null }])
  const [line] = items((await clerk.client(`/api/desk/note/${own}/history`)).body).slice(-1)
  expect(line).toMatchObject({ verb: 'take-back', reason: 'the wrong customer', changes: { name: 'wrong.pdf' } })
  site.clock.now = new Date(site.clock.now.getTime() + 24 * 3_600_000)
  expect((await back(clerk, old)).body.code).toBe('ATTACHMENT_TOO_OLD')
  expect((await bytesOf(old)).status).toBe(200)
})

test('Only a route for files takes one, and it takes nothing else', async () => {
  expect(
    (await attach(clerk, note, { name: 'a.txt', bytes: Buffer.from('{}'), type: 'application/json' })).body.code,
  ).toBe('ATTACHMENT_EXPECTED')
  expect((await attach(clerk, note, { name: 'a.txt', bytes: Buffer.from('a'), type: 'text/plain' })).body.code).toBe(
    'CONTENT_TYPE_UNKNOWN',
  )
  const elsewhere = await clerk.client(`/api/desk/note/${note}/comments`, {
    raw: '{"text":"x"}',
    headers: { 'content-type': 'application/octet-stream' },
  })
  expect(elsewhere.body.code).toBe('CONTENT_TYPE_UNKNOWN')
})

test('A file that is cut off on its way is not kept', async () => {
  const own = await write()
  const url = `${site.origin}/api/attachments?document=desk.note&id=${own}&name=cut.pdf`
  await new Promise<void>((resolve) => {
    const headers = { 'content-type': 'application/octet-stream', 'content-length': '100000' }
    const sending = request(url, { method: 'POST', headers: { ...headers, authorization: `Bearer ${clerk.key}` } })
    sending.on('error', () => resolve())
    sending.write(PDF, () => setTimeout(() => sending.destroy(), 100))
  })
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(await listed(own)).toEqual([])
  expect((await clerk.client('/api/session')).status).toBe(200)
})

test('SEC-02: the database lets nobody change a file, and shows it to its company only', async () => {
  const { pool } = site.kernel
  const attempt = async (companies: string, statement: string) => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      await client.query(`select set_config('tw.companies', $1, true)`, [companies])
      return (await client.query(statement)).rowCount
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  expect(await attempt('1', 'select from kernel.attachment')).toBeGreaterThan(0)
  expect(await attempt('2', 'select from kernel.attachment')).toBe(0)
  expect(await attempt('', 'select from kernel.attachment')).toBe(0)
  await expect(attempt('1', 'delete from kernel.attachment')).rejects.toThrow(/permission denied/)
  await expect(attempt('1', `update kernel.attachment set name = 'x'`)).rejects.toThrow(/permission denied/)
})
