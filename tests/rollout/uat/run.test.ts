// Acceptance judges the configuration that a site really has: green where it is the template's, red and named where it is not.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lineOf } from '../../../src/rollout/uat/differences.ts'
import { acceptanceSite, laidWorld } from './site.ts'

const PLAYED = ['T-Q2C-01', 'T-INV-S2', 'T-PRC-11']
let site: Awaited<ReturnType<typeof acceptanceSite>>
let laid: Awaited<ReturnType<typeof laidWorld>>

beforeAll(async () => {
  laid = await laidWorld()
  site = await acceptanceSite(laid)
}, 120_000)
afterAll(() => laid.clear(), 300_000)

const row = async (query: string, ...values: unknown[]) => (await site.admin.query(query, values)).rows[0]

type Evidence = { title: string; failure: string | null; asked: { as: string; status: number }[]; compared: object[] }

test('UAT-01 UAT-04 a site as the template has it is green, each step has its evidence, and the live site is as it was', async () => {
  const run = await site.start(PLAYED)
  const played = await site.play(run)
  expect(played?.judged.map((one) => [one.scenario, one.failure]).sort()).toEqual(
    PLAYED.map((id) => [id, undefined]).sort(),
  )
  expect(played).toMatchObject({ unchanged: true, differences: [], leftOut: [] })
  const kept = 'select state, done, total, passed, failed, live_unchanged from rollout.uat_run where id = $1'
  const counted = { done: 3, total: 3, passed: 3, failed: 0 }
  expect(await row(kept, run)).toEqual({ state: 'finished', ...counted, live_unchanged: true })
  const { evidence } = await row(`select evidence from rollout.uat_result where scenario = 'T-Q2C-01'`)
  const paid: Evidence = evidence.findLast((one: Evidence) => one.title.includes('receivables.payment.receive'))
  expect(paid.failure).toBeNull()
  expect(paid.asked[0]).toMatchObject({ as: 'accounts-receivable-clerk', company: 'ALPHA', status: 200 })
  expect(paid.compared).toContainEqual({
    place: 'ledger of ALPHA',
    expected: 'Dr1300 220 Cr1100 220',
    actual: 'Cr1100 220 Dr1300 220',
    ok: true,
  })
  const { payload } = await row(
    `select payload from kernel.audit where verb = 'record' and document_id = $1 limit 1`,
    run,
  )
  const [told] = JSON.parse(payload).changes.results
  expect(told).toMatchObject({ verdict: 'passed', evidence: expect.stringMatching(/^[0-9a-f]{64}$/) })
}, 120_000)

describe('a planted defect is caught by a scenario, and named', () => {
  const PLANTS = [
    [
      'T-Q2C-01',
      'a wrong account on a tax',
      `update tax.code set account = '1400' where code = 'US-STD'`,
      `update tax.code set account = '2200' where code = 'US-STD'`,
      'tax.code US-STD, account: "1400" instead of "2200"',
      'Cr1400 20',
    ],
    [
      'T-PRC-11',
      'another way of rounding',
      `update company.company set tax_rounding = 'line-half-up' where code = 'ALPHA'`,
      `update company.company set tax_rounding = 'document-half-up' where code = 'ALPHA'`,
      'company.company *, taxRounding: "line-half-up" instead of "document-half-up"',
      '"1177.24"',
    ],
    [
      'T-INV-S2',
      'a deleted step of an approval',
      `create table public.kept as select * from kernel.approval_rule where kind = 'stock-adjustment' and above = 100;
       delete from kernel.approval_rule where kind = 'stock-adjustment' and above = 100`,
      'insert into kernel.approval_rule select * from public.kept',
      'kernel.approval-rule stock-adjustment/warehouse-supervisor/100/1 is missing',
      '"waiting-approval"',
    ],
  ] as const

  test.each(PLANTS)(
    'UAT-01 %s catches %s',
    async (scenario, _, plant, mend, cause, failure) => {
      await site.admin.query(plant)
      try {
        const played = await site.play(await site.start([scenario]))
        expect(played?.judged[0]?.failure).toContain(failure)
        expect(played?.judged[0]?.causes.map(lineOf)).toEqual([expect.stringContaining(cause)])
        expect(played?.unchanged).toBe(true)
        const defect = `select severity, state, context #>> '{causes,0,line}' as cause, context #>> '{step,failure}' as failure
        from rollout.uat_defect where scenario = $1`
        expect(await row(defect, scenario)).toMatchObject({
          severity: 1,
          state: 'open',
          cause: expect.stringContaining(cause),
          failure: expect.stringContaining(failure),
        })
      } finally {
        await site.admin.query(mend)
      }
    },
    120_000,
  )
})
