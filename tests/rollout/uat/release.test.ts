// A site is judged by the release that it follows: its scenarios are that release's, and so is the world that they begin in.
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withVersion } from '../../../src/rollout/template/version.ts'
import { readTemplateFiles } from '../../../src/setup/index.ts'
import { uatScenarios } from '../../../src/uat/library.ts'
import { APPROVER, MAKER, refusal } from '../support/enterprise.ts'
import { acceptanceSite, laidWorld } from './site.ts'

const OWN = `family: Our own
scenarios:
  - id: T-OWN-1
    title: A term of ten days, as the release has it
    steps:
      - as: order-desk-clerk
        do: sales.order.draft
        with: { customer: C1, warehouse: W1, lines: [{ item: P1, quantity: '10' }] }
        name: order
        then: { documents: { $order: { net: '200' } } }
`
/** The template with a scenario of its own, without another, and with a shorter term. */
function nextRelease(): Record<string, string> {
  const files = withVersion(readTemplateFiles(), '1.1.0')
  const terms = files['payment-terms.yaml'] ?? ''
  expect(terms).toContain('days: 14 }')
  files['payment-terms.yaml'] = terms.replace('days: 14 }', 'days: 10 }')
  files['scenarios/own.yaml'] = OWN
  delete files['scenarios/f7-returns.yaml']
  // What walks an exception is named only while it is there.
  files['exceptions.yaml'] = (files['exceptions.yaml'] ?? '').replace(/^( +scenarios: )\[.*\]$/gm, '$1[]')
  return files
}

const files = nextRelease()
let site: Awaited<ReturnType<typeof acceptanceSite>>
let laid: Awaited<ReturnType<typeof laidWorld>>
beforeAll(async () => {
  laid = await laidWorld(files)
  site = await acceptanceSite(laid)
}, 120_000)
afterAll(() => laid.clear(), 300_000)

const returns = () => uatScenarios().find((one) => one.process.startsWith('Return'))?.id ?? 'none'
const listed = async (parameters: object) =>
  (await site.ask<{ id: string }>('rollout.uat-steps', site.at('ALPHA'), parameters)).map((one) => one.id)

test('UAT-01 TPL-16 the scenarios of a site are those of the release that it follows', async () => {
  await site.release(files, 'Ten days')
  expect(await refusal(site.start(['T-OWN-1']))).toBe('UAT_SCENARIO_UNKNOWN')
  expect(await listed({ site: 'ALPHA' })).not.toContain('T-OWN-1')
  for (const code of ['ALPHA', 'GROUP'])
    await site.run('rollout.site.follow', site.at('ALPHA', MAKER), site.ids[code] ?? '', { release: '1.1.0' })
  const plan = await site.create('rollout.plan.make', site.at('ALPHA', MAKER), { site: site.ids.ALPHA })
  const { rows } = await site.admin.query(`select encode(hash, 'hex') as hash from rollout.plan where id = $1`, [
    plan.id,
  ])
  await site.run('rollout.plan.approve', site.at('ALPHA', APPROVER), plan.id, { hash: rows[0].hash })
  await site.run('rollout.plan.apply', site.at('ALPHA', MAKER), plan.id)
  expect(await refusal(site.start([returns()]))).toBe('UAT_SCENARIO_UNKNOWN')
  const run = await site.start(['T-OWN-1', 'T-PRC-11'])
  expect(await listed({ run })).toContain('T-OWN-1')
  expect(await listed({ run, scenario: returns() })).toEqual([])
  const played = await site.play(run)
  expect(played?.judged.map((one) => [one.scenario, one.failure])).toEqual([
    ['T-PRC-11', undefined],
    ['T-OWN-1', undefined],
  ])
  expect(played).toMatchObject({ unchanged: true, differences: [] })
}, 120_000)

test('UAT-01 the world of scenarios is laid from the files of the release, not from those of the product', async () => {
  const client = new pg.Client({ connectionString: laid.ownerUrl })
  await client.connect()
  await client.query(
    `select set_config('tw.companies', (select string_agg(id::text, ',') from company.company), false)`,
  )
  const { rows } =
    await client.query(`select r.number, s.code, t.due_days from rollout.site s join rollout.release r on r.id = s.release_id
    join party.term t on t.company_id = s.company_id and t.code = 'NET14' order by s.code`)
  await client.end()
  expect(rows).toEqual([
    { number: '1.1.0', code: 'ALPHA', due_days: 10 },
    { number: '1.1.0', code: 'BETA', due_days: 10 },
  ])
})

test('UAT-01 a release whose scenarios cannot be read, or with one id twice, is not published', async () => {
  const broken = withVersion({ ...files, 'scenarios/own.yaml': OWN.replace('steps:', 'stages:') }, '1.2.0')
  expect(await refusal(site.release(broken))).toBe('RELEASE_UNSOUND')
  const twice = withVersion({ ...files, 'scenarios/more.yaml': OWN }, '1.2.0')
  expect(await refusal(site.release(twice))).toBe('RELEASE_UNSOUND')
})
