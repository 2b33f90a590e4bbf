// The gates of testing read what acceptance found: a failed scenario turns them red, its retest turns them green.
import { beforeAll, expect, test } from 'vitest'
import type { Judged } from '../../../src/rollout/gate/judge.ts'
import { withVersion } from '../../../src/rollout/template/version.ts'
import { uatScenarios } from '../../../src/uat/library.ts'
import { acceptanceSite } from './site.ts'

const ACCEPTED = ['scenarios-critical', 'scenarios-all', 'separation-tests', 'severe-defects']
let site: Awaited<ReturnType<typeof acceptanceSite>>
beforeAll(async () => {
  site = await acceptanceSite()
})

const all = () => uatScenarios()
const oneThat = (fits: (one: ReturnType<typeof uatScenarios>[number]) => boolean): string =>
  all().find(fits)?.id ?? 'none'
const SEPARATION = oneThat((one) => one.marks.includes('separation'))
const CRITICAL = oneThat((one) => one.critical && !one.marks.includes('separation'))

/** Plays a run as the machine does, with results of our own choosing. */
async function ran(scenarios: readonly string[], failed: readonly string[] = []): Promise<string> {
  const id = await site.start(scenarios)
  const results = scenarios.map((scenario) => ({
    ...{ scenario, causes: [], evidence: [], milliseconds: 1 },
    verdict: failed.includes(scenario) ? 'failed' : 'passed',
  }))
  await site.run('rollout.uat-run.record', site.at('ALPHA'), id, { results })
  await site.run('rollout.uat-run.finish', site.at('ALPHA'), id, { liveUnchanged: true })
  return id
}

async function judged(gate: string): Promise<Readonly<Record<string, Judged | undefined>>> {
  const { id } = await site.create('rollout.gate-run.evaluate', site.at('ALPHA'), { site: 'ALPHA', gate })
  const { rows } = await site.admin.query('select criteria from rollout.gate_run where id = $1', [id])
  const criteria: readonly Judged[] = rows[0].criteria
  return Object.fromEntries(criteria.map((one) => [one.id, one]))
}
const verdicts = async (gate: string, ids: readonly string[]) => {
  const found = await judged(gate)
  return ids.map((id) => `${id} ${found[id]?.verdict} ${found[id]?.value}`)
}

test('UAT-08 G4 and G5 know nothing of a site that was neither played nor signed for', async () => {
  expect(await verdicts('G5', ACCEPTED)).toEqual(ACCEPTED.map((id) => `${id} red null`))
  expect(await verdicts('G4', ['scenarios-executable'])).toEqual(['scenarios-executable red null'])
})

test('UAT-08 G4 turns with how many scenarios could be run at the site', async () => {
  await ran(
    all()
      .map((one) => one.id)
      .slice(1),
  )
  const [part] = await verdicts('G4', ['scenarios-executable'])
  expect(part).toMatch(/^scenarios-executable red 9\d/)
  await ran(
    all()
      .map((one) => one.id)
      .slice(0, 1),
  )
  expect(await verdicts('G4', ['scenarios-executable'])).toEqual(['scenarios-executable green 100'])
})

test.each([
  ['a critical scenario', () => CRITICAL, ['scenarios-critical', 'severe-defects']],
  ['a test of separation', () => SEPARATION, ['separation-tests']],
])('UAT-08 %s that fails turns G5 red, and its retest turns it green', async (_, which, criteria) => {
  const green = ACCEPTED.map((id) => `${id} green ${id === 'severe-defects' ? '0' : '100'}`)
  expect(await verdicts('G5', ACCEPTED)).toEqual(green)
  await ran([which()], [which()])
  const failed = await judged('G5')
  for (const id of criteria) expect(failed[id]?.verdict, id).toBe('red')
  expect(failed['scenarios-all']).toMatchObject({ verdict: 'green', value: expect.stringMatching(/^9\d/) })
  await ran([which()])
  expect(await verdicts('G5', ACCEPTED)).toEqual(green)
})

test('UAT-08 so many failures that fewer than 95 % passed turn the criterion over all scenarios', async () => {
  const many = all()
    .slice(0, 10)
    .map((one) => one.id)
  await ran(many, many)
  expect((await judged('G5'))['scenarios-all']).toMatchObject({ verdict: 'red' })
  await ran(many)
  expect((await judged('G5'))['scenarios-all']).toMatchObject({ verdict: 'green', value: '100' })
})

test('UAT-08 signed evidence does not speak against what was played', async () => {
  const run = await ran([CRITICAL], [CRITICAL])
  await site.admin.query(`insert into rollout.evidence (company_id, id, number, state, site_id, kind, value, measured_on, note, recorded_by, signed_by, seat, signed_at, created_at, updated_at)
    select 1, gen_random_uuid(), 'EV-' || k.kind, 'signed', s.id, k.kind, 100, '2026-03-02', 'Paper', gen_random_uuid(), gen_random_uuid(), 's', now(), now(), now()
      from rollout.site s, unnest(array['scenarios-critical', 'scenarios-all']) as k (kind) where code = 'ALPHA'`)
  const { number } = (await site.admin.query('select number from rollout.uat_run where id = $1', [run])).rows[0]
  const found = (await judged('G5'))['scenarios-critical']
  expect(found).toMatchObject({ verdict: 'red', evidence: { numbers: { runs: '1', signed: '0' }, records: [number] } })
  await ran([CRITICAL])
})

test('UAT-08 a run that is too old, of another release, or that touched the live site proves nothing', async () => {
  const flips = [
    [
      `update rollout.uat_run set finished_at = finished_at - interval '90 days'`,
      `update rollout.uat_run set finished_at = finished_at + interval '90 days'`,
    ],
    ['update rollout.uat_run set live_unchanged = false', 'update rollout.uat_run set live_unchanged = true'],
  ] as const
  for (const [spoil, mend] of flips) {
    await site.admin.query(spoil)
    expect((await judged('G5'))['scenarios-all'], spoil).toMatchObject({ verdict: 'red', value: null })
    await site.admin.query(mend)
    expect((await judged('G5'))['scenarios-all']).toMatchObject({ verdict: 'green', value: '100' })
  }
  const { rows } = await site.admin.query(`select files from rollout.release where number = '1.0.0'`)
  await site.release(withVersion(rows[0].files, '1.0.1'), 'Words')
  await site.run('rollout.site.follow', site.at('ALPHA'), site.ids.ALPHA ?? '', { release: '1.0.1' })
  expect((await judged('G5'))['scenarios-all']).toMatchObject({ verdict: 'red', value: null })
})
