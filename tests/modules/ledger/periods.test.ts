// Periods: opened by year, closed softly, locked against every path, and what a race between locking and posting leaves.
import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { Context } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import { openKernel } from '#kernel/kernel'
import { Refusal } from '#kernel/refusal'
import { post as postEntries, requireOpen } from '#ledger'
import { post } from '../../../src/modules/ledger/entry/post.ts'
import { closeSoft } from '../../../src/modules/ledger/period/close-soft.ts'
import { lock } from '../../../src/modules/ledger/period/lock.ts'
import { openYear } from '../../../src/modules/ledger/period/open-year.ts'
import { unlock } from '../../../src/modules/ledger/period/unlock.ts'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, contextOf, layCompanies, person } from '../../support/world.ts'
import { layBooks } from './books.ts'

const { kernel, admin, url } = await testDatabase()
const c = contextOf({ reason: 'month end' })

beforeAll(async () => {
  await layCompanies(admin)
  await layBooks(admin)
})

const periodOf = async (code: string): Promise<string> =>
  (await admin.query<{ id: string }>('select id from ledger.period where company_id = $1 and code = $2', [ALPHA, code]))
    .rows[0]?.id ?? ''

const rent = (date: string, amount = '10') => ({
  date,
  description: 'rent',
  lines: [
    { account: '6000', debit: amount },
    { account: '1300', credit: amount },
  ],
})

const refused = async (work: Promise<unknown>): Promise<{ code: string; detail: Record<string, unknown> }> => {
  try {
    await work
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, detail: error.detail }
    throw error
  }
  return { code: 'done', detail: {} }
}

test('ACC-09: opening a year makes its twelve months once, with an audit row each', async () => {
  const opened = await openYear.run(kernel, c, { input: [{ year: 2027, startMonth: 4 }] })
  const months = await admin.query<{ code: string; starts: string; ends: string }>(
    `select code, starts::text, ends::text from ledger.period where company_id = $1 and starts >= '2027-04-01' order by starts`,
    [ALPHA],
  )
  expect(months.rows.length).toBe(12)
  expect(months.rows[0]).toEqual({ code: '2027-04', starts: '2027-04-01', ends: '2027-04-30' })
  expect(months.rows[10]).toEqual({ code: '2028-02', starts: '2028-02-01', ends: '2028-02-29' })
  const audited = await admin.query(
    `select document_id from kernel.audit where document = 'ledger.period' and verb = 'open-year'`,
  )
  expect(audited.rowCount).toBe(12)
  expect(opened.ids.length).toBe(1)
  expect(await refused(openYear.run(kernel, c, { input: [{ year: 2028 }] }))).toMatchObject({ code: 'PERIOD_EXISTS' })
  // The places where the new months' lines go are there.
  await post.run(kernel, c, { input: [rent('2028-02-29')] })
})

test('ACC-09: a softly closed period is open to finance only', async () => {
  const november = await periodOf('2026-11')
  await closeSoft.run(kernel, c, { ids: [november], input: {} })
  const clerk = contextOf({ principal: person('clerk', ['ledger.entry.post']) })
  expect(await refused(post.run(kernel, clerk, { input: [rent('2026-11-30')] }))).toMatchObject({
    code: 'PERIOD_LOCKED',
    detail: { alternative: '2026-12-01' },
  })
  const finance = contextOf({ principal: person('finance', ['ledger.entry.post', 'ledger.period.post-soft']) })
  await post.run(kernel, finance, { input: [rent('2026-11-30')] })
  await unlock.run(kernel, c, { ids: [november], input: {} })
  await post.run(kernel, clerk, { input: [rent('2026-11-30')] })
})

test('ACC-09: locking needs a reason; unlocking needs a permission of its own', async () => {
  const january = await periodOf('2026-01')
  const { reason: _, ...silent } = c
  expect(await refused(lock.run(kernel, silent, { ids: [january], input: {} }))).toMatchObject({
    code: 'REASON_NEEDED',
  })
  await lock.run(kernel, c, { ids: [january], input: {} })
  const controller = contextOf({ principal: person('controller', ['ledger.period.lock']), reason: 'please' })
  expect(await refused(unlock.run(kernel, controller, { ids: [january], input: {} }))).toMatchObject({
    code: 'NOT_ALLOWED',
  })
  await unlock.run(kernel, c, { ids: [january], input: {} })
})

