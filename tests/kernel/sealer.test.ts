// The audit log is sealed and signed; whoever changes, deletes, inserts, re-orders or cuts is named.
import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { carryKeys, ORIGIN, trustedKeys } from '#kernel/audit-keys'
import { verifyAudit } from '#kernel/audit-verify'
import { SYSTEM } from '#kernel/context'
import { transaction } from '#kernel/db'
import { document, f } from '#kernel/document'
import { newId } from '#kernel/ids'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import { merkleRoot, signCheckpoint } from '#kernel/merkle'
import { audit } from '#kernel/record'
import { anchorFile, type Sealed, sealer } from '#kernel/sealer'
import { verify } from '#kernel/verify'
import { folderForThisFile } from '../support/clean-up.ts'
import { testDatabase } from '../support/database.ts'

const { admin, kernel, url } = await testDatabase()
let home = folderForThisFile()
const now = () => new Date('2026-03-02T15:00:00Z')
await admin.query(`select kernel.open_month('2026-03-02')`)
await admin.query(`insert into company.currency values ('USD', 'US dollar', 2)`)
await admin.query(
  `insert into company.company (id, code, name, currency, time_zone, country) values (1, 'ONE', 'One', 'USD', 'UTC', 'US'), (2, 'TWO', 'Two', 'USD', 'UTC', 'US')`,
)

const thing = document('probe.thing', {
  label: 'Thing',
  role: 'transaction',
  table: 'kernel.audit',
  numbered: 'id',
  fields: { name: f.text() },
  states: ['new'],
  list: { columns: [], search: [], sort: 'id' },
  verbs: { make: { from: null, to: 'new' } },
})

/** Writes audit rows as commands do: leaf, event and row in one transaction. */
async function make(count: number, companyId = 1): Promise<void> {
  const done = Array.from({ length: count }, (_, n) => ({
    id: newId(),
    from: null,
    to: 'new',
    changes: undefined,
    input: { name: `thing ${n} – größer` },
  }))
  const context = { principal: SYSTEM, companyId, channel: 'inside' as const, now: now(), today: '2026-03-02' }
  await transaction(kernel.pool, { companies: [companyId] }, (tx) => audit(tx, context, thing.verbs.make, done))
}

const check = (anchors: readonly string[] = []) =>
  verifyAudit(kernel.pool, { companies: [0, 1, 2], keys: trustedKeys(home), anchors })
const sealOnce = (where = home) => sealer(kernel.pool, where).seal(now())

