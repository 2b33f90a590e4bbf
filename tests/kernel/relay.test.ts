// Events reach their listeners in order and with one effect each, whoever is killed, stopped or in the way.
import pg from 'pg'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { sql, txOn } from '#kernel/db'
import { newId } from '#kernel/ids'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import type { Listener } from '#kernel/module'
import { redrive } from '#kernel/redrive'
import { type Relayed, relay } from '#kernel/relay'
import { verify } from '#kernel/verify'
import { testDatabase } from '../support/database.ts'
import { type Child, effects, eventRow, happen, layProbe, startChild, TOPIC, until } from './relay-support.ts'

const { admin, kernel, url } = await testDatabase()
const clock = () => new Date('2026-03-02T15:00:00Z')
const children: Child[] = []

const record: Listener = async ({ tx, event }) => {
  await tx.run(
    sql`insert into probe.effect (company, document_id, label, by_pid) values (${event.companyId}, ${event.documentId}, ${String(event.payload.label)}, 0)`,
  )
}
const round = (
  listener: Listener = record,
  leaseMilliseconds = 1_000,
  holder = '00000000-0000-4000-8000-00000000000a',
): Promise<Relayed> =>
  relay({
    kernel,
    reader: { name: 'probe', on: { [TOPIC]: listener } },
    clock,
    holder,
    attempts: 2,
    leaseMilliseconds,
  })

async function drain(listener: Listener = record): Promise<void> {
  for (let idle = 0; idle < 2; ) idle = (await round(listener)).state === 'idle' ? idle + 1 : 0
}

beforeAll(() => layProbe(admin))
beforeEach(async () => {
  await admin.query('truncate probe.effect')
  await admin.query('truncate kernel.outbox, kernel.outbox_reader, kernel.dead_letter')
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.process.kill('SIGCONT')
    child.process.kill('SIGKILL')
    await child.ended
  }
})

/** The application's own session, for transactions that stay open while others go on. */
async function session(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`set role tw_app`)
  await client.query('begin')
  await client.query(`select set_config('tw.companies', '1', true)`)
  return client
}

test('a transaction that took a lower position and commits later is not passed over', async () => {
  const doc = newId()
  const slow = await session()
  await txOn(slow).run(eventRow(doc, 'low position, late commit'))
  await happen(kernel, newId(), 'high position, early commit')
  await drain()
  expect(await effects(admin)).toEqual(['high position, early commit'])
  await slow.query('commit')
  await slow.end()
  await drain()
  expect(await effects(admin)).toEqual(['high position, early commit', 'low position, late commit'])
})

test('events of one document keep their order although the later transaction has the lower number', async () => {
  const doc = newId()
  const early = await session()
  // It has a transaction number now, and waits for the document as a command waits for its row.
  await early.query('select pg_current_xact_id()')
  const other = await session()
  await other.query('select pg_current_xact_id()')
  await happen(kernel, doc, 'first')
  await txOn(early).run(eventRow(doc, 'second'))
  await early.query('commit')
  // `other` is still open between the two numbers, so a horizon of numbers would let only "second" pass.
  await drain()
  expect(await effects(admin, doc)).toEqual(['first', 'second'])
  await other.query('rollback')
  await Promise.all([early.end(), other.end()])
})

test('a rolled-back transaction leaves no event, and a quiet database is not written to', async () => {
  const gone = await session()
  await txOn(gone).run(eventRow(newId(), 'never'))
  await gone.query('rollback')
  await gone.end()
  for (let idle = 0; idle < 2; ) idle = (await round(record, 60_000)).state === 'idle' ? idle + 1 : 0
  const written = async () => (await admin.query('select xmin::text, r.* from kernel.outbox_reader r')).rows
  const before = await written()
  for (let n = 0; n < 5; n++) expect((await round(record, 60_000)).state).toBe('idle')
  expect(await written()).toEqual(before)
  expect(await effects(admin)).toEqual([])
})

test('a new listener gets what happened before it was there, in order, over several batches', async () => {
  const documents = Array.from({ length: 7 }, () => newId())
  for (let n = 0; n < 450; n++) await happen(kernel, documents[n % 7] ?? newId(), String(n))
  await drain()
  expect(await effects(admin)).toEqual(Array.from({ length: 450 }, (_, n) => String(n)))
})

test('what a listener cannot digest is parked with all that follows on its document, and nothing else waits', async () => {
  const [bad, good] = [newId(), newId()]
  let broken = true
  const picky: Listener = async (call) => {
    if (broken && call.event.documentId === bad && call.event.payload.label === 'b2')
      throw new Error('the item is unknown')
    await record(call)
  }
  for (const [doc, label] of [
    [bad, 'b1'],
    [good, 'g1'],
    [bad, 'b2'],
    [good, 'g2'],
    [bad, 'b3'],
  ] as const)
    await happen(kernel, doc, label)
  await drain(picky)
  expect(await effects(admin)).toEqual(['b1', 'g1', 'g2'])
  const parked = await admin.query(
    'select topic, reason, attempts from kernel.dead_letter where resolved_at is null order by position',
  )
  expect(parked.rows).toEqual([
    { topic: TOPIC, reason: 'the item is unknown', attempts: 2 },
    { topic: TOPIC, reason: 'an earlier event of the same document is parked', attempts: 0 },
  ])
  const reader = { name: 'probe', on: { [TOPIC]: picky } }
  expect(await redrive({ kernel, reader, clock }, { companyId: 1, documentId: bad })).toEqual({
    handled: 0,
    stopped: 'the item is unknown',
  })
  broken = false
  expect(await redrive({ kernel, reader, clock }, { companyId: 1, documentId: bad })).toEqual({
    handled: 2,
    stopped: null,
  })
  await happen(kernel, bad, 'b4')
  await drain(picky)
  expect(await effects(admin, bad)).toEqual(['b1', 'b2', 'b3', 'b4'])
  const checks = KERNEL_INVARIANTS.filter((one) => ['I51', 'I52', 'I52b', 'I53'].includes(one.id))
  expect((await verify(kernel.pool, [0, 1, 2], checks)).ok).toBe(true)
})