test('T-FIN-01 ACC-09: no path posts into a locked October; each offers the first open day', async () => {
  const october = await periodOf('2026-10')
  const [before] = (await admin.query('select id from ledger.entry where company_id = $1', [ALPHA])).rows.slice(-1)
  await lock.run(kernel, c, { ids: [october], input: {} })
  const locked = { code: 'PERIOD_LOCKED', detail: { date: '2026-10-15', alternative: '2026-11-01' } }
  expect(await refused(post.run(kernel, c, { input: [rent('2026-10-15')] }))).toMatchObject(locked)
  for (const channel of ['import', 'job', 'api', 'cli'] as const satisfies readonly Context['channel'][]) {
    expect(await refused(post.run(kernel, contextOf({ channel }), { input: [rent('2026-10-15')] }))).toMatchObject(
      locked,
    )
  }
  // A module that posts, and a stock move that posts nothing.
  const id = randomUUID()
  const direct = transaction(kernel.pool, { companies: [ALPHA] }, (tx) =>
    postEntries(
      { tx, kernel, context: c, companyId: ALPHA, actor: c.principal.id, now: c.now },
      {
        date: '2026-10-15',
        count: 1,
        entries: sql`select ${id}::uuid as entry_id, 'STK' as journal, 'shipped' as event, 'warehouse.shipment' as source, ${id}::uuid as source_id, '' as description`,
        lines: sql`select ${id}::uuid as entry_id, role, null::text as account, null::uuid as party_id, null::uuid as item_id, null::uuid as warehouse_id, debit, credit, 'USD' as currency, debit - credit as amount_currency
          from (values ('shipped-not-invoiced', 5::numeric, 0::numeric), ('inventory', 0, 5)) as v (role, debit, credit)`,
      },
    ),
  )
  expect(await refused(direct)).toMatchObject(locked)
  expect(
    await refused(
      transaction(kernel.pool, { companies: [ALPHA] }, (tx) => requireOpen({ tx, companyId: ALPHA }, '2026-10-15')),
    ),
  ).toMatchObject(locked)
  // The database role of the application: a new entry, lines of an old one, and changing the date of what is posted.
  const asApp = (statement: ReturnType<typeof sql>) =>
    transaction(kernel.pool, { companies: [ALPHA] }, (tx) => tx.run(statement), { retries: 0 })
  await expect(
    asApp(sql`insert into ledger.entry (company_id, id, number, journal, event, posting_date, period_id, source, source_id, posted_by, posted_at)
      values (${ALPHA}, ${randomUUID()}, 'X', 'GEN', 'x', '2026-10-15', ${october}, 'x', ${randomUUID()}, ${randomUUID()}, now())`),
  ).rejects.toMatchObject({ code: 'TW002' })
  await expect(
    asApp(sql`insert into ledger.journal_line (company_id, entry_id, line, posting_date, account, debit, credit, currency, amount_currency)
      select company_id, id, 90 + n, '2026-10-15', '6000', n % 2, (n + 1) % 2, 'USD', 0 from ledger.entry, generate_series(1, 2) n where id = ${before?.id}`),
  ).rejects.toMatchObject({ code: 'TW002' })
  await expect(
    asApp(sql`update ledger.entry set posting_date = '2026-10-15' where id = ${before?.id}`),
  ).rejects.toMatchObject({ code: '42501' })
  expect(await refused(post.run(kernel, c, { input: [rent('2031-01-01')] }))).toMatchObject({ code: 'PERIOD_MISSING' })
  const landed = await admin.query(
    `select 1 from ledger.entry where company_id = $1 and posting_date between '2026-10-01' and '2026-10-31'`,
    [ALPHA],
  )
  expect(landed.rowCount).toBe(0)
})

test('T-FIN-01 ACC-09: 32 clients post while the period is locked: nothing lands after the lock', {
  timeout: 60_000,
}, async () => {
  const december = await periodOf('2026-12')
  const posters = openKernel(url, { max: 32 })
  const outcomes: string[] = []
  let stop = false
  const client = async () => {
    while (!stop) {
      const { code } = await refused(
        post.run(posters, contextOf({ now: new Date() }), { input: [rent('2026-12-05', '1')] }),
      )
      outcomes.push(code)
      if (code !== 'done') return
    }
  }
  try {
    const running = Promise.all(Array.from({ length: 32 }, client))
    await new Promise((resolve) => setTimeout(resolve, 700))
    await lock.run(kernel, c, { ids: [december], input: {} })
    const atLock = Number(
      (await admin.query(`select count(*) from ledger.entry where period_id = $1`, [december])).rows[0].count,
    )
    await new Promise((resolve) => setTimeout(resolve, 300))
    stop = true
    await running
    const after = Number(
      (await admin.query(`select count(*) from ledger.entry where period_id = $1`, [december])).rows[0].count,
    )
    expect(atLock).toBeGreaterThan(32)
    expect(after).toBe(atLock)
    expect(outcomes.filter((code) => code === 'done').length).toBe(atLock)
    // Every client ran into the lock, and into nothing else.
    expect(outcomes.filter((code) => code === 'PERIOD_LOCKED').length).toBe(32)
    expect(outcomes.length).toBe(atLock + 32)
  } finally {
    stop = true
    await posters.close()
  }
})
