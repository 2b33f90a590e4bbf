// The envelope: permission, key, locks, states, limits, approvals, record, and nothing at all when it is a preview.
import { beforeAll, describe, expect, test } from 'vitest'
import { requestApproval } from '#kernel/approvals'
import { type Command, command, creation, SET_LIMIT } from '#kernel/command'
import { SYSTEM } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import { document, f } from '#kernel/document'
import { newId } from '#kernel/ids'
import { leafOf } from '#kernel/record'
import { T } from '#kernel/schema'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { ALPHA, BETA, contextOf, layCompanies, person } from '../support/world.ts'

const note = document('probe.note', {
  label: 'Note',
  role: 'transaction',
  table: 'probe.note',
  numbered: 'number',
  number: 'N-{year}-{seq:4}',
  fields: { number: f.code(), text: f.text(), amount: f.money() },
  states: ['open', 'done'],
  narrow: { amount: 'amount' },
  list: { columns: ['number'], search: ['number'], sort: 'number' },
  verbs: { write: { from: null, to: 'open' }, finish: { from: ['open'], to: 'done' }, drop: { from: ['open'], to: 'done', reason: 'required' }, agree: { from: ['open'], to: 'done', approval: 'note' } },
})

const write = creation(note.verbs.write, T.object({ id: T.optional(T.id()), text: T.text(), amount: T.optional(T.money()) }), async ({ tx, companyId, ids, numbers, input, now }) => {
  await tx.run(sql`insert into probe.note (company_id, id, number, text, amount, state, updated_at)
    select ${companyId}, n.id, n.number, n.text, n.amount, 'open', ${now} from unnest(${ids}::uuid[], ${numbers}::text[], ${input.map((one) => one.text)}::text[], ${input.map((one) => one.amount ?? '0')}::numeric[]) as n (id, number, text, amount)`)
})
const finish = command(note.verbs.finish, T.object({}), async () => ({ result: 'finished' }))
const drop = command(note.verbs.drop, T.object({}), async () => undefined)
const agree = command(note.verbs.agree, T.object({}), async () => undefined)

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await layCompanies(database.admin)
  await database.admin.query(`create schema probe authorization tw_owner; set role tw_owner; grant usage on schema probe to tw_app;
    create table probe.note (company_id int not null, id uuid not null, number text not null, text text not null, amount numeric not null, state text not null, version int not null default 1,
      updated_at timestamptz not null, primary key (company_id, id));
    call kernel.guard('probe.note'); reset role`)
})

const all: readonly string[] = ['write', 'finish', 'drop', 'agree'].map((verb) => `probe.note.${verb}`)
const ana = person('ana', all)
const made = async (count = 1, text = 'hello', amount = '5') => (await write.run(database.kernel, contextOf({ principal: ana }), { input: Array.from({ length: count }, () => ({ text, amount })) })).ids
const code = async (run: Promise<unknown>) => run.then(() => '-', (error: { code?: string }) => error.code ?? String(error))
const noteOf = async (id: string) => (await database.admin.query('select state, version from probe.note where id = $1', [id])).rows[0]

