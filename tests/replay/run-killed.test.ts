// kill -9 at many moments of a replay, then the same command again: one effect, none lost, the totals equal.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import { verify } from '#kernel/verify'
import { modules } from '../../src/modules/index.ts'
import { compareTotals, loadSource, planReplay, readControl } from '../../src/replay/index.ts'
import { runReplay } from '../../src/replay/run/run.ts'
import { testDatabase } from '../support/database.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FIXTURE = fileURLToPath(new URL('fixture.csv', import.meta.url))
const CONTROL = fileURLToPath(new URL('fixture-control.csv', import.meta.url))
/** After this many leaves of the audit trail the process is killed: among the masters, and at five moments of the days. */
const MOMENTS = [20, 75, 110, 150, 190, 230]

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function leavesIn(admin: Client): Promise<number> {
  const { rows } = await admin.query('select count(*)::int as leaves from kernel.audit')
  return rows[0].leaves
}

describe('a replay whose process is killed', () => {
  it('goes on with the same command and ends as one that was never killed', { timeout: 180_000 }, async () => {
    const { url, kernel, admin } = await testDatabase()
    let killed = 0
    for (const leaves of MOMENTS) {
      const child = spawn(process.execPath, ['bin/run.js', 'tests/replay/run-in-child.ts', url, FIXTURE], { cwd: ROOT })
      const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
      while (child.exitCode === null && child.signalCode === null && (await leavesIn(admin)) < leaves) await pause(5)
      child.kill('SIGKILL')
      const code = await ended
      killed += code === null ? 1 : 0
    }
    expect(killed).toBeGreaterThanOrEqual(3)

    const plan = planReplay(await loadSource(FIXTURE))
    const result = await runReplay(kernel, plan, { clock: () => new Date('2026-03-02T15:00:00Z') })
    expect(result.days.before + result.days.now).toBe(plan.dates.length)
    const comparison = compareTotals(await readControl(CONTROL), result.recorded)
    expect(comparison.filter((entry) => !entry.equal)).toEqual([])
    const { rows } = await admin.query(`select
      (select count(*)::int from sales.orders) as orders, (select count(*)::int from receivables.payment) as payments,
      (select count(*)::int from inventory.adjustment where state = 'posted') as adjustments, (select count(*)::int from returns.rma where state = 'credited') as returns`)
    const planned = [...plan.days()]
    expect(rows[0]).toEqual({
      orders: planned.reduce((sum, day) => sum + day.orders.length, 0),
      payments: planned.reduce((sum, day) => sum + day.payments.length, 0),
      adjustments: planned.reduce((sum, day) => sum + day.adjustments.length, 0),
      returns: planned
        .flatMap((day) => day.cancellations)
        .filter((one) => one.lines.some((line) => line.kind === 'stock')).length,
    })
    const verdict = await verify(
      kernel.pool,
      [result.companyId],
      [...KERNEL_INVARIANTS, ...modules.flatMap((one) => one.invariants)],
    )
    expect(verdict.checks.filter((check) => !check.ok)).toEqual([])
  })
})
