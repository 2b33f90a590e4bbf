// Sites follow a release ring by ring: the next ring opens when those before have applied it, are green, and stood quietly.
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { withVersion } from '../../../src/rollout/template/version.ts'
import type { Shown } from '../../../src/rollout/what-if/ring/proof.ts'
import { type Candidate, proposeRings, type Ring, ringRules } from '../../../src/rollout/what-if/ring/propose.ts'
import { readTemplateFiles } from '../../../src/setup/index.ts'
import { uatScenarios } from '../../../src/uat/library.ts'
import { APPROVER, command, enterprise, MAKER, NOW, refusal } from '../support/enterprise.ts'

const RULES = ringRules('1.0.0', readTemplateFiles())
const candidate = (code: string, more: Partial<Candidate> = {}): Candidate => ({
  ...{ site: code, code, company: 1, scope: 'company', wave: 1 },
  ...{ pilot: false, follows: false, steps: 0, conflicts: 0, failing: 0, ...more },
})
const codes = (rings: readonly Ring[]) => rings.map((one) => one.sites.map((each) => each.code))

describe('which site comes when', () => {
  test('TPL-08 L4 pilots first, then nothing to do, then the least risk, and who fails last; what governs all goes first', () => {
    const sites = [
      candidate('RISKY', { conflicts: 2 }),
      candidate('BUSY', { steps: 9 }),
      candidate('IDLE'),
      candidate('RED', { failing: 3 }),
      candidate('PILOT', { pilot: true, steps: 4 }),
      candidate('GROUP', { scope: 'enterprise' }),
    ]
    const rings = proposeRings(sites, RULES)
    expect(codes(rings)).toEqual([['GROUP', 'PILOT'], ['IDLE'], ['BUSY', 'RISKY', 'RED']])
    expect(rings[0]?.sites.map((one) => one.reason)).toEqual(['governs what every company shares', 'pilot, 4 steps'])
    expect(rings[2]?.sites.at(-1)?.reason).toBe('3 scenarios fail')
  })

  test('TPL-08 every site stands in exactly one ring, whatever they are, and no failing one before the last', () => {
    const flag = fc.boolean()
    const few = fc.integer({ min: 0, max: 3 })
    const some = fc.record({ pilot: flag, steps: few, conflicts: few, failing: few, wave: few })
    fc.assert(
      fc.property(fc.array(some, { maxLength: 40 }), (all) => {
        const sites = all.map((one, at) => candidate(`S${String(at).padStart(2, '0')}`, one))
        const rings = proposeRings(sites, RULES)
        expect(codes(rings).flat().sort()).toEqual(sites.map((one) => one.code))
        const early = new Set(codes(rings.slice(0, -1)).flat())
        expect(sites.filter((one) => one.failing > 0 && early.has(one.code))).toEqual([])
        // Not before it has been somewhere: the first ring holds somebody as soon as somebody can go.
        if (sites.some((one) => one.failing === 0)) expect(rings[0]?.sites.length).toBeGreaterThan(0)
      }),
    )
  })

  test.each([
    ['no rings', '{}'],
    ['rings that skip a number', 'rings: [{ ring: 1, name: A, share: 100, quiet-days: 0 }]'],
    ['rings that leave sites out', 'rings: [{ ring: 0, name: A, share: 90, quiet-days: 0 }]'],
  ])('%s are refused', (_, text) => {
    expect(() => ringRules('1.1.0', { 'governance.yaml': text })).toThrow(
      expect.objectContaining({ code: 'RINGS_WITHOUT_RULES' }),
    )
  })
})