/** Seals what there is. Any transaction of this PostgreSQL holds the horizon back, those of other databases too. */
async function seal(where = home): Promise<Sealed> {
  for (;;) {
    const sealed = await sealOnce(where)
    if (sealed) return sealed
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
const redInvariants = async () =>
  (await verify(kernel.pool, [0, 1, 2], KERNEL_INVARIANTS)).checks.filter((one) => !one.ok).map((one) => one.id)

beforeEach(async () => {
  await admin.query(
    'truncate kernel.audit, kernel.outbox, kernel.audit_seal, kernel.audit_checkpoint, kernel.audit_frontier',
  )
  home = folderForThisFile()
})

test('SEC-08: rows of all companies are sealed in order under one signed head after another', async () => {
  await make(3)
  await make(2, 2)
  const first = await seal()
  expect([first.rows, first.size]).toEqual([5, 5])
  expect(await sealOnce()).toBeNull()
  await make(4)
  expect((await check()).waiting).toBe(4)
  expect((await seal()).size).toBe(9)
  expect(await check([first.note])).toEqual({
    ok: true,
    sealed: 9,
    waiting: 0,
    checkpoints: 2,
    anchors: 1,
    findings: [],
  })
  expect(await redInvariants()).toEqual([])
})

test('a row of a transaction that is still open is not sealed below later ones, and is sealed when it has ended', async () => {
  const slow = new pg.Client({ connectionString: url })
  await slow.connect()
  await slow.query('begin')
  await slow.query('select pg_current_xact_id()')
  await make(2)
  expect(await sealOnce()).toBeNull()
  await slow.query('rollback')
  await slow.end()
  expect((await seal()).rows).toBe(2)
  expect((await check()).ok).toBe(true)
})

test('the key is private, stays outside the database, and another key is not accepted in its place', async () => {
  await make(1)
  await seal()
  expect(statSync(join(home, 'keys', 'audit.key')).mode & 0o777).toBe(0o600)
  expect(readFileSync(anchorFile(home), 'utf8')).toContain(ORIGIN)
  const other = folderForThisFile()
  await make(1)
  await expect(sealer(kernel.pool, other).seal(now())).rejects.toMatchObject({ code: 'AUDIT_KEY_MISSING' })
  expect(readdirSync(other)).toEqual([])
  carryKeys(home, other)
  expect((await seal(other)).size).toBe(2)
  expect((await check()).findings.map((one) => one.check)).toEqual(['checkpoint'])
  carryKeys(other, home)
  expect((await check()).ok).toBe(true)
})

test('two sealers at once seal every row once', async () => {
  for (let n = 0; n < 20; n++) await make(3)
  const pair = [sealer(kernel.pool, home), sealer(kernel.pool, home)]
  let heads = 0
  // As long as somebody holds the horizon back, neither finds anything to seal; then it is tried again.
  for (let n = 0; n < 5 || heads === 0; n++) {
    if (n < 5) await make(2)
    else await new Promise((resolve) => setTimeout(resolve, 20))
    const sealed: (Sealed | null)[] = await Promise.all(pair.map((one) => one.seal(now())))
    heads += sealed.filter((one) => one !== null).length
  }
  for (;;) {
    const last = await sealOnce()
    if (last === null && (await check()).waiting === 0) break
  }
  expect((await check()).sealed).toBe(70)
  expect((await check()).ok).toBe(true)
})

const at = (seq: number) => `(select audit_id from kernel.audit_seal where seq = ${seq})`
const forger = generateKeyPairSync('ed25519').privateKey

const TAMPERINGS: readonly {
  what: string
  sql: readonly string[]
  check: string
  seq?: number
  says: RegExp
  red: readonly string[]
}[] = [
  {
    what: 'a changed payload',
    sql: [`update kernel.audit set payload = replace(payload, 'thing 1', 'thing 9') where id = ${at(2)}`],
    check: 'leaf',
    seq: 2,
    says: /was changed/,
    red: ['I48'],
  },
  {
    what: 'a changed payload with its leaf made to fit',
    sql: [
      `update kernel.audit set payload = replace(payload, 'thing 1', 'thing 9'), leaf = sha256('\\x00'::bytea || convert_to(replace(payload, 'thing 1', 'thing 9'), 'UTF8')) where id = ${at(2)}`,
    ],
    check: 'leaf',
    seq: 2,
    says: /was changed/,
    red: ['I48d'],
  },
  {
    what: 'a changed payload with leaf and seal made to fit',
    sql: [
      `update kernel.audit set payload = replace(payload, 'thing 1', 'thing 9'), leaf = sha256('\\x00'::bytea || convert_to(replace(payload, 'thing 1', 'thing 9'), 'UTF8')) where id = ${at(2)}`,
      `update kernel.audit_seal s set leaf = a.leaf from kernel.audit a where a.id = s.audit_id`,
    ],
    check: 'root',
    seq: 1,
    says: /do not give the root/,
    red: [],
  },
  {
    what: 'a changed column',
    sql: [`update kernel.audit set actor_id = gen_random_uuid() where id = ${at(3)}`],
    check: 'columns',
    seq: 3,
    says: /columns that differ/,
    red: ['I48b'],
  },
  {
    what: 'a deleted row',
    sql: [`delete from kernel.audit where id = ${at(4)}`],
    check: 'row',
    seq: 4,
    says: /was deleted or moved/,
    red: ['I47', 'I48d'],
  },
  {
    what: 'a deleted row with its event and seal',
    sql: [
      `delete from kernel.outbox where id = ${at(4)}`,
      `delete from kernel.audit where id = ${at(4)}`,
      'delete from kernel.audit_seal where seq = 4',
    ],
    check: 'gap',
    seq: 5,
    says: /sealed row 4 is gone/,
    red: ['I48c'],
  },
  {
    what: 're-ordered seals',
    sql: [
      'update kernel.audit_seal set seq = case seq when 2 then -3 when 3 then -2 end where seq in (2, 3)',
      'update kernel.audit_seal set seq = -seq where seq < 0',
    ],
    check: 'order',
    seq: 3,
    says: /order was changed/,
    red: [],
  },
  {
    what: 'a row put in from behind',
    sql: [
      `with old as (select * from kernel.audit where id = ${at(1)}) insert into kernel.audit (id, at, company_id, actor_id, document, document_id, verb, payload, leaf, txid)
      select gen_random_uuid(), at, company_id, actor_id, document, document_id, verb, payload, leaf, txid from old`,
    ],
    check: 'unsealed',
    says: /came in from behind/,
    red: ['I47b'],
  },
  {
    what: 'an event without its audit row',
    sql: [
      `insert into kernel.outbox (id, at, company_id, topic, document_id) values (gen_random_uuid(), '2026-03-02T15:00:00Z', 1, 'probe.thing.make', gen_random_uuid())`,
    ],
    check: 'completeness',
    says: /no audit row of the same transaction/,
    red: ['I47'],
  },
  {
    what: 'an audit row of another transaction than its event',
    sql: [`update kernel.audit set txid = '3' where id = ${at(1)}`],
    check: 'completeness',
    says: /no audit row of the same transaction/,
    red: ['I47'],
  },
  {
    what: 'a forged edge of the tree',
    sql: [`update kernel.audit_frontier set frontier = array[sha256('x')]`],
    check: 'frontier',
    says: /stored edge/,
    red: [],
  },
]

for (const { what, sql, check: kind, seq, says, red } of TAMPERINGS) {
  test(`I48: ${what} is found and named`, async () => {
    await make(6)
    await seal()
    await make(2)
    await seal()
    expect((await check()).ok).toBe(true)
    for (const statement of sql) await admin.query(statement)
    const verdict = await check()
    expect(verdict.ok).toBe(false)
    const found = verdict.findings.find((one) => one.check === kind)
    expect(found?.problem).toMatch(says)
    if (seq !== undefined) expect(found?.seq).toBe(seq)
    expect(await redInvariants()).toEqual(red)
  })
}

test('I48: a forged checkpoint is found, whoever signed it', async () => {
  await make(5)
  await seal()
  const { rows } = await admin.query<{ leaf: Buffer }>('select leaf from kernel.audit_seal order by seq')
  const forged = signCheckpoint(
    { origin: ORIGIN, size: 5, root: merkleRoot(rows.map((row) => row.leaf)), time: now().getTime() },
    forger,
  )
  await admin.query('update kernel.audit_checkpoint set note = $1', [forged])
  const verdict = await check()
  expect(verdict.findings.map((one) => [one.check, one.size])).toEqual([['checkpoint', 5]])
  expect(verdict.findings[0]?.problem).toMatch(/no signature of the expected key/)
})

test('SEC-08: a history that was rewritten as a whole, or cut off at its end, is found by a head that was kept elsewhere', async () => {
  await make(5)
  await seal()
  await make(5)
  const anchor = (await seal()).note
  expect((await check([anchor])).ok).toBe(true)
  for (const table of [
    'kernel.audit_seal where seq > 5',
    'kernel.audit_checkpoint where size > 5',
    'kernel.audit_frontier',
  ])
    await admin.query(`delete from ${table}`)
  await admin.query('delete from kernel.outbox where position > (select min(position) + 4 from kernel.outbox)')
  await admin.query('delete from kernel.audit where position > (select min(position) + 4 from kernel.audit)')
  const cut = await check([anchor])
  expect(cut.findings.map((one) => one.check)).toContain('missing')
  expect(cut.findings.find((one) => one.check === 'missing')?.problem).toBe(
    'an anchor was signed over 10 rows and only 5 are left: the end was cut off',
  )
})
