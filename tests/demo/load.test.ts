// The demo is loaded as it is written: through verbs, by people who can sign in, with books that prove, and once.
import { readFileSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { openAccess, SESSION_TIMES, signIn } from '#kernel/access'
import { SYSTEM } from '#kernel/context'
import { transaction } from '#kernel/db'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import { commandOf, questionOf } from '#kernel/module'
import { verify } from '#kernel/verify'
import { readDemo } from '../../src/demo/files.ts'
import { type DemoSignIn, demo, loadDemo } from '../../src/demo/index.ts'
import { modules } from '../../src/modules/index.ts'
import { readTemplate } from '../../src/setup/index.ts'
import { testDatabase } from '../support/database.ts'

// The middle of a month and of a week; the demo counts its days from here.
const NOW = new Date('2026-11-18T16:00:00Z')
const LOADING_MS = 240_000
const database = testDatabase()
const files = readDemo(readTemplate())
const count = async (query: string): Promise<unknown> => (await (await database).admin.query(query)).rows[0]
const perState = async (query: string): Promise<Record<string, number>> =>
  Object.fromEntries((await (await database).admin.query(query)).rows.map((row) => [row.state, row.documents]))

describe('the demo enterprise', () => {
  let signIns: readonly DemoSignIn[] = []
  beforeAll(async () => {
    const { kernel } = await database
    signIns = await loadDemo(kernel, { now: NOW })
  }, LOADING_MS)

  test('has two companies, three warehouses, its catalogue, its customers and its prices', async () => {
    expect(
      await count(`select (select count(*)::int from company.company) as companies, (select count(*)::int from company.warehouse) as warehouses,
        (select count(*)::int from catalog.item where state = 'active') as items, (select count(distinct code)::int from party.customer where state = 'active') as customers,
        (select count(*)::int from party.supplier where state = 'active') as suppliers, (select count(*)::int from pricing.condition where kind = 'list') as prices`),
    ).toEqual({
      companies: 2,
      warehouses: 3,
      items: files.items.length,
      customers: files.customers.length - files.duplicates.filter((one) => one.expect === 'blocked').length,
      suppliers: 2 * files.suppliers.length,
      prices: files.prices.length,
    })
  })

  test('MDM-01 the planted duplicates wait for the steward, and the one that only looks like one is a customer', async () => {
    const { admin } = await database
    const { rows } = await admin.query(`select c.code, c.state, o.code as known from party.duplicate d
      join party.customer c on c.company_id = d.company_id and c.id = d.proposed_id
      join party.customer o on o.company_id = d.company_id and o.id = d.resembles_id where d.state = 'open' order by c.code`)
    const blocked = files.duplicates.filter((one) => one.expect === 'blocked')
    expect(rows).toEqual(blocked.map((one) => ({ code: one.customer, state: 'proposed', known: one['looks-like'] })))
    const warned = files.duplicates.filter((one) => one.expect === 'warned').map((one) => one.customer)
    const there = await admin.query(
      `select code from party.customer where code = any($1) and state = 'active' order by code`,
      [warned],
    )
    expect(there.rows.map((row) => row.code)).toEqual([...warned].sort())
  })

  test('I-all the books prove themselves: every invariant of kernel and modules', async () => {
    const { kernel } = await database
    const verdict = await verify(
      kernel.pool,
      [1, 2],
      [...KERNEL_INVARIANTS, ...modules.flatMap((one) => one.invariants)],
    )
    expect(verdict.checks.filter((one) => !one.ok).map(({ id, title, examples }) => ({ id, title, examples }))).toEqual(
      [],
    )
    expect(verdict.checks.length).toBeGreaterThanOrEqual(40)
  })

  test('shows documents in every state, as many as the stories tell', async () => {
    const told = (document: string): Record<string, number> => {
      const states: Record<string, number> = {}
      for (const one of files.stories.filter((story) => story.document === document)) {
        states[one.state] = (states[one.state] ?? 0) + one.count
      }
      return states
    }
    // Stories about later documents bring orders of their own, so orders are counted by what only their own stories end in.
    const orders =
      await perState(`select case when p.state = 'quoted' and o.valid_until < '2026-11-18' then 'expired' else p.status end as state, count(*)::int as documents
      from sales.v_order_progress p join sales.orders o on o.company_id = p.company_id and o.id = p.id group by 1`)
    for (const state of ['draft', 'quoted', 'expired', 'on_hold', 'closed'])
      expect(orders[state], state).toBe(told('sales.order')[state])
    expect(orders.cancelled).toBe(told('sales.order').cancelled)
    expect(orders.invoiced).toBeGreaterThan(60)
    expect(
      await perState(
        `select state, count(*)::int as documents from warehouse.shipment where state <> 'shipped' group by 1`,
      ),
    ).toEqual(told('warehouse.shipment'))
    expect(await perState(`select state, count(*)::int as documents from returns.rma group by 1`)).toEqual(
      told('returns.rma'),
    )
    const adjustments = await perState(`select state, count(*)::int as documents from inventory.adjustment group by 1`)
    expect(adjustments).toEqual(told('inventory.adjustment'))
    expect(
      await count(`select count(*)::int as waiting from kernel.approval where state = 'pending' and kind = 'journal'`),
    ).toEqual({ waiting: 1 })
  })

  test('ACC-14 receivables are spread over every bucket of age', async () => {
    const buckets =
      await perState(`select case when due_on >= '2026-11-18' then 'not due' when due_on > '2026-10-19' then '1-30' when due_on > '2026-09-19' then '31-60'
        when due_on > '2026-08-20' then '61-90' else 'over 90' end as state, count(*)::int as documents
      from receivables.invoice where kind = 'invoice' and open > 0 group by 1`)
    expect(Object.keys(buckets).sort()).toEqual(['1-30', '31-60', '61-90', 'not due', 'over 90'])
  })

  test('SEC-04 everybody can sign in with the password that was made for this load, and the machine with its key', async () => {
    const { kernel } = await database
    expect(signIns).toHaveLength(files.users.length)
    const access = openAccess(kernel, { clock: () => NOW })
    const people = signIns.filter((one) => !one.password.startsWith('tw_'))
    expect(new Set(people.map((one) => one.password)).size).toBe(1)
    expect(people[0]?.password.length).toBeGreaterThanOrEqual(12)
    for (const one of people) {
      const { token } = await signIn(kernel, one, NOW, SESSION_TIMES)
      expect((await access.bySession(token.text))?.principal.name).toBe(one.name)
    }
    const machine = signIns.find((one) => one.password.startsWith('tw_'))
    expect((await access.byKey(machine?.password ?? ''))?.principal.kind).toBe('machine')
  }, 60_000)

  test('ACC-13 whatever was posted stands in a journal of the template, the movements of stock in one', async () => {
    const journals: Record<string, string>[] = parseCsv(
      readFileSync(new URL('../../template/journals.csv', import.meta.url)),
      { columns: true },
    )
    const known = new Map(journals.map((one) => [one.code, one.kind]))
    const posted = await perState(`select journal as state, count(*)::int as documents from ledger.entry group by 1`)
    expect(Object.keys(posted).filter((code) => !known.has(code))).toEqual([])
    expect(Object.keys(posted).filter((code) => known.get(code) === 'stock')).toEqual(['STK'])
    const stock = await perState(
      `select journal as state, count(*)::int as documents from ledger.entry where source ~ '^(warehouse|inventory|costing|returns)' group by 1`,
    )
    expect(Object.keys(stock)).toEqual(['STK'])
  })

  test('ACC-08 its reported months are closed', async () => {
    expect(
      await perState(`select state, count(*)::int as documents from ledger.period where code < '2026-11' group by 1`),
    ).toEqual({
      locked: 12,
      soft: 2,
      open: 2,
    })
  })

  test('TPL-03 its sites stand on the template: every first plan was approved by another and found nothing to do', async () => {
    const { admin } = await database
    const { rows } =
      await admin.query(`select s.code, s.wave, p.state, p.items, p.drift, p.kept, p.made_by = p.approved_by as alone
      from rollout.site s join rollout.plan p on p.company_id = s.company_id and p.id = s.plan_id order by s.wave`)
    const done = { state: 'applied', items: [], drift: [], kept: [], alone: false }
    expect(rows).toEqual(['GROUP', 'ALPHA', 'BETA', 'DAYTON'].map((code, wave) => ({ ...done, code, wave })))
  })

  test('GOV-01 GOV-04 GOV-08 its governance lives: people on the seats, gates green in what is done and red for what is not', async () => {
    const { admin } = await database
    const runs =
      await admin.query(`select s.code as site, g.gate, g.state, coalesce((select jsonb_agg(c ->> 'id' order by c ->> 'id') from jsonb_array_elements(g.criteria) c where c ->> 'verdict' = 'red'), '[]') as red
      from rollout.gate_run g join rollout.site s on s.company_id = g.company_id and s.id = g.site_id order by s.code, g.gate`)
    expect(runs.rows).toEqual([
      { site: 'ALPHA', gate: 'G1', state: 'opened', red: [] },
      {
        ...{ site: 'ALPHA', gate: 'G2', state: 'refused' },
        red: ['blueprint-differences', 'fit-gap-signed', 'requirements-classified'],
      },
      expect.objectContaining({ site: 'ALPHA', gate: 'G3', state: 'refused' }),
      expect.objectContaining({ site: 'BETA', gate: 'G1', state: 'refused' }),
      expect.objectContaining({ site: 'BETA', gate: 'G3', state: 'refused' }),
    ])
    expect(runs.rows[2].red).toContain('mappings-complete')
    expect(runs.rows.flatMap((one) => one.red)).not.toContain('seats-vacant')
    expect(runs.rows[3].red).toContain('charter-signed')
    expect(runs.rows[4].red).toContain('codes-mapped')
    expect(runs.rows[2].red, 'nobody acquired ALPHA').not.toContain('codes-mapped')
    expect(await perState(`select code || ' ' || state as state, 1 as documents from rollout.site`)).toEqual({
      'GROUP discovery': 1,
      'ALPHA design': 1,
      'BETA discovery': 1,
      'DAYTON discovery': 1,
    })
    expect(await perState(`select state, count(*)::int as documents from rollout.risk group by 1`)).toEqual({
      open: 21,
    })
    expect(await perState(`select state, count(*)::int as documents from rollout.decision group by 1`)).toEqual({
      ...{ decided: 2, open: 1, escalated: 1 },
    })
    expect(await perState(`select state, count(*)::int as documents from rollout.change_request group by 1`)).toEqual({
      ...{ approved: 1, requested: 1 },
    })
    // Nobody decided what somebody else's seat has to decide: every name stands on the seat that the rights name.
    expect(
      await count(
        `select (select count(*) from rollout.change_request where approved_by = requested_by)::int as own, (select count(*) from rollout.decision d where d.state = 'decided'
          and not exists (select from rollout.seat s where s.seat = d.seat and s.account_id = d.decided_by))::int as elsewhere`,
      ),
    ).toEqual({ own: 0, elsewhere: 0 })
  })

  test('TPL-11 GOV-10 GOV-11 ALPHA is a pilot with figures of before and during, reviews with packs, and outcomes that are read from facts', async () => {
    const { admin, kernel } = await database
    const wiebke = { principal: SYSTEM, companyId: 1, channel: 'inside' as const, now: NOW, today: '2026-11-18' }
    type Compared = { id: string; before: string | null; during: string | null; side: string }
    const figures = await questionOf(modules, 'rollout.pilot-figures').ask<Compared>(kernel, wiebke, { site: 'ALPHA' })
    expect(figures.filter((one) => one.before !== null && one.during !== null).length).toBeGreaterThanOrEqual(5)
    expect(figures.find((one) => one.id === 'line-fill')?.side).not.toBe('unknown')
    const report = await count(`select content::text as text from rollout.paper where kind = 'template-validation'`)
    for (const word of ['Figures before and during', 'What held', 'Lessons', 'Acceptance', 'PIL-']) {
      expect((report as { text: string }).text).toContain(word)
    }
    type Outcome = { kind: string; actual: string | null; behind: boolean | null }
    const outcomes = await questionOf(modules, 'rollout.outcomes').ask<Outcome>(kernel, wiebke, {})
    expect(outcomes.map((one) => one.kind)).toEqual(['service', 'control', 'productivity'])
    expect(outcomes.every((one) => one.actual !== null && one.behind !== null)).toBe(true)
    const begin = commandOf(modules, 'rollout.pilot.begin')
    await expect(begin.run(kernel, { ...wiebke, dryRun: true }, { input: [{ site: 'ALPHA' }] })).rejects.toMatchObject({
      code: 'PILOT_RUNS',
    })
    const [{ id, readings }] = (await admin.query(`select id, readings from rollout.pilot`)).rows
    const [, job] =
      modules.flatMap((one) => Object.entries(one.jobs)).find(([name]) => name === 'rollout.observe-pilots') ?? []
    await transaction(kernel.pool, { companies: [1] }, async (tx) => {
      await job?.run({ tx, kernel, context: wiebke, payload: {}, jobId: 'morning', attempt: 1 })
    })
    const after = (await admin.query(`select readings from rollout.pilot`)).rows[0].readings
    expect(after.map((one: { on: string }) => one.on)).toEqual([
      ...readings.map((one: { on: string }) => one.on),
      '2026-11-18',
    ])
    const again = await commandOf(modules, 'rollout.pilot.observe').run(kernel, wiebke, { ids: [id], input: {} })
    expect(again.ids).toEqual([id])
    expect((await admin.query(`select readings from rollout.pilot`)).rows[0].readings).toHaveLength(after.length)
    const end = commandOf(modules, 'rollout.pilot.end')
    const ending = () =>
      end.run(kernel, { ...wiebke, dryRun: true }, { ids: [id], input: { conclusion: 'holds', lessons: 'Labels' } })
    expect(await ending()).toMatchObject({ ids: [id], dryRun: true })
    await admin.query(`update rollout.pilot set readings = '[]'`)
    await expect(ending()).rejects.toMatchObject({ code: 'PILOT_UNOBSERVED' })
    await admin.query(`update rollout.pilot set readings = $1::jsonb`, [JSON.stringify(after)])
    const { rows } = await admin.query(`select review, state, paper_hash from rollout.review order by review`)
    expect(rows).toEqual([
      { review: 'council', state: 'concluded', paper_hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { review: 'programme', state: 'concluded', paper_hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ])
  })

  test('TPL-15 DIS-05 BETA was acquired: its codes are mapped but for some, and its item file is profiled', async () => {
    const { kernel } = await database
    const context = { principal: SYSTEM, companyId: 2, channel: 'inside' as const, now: NOW, today: '2026-11-18' }
    type Covered = { kind: string; codes: number; mapped: number; waiting: number; unmapped: number; percent: string }
    const rows = await questionOf(modules, 'rollout.mapping-coverage').ask<Covered>(kernel, context, { site: 'BETA' })
    expect(rows.map(({ kind, codes, mapped, waiting, unmapped }) => [kind, codes, mapped, waiting, unmapped])).toEqual([
      ['tax-code', 2, 1, 1, 0],
      ['term', 4, 3, 0, 1],
      ['unit', 3, 2, 1, 0],
    ])
    // The mean of 18853/19280 required cells, 4779/4820 rows, 9411/9445 numbers and 4695/9222 codes.
    expect(await count(`select score::text, state from rollout.source_profile`)).toEqual({
      score: '86.87',
      state: 'taken',
    })
  })

  test('has people who talk about an order, and notices that tell them of it', async () => {
    expect(
      await count(`select count(*)::int as said, count(distinct document_id)::int as about from kernel.comment`),
    ).toEqual({
      said: 2,
      about: 1,
    })
    const told = await (await database).admin.query(
      `select n.kind, a.name from kernel.notice n join access.account a on a.id = n.account_id
        where n.kind in ('mention', 'answer') and n.read_at is null order by n.at, n.id`,
    )
    expect(told.rows).toEqual([
      { kind: 'mention', name: 'Carmen Ruiz' },
      { kind: 'answer', name: 'Ana Delacroix' },
    ])
    // A bell tells of what is new: what was told more than a week ago has been read.
    expect(
      await count(
        `select count(*) filter (where read_at is null and at < timestamptz '2026-11-11 12:00Z')::int as old,
          count(*) filter (where read_at is not null)::int > 50 as read from kernel.notice`,
      ),
    ).toEqual({ old: 0, read: true })
  })

  test('loaded again it changes nothing and says the same', async () => {
    const { kernel } = await database
    const before = await count('select count(*)::int as leaves from kernel.audit')
    expect(await loadDemo(kernel, { now: new Date('2026-11-19T08:00:00Z') })).toEqual(signIns)
    expect(await count('select count(*)::int as leaves from kernel.audit')).toEqual(before)
    expect(await demo.state(kernel)).toEqual({ signIns, started: false })
  })

  test('names nobody as a sign-in whose account is not there, as in a home that an earlier version loaded', async () => {
    const { kernel, admin } = await database
    const rename = (from: string, to: string) =>
      admin.query('update access.account set email = $2 where email = $1', [from, to])
    await rename('ana@tradewright.example', 'away@tradewright.example')
    const { signIns: told } = await demo.state(kernel)
    await rename('away@tradewright.example', 'ana@tradewright.example')
    expect(told.map((one) => one.email)).toEqual(
      signIns.map((one) => one.email).filter((one) => one !== 'ana@tradewright.example'),
    )
  })
})