test('I52 turns red when an event is parked behind nothing', async () => {
  await admin.query(
    `insert into kernel.dead_letter (company_id, id, reader, topic, document_id, reason, attempts, at, event_id, event_at, position)
    values (1, $1, 'probe', 'x', $1, 'behind', 0, now(), $1, now(), 5)`,
    [newId()],
  )
  const red = (await verify(kernel.pool, [1], KERNEL_INVARIANTS)).checks.filter((one) => !one.ok).map((one) => one.id)
  expect(red).toEqual(['I52'])
})

test('I53 turns red when events wait and nobody reads them', async () => {
  await happen(kernel, newId(), 'one')
  await drain()
  await admin.query(
    `insert into kernel.outbox (id, at, company_id, topic, document_id) values ($1, now() - interval '20 minutes', 1, $2, $1)`,
    [newId(), TOPIC],
  )
  await admin.query(`update kernel.outbox_reader set at = now() - interval '10 minutes'`)
  const checked = (
    await verify(
      kernel.pool,
      [1],
      KERNEL_INVARIANTS.filter((one) => one.id === 'I53'),
    )
  ).checks
  expect(checked.map((one) => [one.id, one.ok, one.breaches])).toEqual([['I53', false, 1]])
})

for (const [careless, copies] of [
  ['no', 1],
  ['yes', 2],
] as const) {
  const title =
    careless === 'no'
      ? 'F11: killed between effect and mark, the event has its effect once'
      : 'F11 control: an effect outside the transaction happens twice'
  test(title, async () => {
    const doc = newId()
    await happen(kernel, doc, 'only')
    const victim = startChild('relay', url, { PROBE_PAUSE: '20000', PROBE_CARELESS: careless })
    children.push(victim)
    await victim.said('effect')
    victim.process.kill('SIGKILL')
    await victim.ended
    const heir = startChild('relay', url, { PROBE_CARELESS: careless })
    children.push(heir)
    await heir.said('effect')
    await until(async () => (await effects(admin, doc)).length >= copies)
    // Time enough to do it once more, if it were.
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await effects(admin, doc)).toEqual(Array.from({ length: copies }, () => 'only'))
  })
}

test('F11: killed again and again under load, every event has one effect, in order of its document', async () => {
  const documents = Array.from({ length: 5 }, () => newId())
  const writing = (async () => {
    for (let n = 0; n < 200; n++) await happen(kernel, documents[n % 5] ?? newId(), String(n))
  })()
  for (let kill = 0; kill < 5; kill++) {
    const child = startChild('relay', url, { PROBE_PAUSE: '3', PROBE_LEASE: '300' })
    children.push(child)
    for (let seen = 0; seen < 7 + kill * 5; seen++) await child.said('effect')
    child.process.kill('SIGKILL')
    await child.ended
  }
  await writing
  const last = startChild('relay', url, { PROBE_LEASE: '300' })
  children.push(last)
  await until(async () => (await effects(admin)).length >= 200)
  last.process.kill('SIGKILL')
  await last.ended
  await new Promise((resolve) => setTimeout(resolve, 400))
  await drain()
  for (const [at, doc] of documents.entries())
    expect(await effects(admin, doc)).toEqual(Array.from({ length: 40 }, (_, n) => String(n * 5 + at)))
  const workers = await admin.query<{ n: number }>('select count(distinct by_pid)::int as n from probe.effect')
  expect(workers.rows[0]?.n).toBeGreaterThan(3)
})

test('F12: a worker that was stopped in the middle of an event and wakes up later does not do it a second time', async () => {
  const doc = newId()
  const zombie = startChild('relay', url, { PROBE_PAUSE: '1500' })
  children.push(zombie)
  await zombie.said('round')
  await happen(kernel, doc, 'one')
  await zombie.said('effect one')
  zombie.process.kill('SIGSTOP')
  const heir = startChild('relay', url)
  children.push(heir)
  await heir.said('effect one')
  await happen(kernel, doc, 'two')
  await heir.said('effect two')
  zombie.process.kill('SIGCONT')
  // Its round ends without the turn: what it had done is rolled back.
  expect(await zombie.said('round held')).toBe('round held 0')
  await happen(kernel, doc, 'three')
  await until(async () => (await effects(admin, doc)).length >= 3)
  expect(await effects(admin, doc)).toEqual(['one', 'two', 'three'])
  const { rows } = await admin.query('select distinct by_pid from probe.effect')
  expect(rows).toEqual([{ by_pid: heir.process.pid }])
})

test('two workers at once share the work without doing any of it twice', async () => {
  for (let n = 0; n < 60; n++) await happen(kernel, newId(), String(n))
  const pair = [startChild('relay', url), startChild('relay', url)]
  children.push(...pair)
  await until(async () => (await effects(admin)).length >= 60)
  for (let n = 60; n < 90; n++) await happen(kernel, newId(), String(n))
  await until(async () => (await effects(admin)).length >= 90)
  expect((await effects(admin)).map(Number)).toEqual(Array.from({ length: 90 }, (_, n) => n))
})