describe('the command envelope', () => {
  test('writes state, one leaf that recomputes, and one event, in one transaction', async () => {
    const [id = ''] = await made()
    await finish.run(database.kernel, contextOf({ principal: ana }), { ids: [id], input: {} })
    expect(await noteOf(id)).toEqual({ state: 'done', version: 2 })
    const leaves = (await database.admin.query('select verb, payload, leaf, txid::text from kernel.audit where document_id = $1 order by position', [id])).rows
    const events = (await database.admin.query('select topic, txid::text from kernel.outbox where document_id = $1 order by position', [id])).rows
    expect(leaves.map((leaf) => leaf.verb)).toEqual(['write', 'finish'])
    expect(events.map((event) => event.topic)).toEqual(['probe.note.write', 'probe.note.finish'])
    expect(leaves.map((leaf) => leaf.txid)).toEqual(events.map((event) => event.txid))
    for (const leaf of leaves) expect(leafOf(leaf.payload).equals(leaf.leaf)).toBe(true)
  })

  test('numbers come in order and never twice, whoever asks at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => write.run(database.kernel, contextOf({ principal: ana }), { input: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] })))
    const numbers = answers.flatMap((answer) => answer.numbers ?? [])
    expect(new Set(numbers).size).toBe(60)
    expect(numbers.every((number) => /^N-2026-\d{4}$/.test(number))).toBe(true)
  })

  test('a preview answers as if it had happened and leaves nothing', async () => {
    const [id = ''] = await made()
    const before = (await database.admin.query('select count(*) from kernel.audit')).rows[0].count
    const answer = await finish.run(database.kernel, contextOf({ principal: ana, dryRun: true, key: 'preview-1' }), { ids: [id], input: {} })
    expect(answer).toMatchObject({ ids: [id], result: 'finished', dryRun: true })
    expect(await noteOf(id)).toEqual({ state: 'open', version: 1 })
    expect((await database.admin.query('select count(*) from kernel.audit')).rows[0].count).toBe(before)
  })

  test('the same key has one effect and one answer, also for twins at the same time', async () => {
    const [id = ''] = await made()
    const context = contextOf({ principal: ana, key: 'finish-it-1' })
    const answers = await Promise.all(Array.from({ length: 8 }, () => finish.run(database.kernel, context, { ids: [id], input: {} })))
    expect(answers.filter((answer) => !answer.replayed).length).toBe(1)
    expect(new Set(answers.map((answer) => answer.result))).toEqual(new Set(['finished']))
    expect(await noteOf(id)).toEqual({ state: 'done', version: 2 })
    expect(await code(finish.run(database.kernel, context, { ids: [newId()], input: {} }))).toBe('KEY_REUSED')
  })

  test('sees only its company: another company\'s id is unknown', async () => {
    const [id = ''] = await made()
    const stranger = person('bea', all, { companyId: BETA })
    expect(await code(finish.run(database.kernel, contextOf({ principal: stranger, companyId: BETA }), { ids: [id], input: {} }))).toBe('NOT_FOUND')
    expect(await noteOf(id)).toEqual({ state: 'open', version: 1 })
  })

  const refused: [string, string, (id: string) => [Command, Parameters<Command['run']>[1], Parameters<Command['run']>[2]]][] = [
    ['without the permission', 'NOT_ALLOWED', (id) => [finish, contextOf({ principal: person('eve', []) }), { ids: [id], input: {} }]],
    ['without documents', 'NOTHING_GIVEN', () => [finish, contextOf({ principal: ana }), { ids: [], input: {} }]],
    ['with more than a set holds', 'TOO_MANY', () => [finish, contextOf({ principal: ana }), { ids: Array.from({ length: SET_LIMIT + 1 }, newId), input: {} }]],
    ['with one document twice', 'GIVEN_TWICE', (id) => [finish, contextOf({ principal: ana }), { ids: [id, id], input: {} }]],
    ['for a document that is not there', 'NOT_FOUND', () => [finish, contextOf({ principal: ana }), { ids: [newId()], input: {} }]],
    ['for a version that was changed', 'CHANGED_MEANWHILE', (id) => [finish, contextOf({ principal: ana }), { ids: [id], input: {}, versions: { [id]: 7 } }]],
    ['without the reason it needs', 'REASON_NEEDED', (id) => [drop, contextOf({ principal: ana }), { ids: [id], input: {} }]],
    ['above the amount of the grant', 'ABOVE_YOUR_LIMIT', (id) => [finish, contextOf({ principal: person('low', all, { upTo: '4.99' }) }), { ids: [id], input: {} }]],
  ]
  test.each(refused)('%s it is refused with %s and changes nothing', async (_, expected, make) => {
    const [id = ''] = await made()
    const [verb, context, request] = make(id)
    expect(await code(verb.run(database.kernel, context, request))).toBe(expected)
    expect(await noteOf(id)).toEqual({ state: 'open', version: 1 })
  })

  test('from a wrong state it is refused', async () => {
    const [id = ''] = await made()
    await finish.run(database.kernel, contextOf({ principal: ana }), { ids: [id], input: {} })
    expect(await code(finish.run(database.kernel, contextOf({ principal: ana }), { ids: [id], input: {} }))).toBe('WRONG_STATE')
  })

  test('one bad document refuses the whole set', async () => {
    const ids = await made(3)
    expect(await code(finish.run(database.kernel, contextOf({ principal: ana }), { ids: [...ids, newId()], input: {} }))).toBe('NOT_FOUND')
    for (const id of ids) expect(await noteOf(id)).toEqual({ state: 'open', version: 1 })
  })

  test('SEC-06: nobody works both sides of a pair on one document, unless it is waived', async () => {
    await database.admin.query(`insert into access.separation (id, left_permissions, right_permissions, risk, owner) values ('SOD-T', '{probe.note.write}', '{probe.note.finish}', 'test', 'tester')`)
    database.kernel.separations.reload()
    const [id = ''] = await made()
    expect(await code(finish.run(database.kernel, contextOf({ principal: ana }), { ids: [id], input: {} }))).toBe('SAME_PERSON')
    expect(await code(finish.run(database.kernel, contextOf({ principal: person('ben', all) }), { ids: [id], input: {} }))).toBe('-')
    await database.admin.query(`delete from access.separation`)
    database.kernel.separations.reload()
  })

  test('PRC-08: a verb that waits for an approval needs somebody else\'s, for exactly this version', async () => {
    const [id = ''] = await made(1, 'big', '500')
    await database.admin.query(`insert into kernel.approval_rule (company_id, id, kind, role, above) values ($1, $2, 'note', 'boss', 100)`, [ALPHA, newId()])
    expect(await code(agree.run(database.kernel, contextOf({ principal: ana }), { ids: [id], input: {} }))).toBe('APPROVAL_NEEDED')
    const asking = contextOf({ principal: ana })
    await transaction(database.kernel.pool, { companies: [ALPHA] }, (tx) => requestApproval(tx, asking, { kind: 'note', document: 'probe.note', documentId: id, fingerprint: '1', amount: '500' }))
    expect(await code(agree.run(database.kernel, asking, { ids: [id], input: {} }))).toBe('APPROVAL_NEEDED')
    await database.admin.query(`update kernel.approval set state = 'approved', decided_by = $2, decided_at = now() where document_id = $1`, [id, newId()])
    expect(await code(agree.run(database.kernel, asking, { ids: [id], input: {} }))).toBe('-')
    const missing = transaction(database.kernel.pool, { companies: [ALPHA] }, (tx) => requestApproval(tx, asking, { kind: 'unheard-of', document: 'probe.note', documentId: id, fingerprint: '1', amount: '1' }))
    expect(await code(missing)).toBe('NO_APPROVER')
  })

  test('the program itself needs no grant', async () => {
    expect(SYSTEM.kind).toBe('system')
    expect(await code(write.run(database.kernel, contextOf(), { input: [{ text: 'by the program' }] }))).toBe('-')
  })
})