describe('ring by ring', () => {
  let e: Awaited<ReturnType<typeof enterprise>>
  const sites: Record<string, string> = {}
  const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000)
  const at = (code: string, who = MAKER, now = NOW) => e.at(code, who, now)

  async function applied(code: string): Promise<void> {
    const plan = await e.create('rollout.plan.make', at(code), { site: sites[code] })
    const { rows } = await e.admin.query(`select encode(hash, 'hex') as hash from rollout.plan where id = $1`, [
      plan.id,
    ])
    await e.run('rollout.plan.approve', at(code, APPROVER), plan.id, { hash: rows[0].hash })
    await e.run('rollout.plan.apply', at(code), plan.id)
  }
  async function played(code: string, failed: readonly string[] = []): Promise<void> {
    const machine = e.at(code)
    const scenarios = uatScenarios().map((one) => one.id)
    const { id } = await e.create('rollout.uat-run.start', at(code), { site: code, by: 'caller' })
    const verdict = (one: string) => (failed.includes(one) ? 'failed' : 'passed')
    const results = scenarios.map((scenario) => ({
      scenario,
      verdict: verdict(scenario),
      causes: [],
      evidence: [],
      milliseconds: 1,
    }))
    await e.run('rollout.uat-run.record', machine, id, { results })
    await e.run('rollout.uat-run.finish', machine, id, { liveUnchanged: true })
  }
  const follow = (code: string) => e.run('rollout.site.follow', at(code), sites[code] ?? '', { release: '1.1.0' })
  const shown = async (now = NOW) =>
    (await e.ask<Shown>('rollout.ring-sites', at('PILOT', MAKER, now), { release: '1.1.0' })).map((one) => [
      one.ring,
      one.site,
      one.why,
    ])
  const ringId = async (ring: number): Promise<string> =>
    (await e.admin.query(`select id from rollout.ring where ring = $1 and state <> 'withdrawn'`, [ring])).rows[0].id
  const openRing = async (ring: number, now: Date) =>
    e.run('rollout.ring.open', at('PILOT', APPROVER, now), await ringId(ring))
  const why = async (ring: number, now: Date): Promise<unknown> =>
    await openRing(ring, now).then(
      () => 'open',
      (error: { code?: string; detail?: { site: string; why: string } }) =>
        error.code === 'RING_NOT_READY' ? `${error.detail?.site} ${error.detail?.why}` : error,
    )

  beforeAll(async () => {
    e = await enterprise(['PILOT', 'EARLY', 'LATE'].map((code) => ({ code, currency: 'USD', country: 'US' })))
    await e.admin.query(`select set_config('tw.companies', '1,2,3', false)`)
    await e.release()
    const given = { scope: 'company', kind: 'company', owner: 'Olga', taxArea: 'US-ALPHA', release: '1.0.0' }
    for (const [wave, code] of ['PILOT', 'EARLY', 'LATE'].entries()) {
      sites[code] = (await e.create('rollout.site.open', at(code), { ...given, wave, code, name: code })).id
      await applied(code)
    }
    const files = withVersion(readTemplateFiles(), '1.1.0')
    files['payment-terms.yaml'] = (files['payment-terms.yaml'] ?? '').replace('days: 14 }', 'days: 10 }')
    await e.release(files, 'Ten days')
  })

  test('TPL-08 L4 rings are proposed from the what-if and kept whole', async () => {
    const rings = await e.ask<Ring>('rollout.ring-proposal', at('EARLY'), { release: '1.1.0' })
    expect(codes(rings)).toEqual([['PILOT'], ['EARLY'], ['LATE']])
    expect(rings[0]?.sites[0]).toMatchObject({ site: sites.PILOT, company: 1, reason: 'pilot, 1 steps' })
    expect(
      await refusal(e.ask<Ring>('rollout.ring-proposal', at('EARLY'), { release: '1.1.0', pilots: 'LATE,NOWHERE' })),
    ).toBe('PILOT_UNKNOWN')
    const input = rings.map((one) => ({ ...one, release: '1.1.0' }))
    const keep = (all: readonly object[]) => command('rollout.ring.plan').run(e.kernel, at('PILOT'), { input: all })
    expect(await refusal(keep(input.slice(0, 2)))).toBe('RINGS_INCOMPLETE')
    expect(
      await refusal(
        keep([...input.slice(0, 2), { ...input[2], sites: [...(input[2]?.sites ?? []), ...(input[1]?.sites ?? [])] }]),
      ),
    ).toBe('RINGS_INCOMPLETE')
    await keep(input)
    expect(await refusal(keep(input))).toBe('RINGS_THERE')
    const { rows } = await e.admin.query('select number, state, codes from rollout.ring order by ring')
    expect(rows).toEqual([
      { number: '1.1.0/0', state: 'open', codes: 'PILOT' },
      { number: '1.1.0/1', state: 'planned', codes: 'EARLY' },
      { number: '1.1.0/2', state: 'planned', codes: 'LATE' },
    ])
  })

  test('TPL-08 a site follows only when its ring is open', async () => {
    expect(await refusal(follow('EARLY'))).toBe('RING_CLOSED')
    expect(await refusal(follow('LATE'))).toBe('RING_CLOSED')
    await follow('PILOT')
  })

  test('TPL-08 rings are planned anew while no site behind the first ring follows; somebody else opens the new ring 0', async () => {
    const proposed = await e.ask<Ring>('rollout.ring-proposal', at('EARLY'), { release: '1.1.0' })
    expect(proposed[0]?.sites.map((one) => [one.code, one.reason])).toEqual([['PILOT', 'follows it already']])
    const given = proposed.map((one) => ({ ...one, release: '1.1.0' }))
    const [pilot, early, late] = given.map((one) => one.sites)
    const placed = (...all: (typeof pilot)[]) => given.map((one, ring) => ({ ...one, sites: all[ring] ?? [] }))
    const redo = (input: readonly object[], reason: string | undefined = 'Late is calmer than early') =>
      command('rollout.ring.replan').run(e.kernel, { ...at('PILOT'), ...(reason ? { reason } : {}) }, { input })

    expect(await refusal(redo(given, ''))).toBe('REASON_NEEDED')
    expect(await refusal(redo(placed(early, pilot, late)))).toBe('RING_OF_FOLLOWER')
    expect(await refusal(redo(placed(pilot, early)))).toBe('RINGS_INCOMPLETE')
    expect(await refusal(redo([...given.slice(0, 2), { ...given[2], release: '1.0.0' }]))).toBe('RINGS_OF_TWO')
    expect(await refusal(redo(given.map((one) => ({ ...one, release: '1.0.0' }))))).toBe('RINGS_NONE')
    await redo(placed(pilot, late, early))
    const rows = async () =>
      (await e.admin.query('select number, state, codes from rollout.ring order by plan, ring')).rows.map((one) =>
        [one.number, one.state, one.codes].join(' '),
      )
    expect(await rows()).toEqual([
      ...['1.1.0/0 withdrawn PILOT', '1.1.0/1 withdrawn EARLY', '1.1.0/2 withdrawn LATE'],
      ...['1.1.0/0-2 planned PILOT', '1.1.0/1-2 planned LATE', '1.1.0/2-2 planned EARLY'],
    ])
    const { rows: told } = await e.admin.query(
      `select a.payload::jsonb as payload from kernel.audit a join rollout.ring g on g.id = a.document_id where g.number = '1.1.0/0' and a.verb = 'withdraw'`,
    )
    expect(told).toMatchObject([
      { payload: { from: 'open', to: 'withdrawn', reason: 'Late is calmer than early', changes: { replaced: {} } } },
    ])

    // Nobody follows by a plan that its maker alone has made: ring 0 is opened by whoever opens rings.
    expect(await refusal(follow('PILOT'))).toBe('RING_CLOSED')
    await redo(given, 'Early has the people after all')
    expect((await rows()).slice(6)).toEqual([
      ...['1.1.0/0-3 planned PILOT', '1.1.0/1-3 planned EARLY', '1.1.0/2-3 planned LATE'],
    ])
    expect(await why(1, NOW)).toBe('PILOT waits for ring 0')
    expect(await why(0, NOW)).toBe('open')
    await follow('PILOT')
    const held = (await e.ask<{ held: object[] }>('rollout.rings', at('PILOT'), { release: '1.1.0' })).map(
      (one) => one.held,
    )
    expect(held).toEqual([[], [{ site: 'PILOT', lacks: 'apply' }], [{ ring: 1, lacks: 'open' }]])
  })

  test('TPL-08 L4 a ring opens when the one before has applied, is green, and has stood so many days without new drift', async () => {
    expect(await why(2, later(9))).toBe('EARLY waits for ring 1')
    expect(await why(1, NOW)).toBe('PILOT has not applied release 1.1.0')
    await applied('PILOT')
    expect(await why(1, later(9))).toBe('PILOT has not played the scenarios of release 1.1.0')
    await played('PILOT', ['T-Q2C-01'])
    expect(await why(1, later(9))).toMatch(/^PILOT has only \d+ of \d+ in UAT-2026-00001 green$/)
    await played('PILOT')
    expect(await why(1, later(4))).toBe('PILOT must stand until 2026-03-07')
    await e.admin.query(`update ledger.account set name = 'Debtors' where company_id = 1 and code = '1100'`)
    expect(await why(1, later(5))).toBe('PILOT has drifted since: ledger.account 1100')
    expect(await shown(later(5))).toEqual([
      [0, 'PILOT', 'has drifted since: ledger.account 1100'],
      [1, 'EARLY', 'has not applied release 1.1.0'],
      [2, 'LATE', 'has not applied release 1.1.0'],
    ])
    await e.admin.query(`update ledger.account set name = 'Accounts receivable' where company_id = 1 and code = '1100'`)
    expect(await why(1, later(5))).toBe('open')
    const { rows } = await e.admin.query(
      `select state, proof from rollout.ring where ring = 1 and state <> 'withdrawn'`,
    )
    expect(rows[0]).toMatchObject({ state: 'open', proof: [{ site: 'PILOT', applied: '2026-03-02', why: null }] })
    await follow('EARLY')
    expect(await refusal(follow('LATE'))).toBe('RING_CLOSED')
  })

  test('TPL-08 what others have applied stays what it is: a site that goes back to the former release holds the next ring up', async () => {
    await applied('EARLY')
    await played('EARLY')
    await e.run('rollout.site.follow', at('PILOT'), sites.PILOT ?? '', { release: '1.0.0' })
    expect(await why(2, later(30))).toBe('PILOT has not applied release 1.1.0')
    await follow('PILOT')
    expect(await why(2, later(30))).toBe('open')
    await follow('LATE')
  })

  test('TPL-08 once a site behind the first ring follows, its rings stay as they are; once none does, they may be withdrawn', async () => {
    const rings = await e.ask<Ring>('rollout.ring-proposal', at('EARLY'), { release: '1.1.0' })
    const input = rings.map((one) => ({ ...one, release: '1.1.0' }))
    const because = { ...at('PILOT', APPROVER), reason: 'The release is taken back' }
    const redo = () => command('rollout.ring.replan').run(e.kernel, because, { input })
    const withdraw = async () => e.run('rollout.ring.withdraw', because, await ringId(1))
    expect(await refusal(redo())).toBe('RINGS_UNDERWAY')
    expect(await refusal(withdraw())).toBe('RINGS_UNDERWAY')
    for (const code of ['EARLY', 'LATE'])
      await e.run('rollout.site.follow', at(code), sites[code] ?? '', { release: '1.0.0' })

    // A site that follows while somebody changes the rings waits for him, and then goes by what stands.
    await e.admin.query('begin')
    await e.admin.query(
      `update rollout.ring set state = 'planned', opened_by = null, opened_at = null, proof = null where ring = 2 and state = 'open'`,
    )
    const late = refusal(follow('LATE'))
    const first = await Promise.race([late, new Promise((resolve) => setTimeout(resolve, 300, 'it waits'))])
    await e.admin.query('commit')
    expect([first, await late]).toEqual(['it waits', 'RING_CLOSED'])

    await withdraw()
    const { rows } = await e.admin.query(`select count(*)::int as n from rollout.ring where state <> 'withdrawn'`)
    expect(rows[0].n).toBe(0)
    expect(await e.ask('rollout.rings', at('PILOT'), { release: '1.1.0' })).toEqual([])
    await follow('LATE')
    expect(await refusal(redo())).toBe('RINGS_NONE')
  })
})
