// The small file through the whole product: equal totals, stopped and resumed, and run twice without a second effect.
import { fileURLToPath } from 'node:url'
import type { Client } from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import { verify } from '#kernel/verify'
import { modules } from '../../src/modules/index.ts'
import { compareTotals, loadSource, planReplay, type ReplayPlan, readControl } from '../../src/replay/index.ts'
import { runReplay } from '../../src/replay/run/run.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

const FIXTURE = fileURLToPath(new URL('fixture.csv', import.meta.url))
const CONTROL = fileURLToPath(new URL('fixture-control.csv', import.meta.url))
const NOW = new Date('2026-03-02T15:00:00Z')

let plan: ReplayPlan
let database: TestDatabase

beforeAll(async () => {
  plan = planReplay(await loadSource(FIXTURE))
  database = await testDatabase()
})

const run = (given: { signal?: AbortSignal; until?: string; onDay?: () => void } = {}) =>
  runReplay(database.kernel, plan, {
    clock: () => NOW,
    signal: given.signal,
    until: given.until,
    onProgress: (news) => (news.step === 'days' ? given.onDay?.() : undefined),
  })

/** How much there is of everything that a replay writes: a second effect would show in one of them. */
async function counts(admin: Client): Promise<Record<string, string>> {
  const { rows } = await admin.query(`select
    (select count(*) from sales.orders) as orders, (select count(*) from sales.order_line) as lines,
    (select count(*) from warehouse.receipt) as receipts, (select count(*) from warehouse.shipment) as shipments,
    (select count(*) from receivables.invoice) as invoices, (select count(*) from receivables.payment) as payments,
    (select count(*) from receivables.application) as applications, (select count(*) from returns.rma) as returns,
    (select count(*) from inventory.adjustment) as adjustments, (select count(*) from inventory.move) as moves,
    (select count(*) from ledger.entry) as entries, (select count(*) from kernel.audit) as leaves,
    (select sum(debit) from ledger.journal_line) as debits, (select sum(on_hand) from inventory.balance) as pieces,
    (select sum(value) from costing.item_cost) as worth`)
  return rows[0]
}

describe('a replay that is run', () => {
  it('stops after the day at work when it is told to, and goes on from there with equal totals', async () => {
    const stop = new AbortController()
    const stopped = await run({ signal: stop.signal, onDay: () => stop.abort() })
    expect(stopped).toMatchObject({ finished: false, days: { before: 0, now: 1 } })

    const early = await run({ until: '2012-01' })
    expect(early).toMatchObject({ finished: true, days: { before: 1, now: 2 } })

    const result = await run()
    expect(result.finished).toBe(true)
    expect(result.days.before + result.days.now).toBe(plan.dates.length)
    const comparison = compareTotals(await readControl(CONTROL), result.recorded)
    expect(comparison.filter((entry) => !entry.equal)).toEqual([])
    expect(comparison).toHaveLength(27)
    expect(result.posted.get('2012-02')).toEqual({ sales: '61.83', cancellations: '-60.50' })
    // 1 pad at 0.001 comes to nothing in cents, and the entry by hand takes 20.00 off.
    expect(result.posted.get('2012-01')).toEqual({ sales: '120.79', cancellations: '-155.29' })
  })

  it('changes nothing when it is run again', async () => {
    const before = await counts(database.admin)
    const again = await run()
    expect(again.days).toEqual({ before: plan.dates.length, now: 0 })
    expect(await counts(database.admin)).toEqual(before)
  })

  it('repeats a day that was done and not noted without a second effect', async () => {
    const before = await counts(database.admin)
    await database.admin.query('delete from replay.progress where day_index >= 1')
    const again = await run()
    expect(again.days).toEqual({ before: 1, now: plan.dates.length - 1 })
    expect(await counts(database.admin)).toEqual(before)
  })

  it('leaves books that every check of the product proves', async () => {
    const { rows } = await database.admin.query('select id from company.company')
    const all = [...KERNEL_INVARIANTS, ...modules.flatMap((one) => one.invariants)]
    const verdict = await verify(
      database.kernel.pool,
      rows.map((row) => row.id),
      all,
    )
    expect(verdict.checks.filter((check) => !check.ok)).toEqual([])
  })

  it('refuses another plan in the same company', async () => {
    const other = { ...plan, fingerprint: 'f'.repeat(64) }
    await expect(runReplay(database.kernel, other, { clock: () => NOW })).rejects.toMatchObject({
      code: 'REPLAY_OTHER_PLAN',
    })
  })
})
