// A release is tried on every site before any gets it: the scenarios are played against what it would leave there, the
// change behind a failure is named, nothing live is written, and a release that fails at a live site is not offered.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCompanies } from '#kernel/access/companies'
import { transaction } from '#kernel/db'
import { modules } from '../../../src/modules/index.ts'
import { rolloutTools } from '../../../src/rollout/index.ts'
import { withVersion } from '../../../src/rollout/template/version.ts'
import { prepareTrials } from '../../../src/rollout/what-if/trial/prepare.ts'
import { figuresOf } from '../../../src/scenario/index.ts'
import { readTemplateFiles } from '../../../src/setup/index.ts'
import { templateReader } from '../../../src/setup/reader.ts'
import { type TriedRelease, tryRelease } from '../../../src/uat/index.ts'
import { uatScenarios } from '../../../src/uat/library.ts'
import { APPROVER, enterprise, MAKER, NOW, person, refusal } from '../support/enterprise.ts'
import { laidWorld } from '../uat/site.ts'

const WANTED = ['T-Q2C-01', 'T-PRC-11']
const AUTHORITY = person('Ada', '01890a5d-ac96-774b-bcce-b302099a8003')

/** The reference template with two scenarios only, as this version. */
function small(number: string, change: (files: Record<string, string>) => void = () => undefined) {
  const files = withVersion(readTemplateFiles(), number)
  for (const file of Object.keys(files).filter((one) => one.startsWith('scenarios/'))) {
    const [head = '', ...stories] = (files[file] ?? '').split(/^(?= {2}- id: )/m)
    const kept = stories.filter((one) => WANTED.some((id) => one.startsWith(`  - id: ${id}\n`)))
    if (kept.length > 0) files[file] = head + kept.join('')
    else delete files[file]
  }
  // What walks an exception or proves a target is named only while it is there.
  files['exceptions.yaml'] = (files['exceptions.yaml'] ?? '').replace(/^( +scenarios: )\[.*\]$/gm, '$1[]')
  delete files['quality-targets.yaml']
  change(files)
  return files
}
const tenDays = (files: Record<string, string>) => {
  files['payment-terms.yaml'] = (files['payment-terms.yaml'] ?? '').replace('days: 14 }', 'days: 10 }')
}
/** A wrong account on the tax, in a block of its own. */
const WRONG_TAX = `- object: US-STD\n  fields: { account: '1400' }\n`

let e: Awaited<ReturnType<typeof enterprise>>
let laid: Awaited<ReturnType<typeof laidWorld>>
const sites: Record<string, string> = {}

async function applied(code: string): Promise<void> {
  const plan = await e.create('rollout.plan.make', e.at(code, MAKER), { site: sites[code] })
  const { rows } = await e.admin.query(`select encode(hash, 'hex') as hash from rollout.plan where id = $1`, [plan.id])
  await e.run('rollout.plan.approve', e.at(code, APPROVER), plan.id, { hash: rows[0].hash })
  await e.run('rollout.plan.apply', e.at(code, MAKER), plan.id)
}
const tried = (release: string): Promise<TriedRelease> =>
  tryRelease({ kernel: e.kernel, modules, clock: () => NOW, release, playground: laid.playground, world: laid.world })
const follow = (code: string, release: string) =>
  e.run('rollout.site.follow', e.at(code, MAKER), sites[code] ?? '', { release })
const outcome = (all: TriedRelease) =>
  Object.fromEntries(all.sites.map((one) => [one.site, one.failures.map((each) => each.scenario)]))

beforeAll(async () => {
  laid = await laidWorld(small('1.0.0'))
  e = await enterprise(['ALPHA', 'BETA', 'GAMMA'].map((code) => ({ code, currency: 'USD', country: 'US' })))
  await e.admin.query(`select set_config('tw.companies', '1,2,3', false)`)
  await e.release(small('1.0.0'))
  const given = { scope: 'company', kind: 'company', wave: 1, owner: 'Olga', taxArea: 'US-ALPHA', release: '1.0.0' }
  for (const code of ['ALPHA', 'BETA', 'GAMMA']) {
    sites[code] = (await e.create('rollout.site.open', e.at(code, MAKER), { ...given, code, name: code })).id
    await applied(code)
  }
  await e.admin.query(`update rollout.site set state = 'stable' where code in ('ALPHA', 'BETA')`)
  await e.release(small('1.1.0', tenDays), 'Ten days')
  await e.release(
    small('1.2.0', (files) => {
      files['objects/tax.code.yaml'] = WRONG_TAX
    }),
    'A wrong account',
  )
  await e.admin.query(
    `insert into access.account (id, email, name, kind, created_at) values ($1, 'ada@example.test', 'Ada', 'person', $2)`,
    [AUTHORITY.id, NOW],
  )
  await e.create('rollout.seat.appoint', e.at('ALPHA'), { seat: 'design-authority', person: 'ada@example.test' })
}, 120_000)
afterAll(() => laid.clear(), 300_000)

describe('a release is played against what it would leave at every site', () => {
  test('T-TPL-04 TPL-16 sites that would stand alike are played once, and a good release passes at all of them', async () => {
    const before = await figuresOf(e.kernel)
    const all = await tried('1.1.0')
    expect(all).toMatchObject({ plays: 1, unchanged: true })
    expect(outcome(all)).toEqual({ ALPHA: [], BETA: [], GAMMA: [] })
    expect(all.sites.map((one) => [one.site, one.played, one.like])).toEqual([
      ['ALPHA', 2, null],
      ['BETA', 2, 'ALPHA'],
      ['GAMMA', 2, 'ALPHA'],
    ])
    const { audited, position, ...books } = await figuresOf(e.kernel)
    expect({ ...before, audited, position }).toEqual({ ...books, audited, position })
    const { rows } = await e.admin.query('select state, played, passed, steps from rollout.trial order by company_id')
    expect(rows).toEqual(Array.from({ length: 3 }, () => ({ state: 'passed', played: 2, passed: 2, steps: 1 })))
  }, 120_000)

  test('T-TPL-04 TPL-16 a planted wrong account fails, and the change of the release is named as the cause', async () => {
    const { rows: live } = await e.admin.query(`select account from tax.code where code = 'US-STD'`)
    const all = await tried('1.2.0')
    expect(all).toMatchObject({ plays: 1, unchanged: true })
    expect(outcome(all)).toEqual({ ALPHA: WANTED, BETA: WANTED, GAMMA: WANTED })
    expect(all.sites[0]?.failures[0]).toMatchObject({
      failure: expect.stringContaining('Cr1400 20'),
      causes: ['tax.code US-STD, account: "2200" becomes "1400" with release 1.2.0'],
    })
    expect((await e.admin.query(`select account from tax.code where code = 'US-STD'`)).rows).toEqual(live)
  }, 120_000)

  test('TPL-16 a difference that a site keeps is named where the release is not to blame, at that site alone', async () => {
    await e.admin.query(`update company.company set tax_rounding = 'line-half-up' where code = 'GAMMA'`)
    const all = await tried('1.1.0')
    await e.admin.query(`update company.company set tax_rounding = 'document-half-up' where code = 'GAMMA'`)
    expect(all.plays).toBe(2)
    expect(outcome(all)).toEqual({ ALPHA: [], BETA: [], GAMMA: ['T-PRC-11'] })
    expect(all.sites[2]?.failures[0]?.causes).toEqual([
      expect.stringContaining('taxRounding: "line-half-up" instead of'),
    ])
  }, 120_000)

  test('TPL-16 what the plan would leave is what applying it leaves', async () => {
    const tools = rolloutTools(
      modules.filter((one) => one.name !== 'rollout'),
      templateReader,
    )
    const files = small('1.1.0', tenDays)
    const prepared = async () => {
      const companies = (await readCompanies(e.kernel)).filter((one) => one.code === 'BETA')
      const asked = { number: '1.1.0', files, scenarios: uatScenarios(files), companies, todayOf: () => '2026-03-02' }
      return (await transaction(e.kernel.pool, { companies: [2] }, (tx) => prepareTrials(tx, tools, asked)))[0]
    }
    const before = await prepared()
    expect(before?.changes).toMatchObject([{ key: 'NET14', field: 'dueDays', template: 14, live: 10 }])
    await e.admin.query(`update rollout.site set state = 'cutover' where code = 'BETA'`)
    await follow('BETA', '1.1.0')
    await applied('BETA')
    await e.admin.query(`update rollout.site set state = 'stable' where code = 'BETA'`)
    const after = await prepared()
    expect(after).toMatchObject({ steps: 0, changes: [], after: before?.after, fingerprint: before?.fingerprint })
    expect(after?.configurationHash).not.toBe(before?.configurationHash)
  })
})

describe('a release is offered to sites', () => {
  test('TPL-16 not while a live site fails with it: the refusal names site and scenario', async () => {
    const no = await follow('GAMMA', '1.2.0').catch((error: Error) => error)
    expect(no).toMatchObject({ code: 'RELEASE_FAILS_AT', detail: { site: 'ALPHA', scenario: 'T-Q2C-01', count: 4 } })
    await follow('GAMMA', '1.1.0')
  })

  test('TPL-16 a site that does no business yet holds nobody up (control)', async () => {
    await e.admin.query(`update rollout.site set state = 'build' where code in ('ALPHA', 'BETA')`)
    await follow('GAMMA', '1.2.0')
    await e.admin.query(`update rollout.site set state = 'stable' where code in ('ALPHA', 'BETA')`)
    expect(await refusal(follow('GAMMA', '1.2.0'))).toBe('RELEASE_FAILS_AT')
  })

  test('TPL-16 who decides on exceptions lets it go on with a reason, and nobody else does', async () => {
    const { rows } =
      await e.admin.query(`select t.id, t.company_id from rollout.trial t join rollout.release r on r.id = t.release_id
      where r.number = '1.2.0' order by t.company_id`)
    for (const [code, at] of [
      ['ALPHA', 0],
      ['BETA', 1],
    ] as const) {
      const id: string = rows[at].id
      expect(await refusal(e.run('rollout.trial.override', e.at(code, AUTHORITY), id))).toBe('REASON_NEEDED')
      const said = (who = AUTHORITY) => ({ ...e.at(code, who), reason: 'The account is right from April on' })
      expect(await refusal(e.run('rollout.trial.override', said(MAKER), id))).toBe('NOT_YOUR_SEAT')
      await e.run('rollout.trial.override', said(), id)
    }
    await follow('GAMMA', '1.2.0')
    const shown = await e.ask<Record<string, unknown>>('rollout.trials', e.at('ALPHA', AUTHORITY), { release: '1.2.0' })
    expect(shown.map(({ site, state, live }) => [site, state, live])).toEqual([
      ['ALPHA', 'overridden', true],
      ['BETA', 'overridden', true],
      ['GAMMA', 'failed', false],
    ])
  })

  test('TPL-16 what was played is recorded by machines, stays as it came out, and a retest counts', async () => {
    const given = { site: 'ALPHA', release: '1.2.0', configurationHash: 'a'.repeat(64), fingerprint: 'b'.repeat(64) }
    const green = { ...given, steps: 1, passed: 3, failures: [], leftOut: [], playedOn: 'x', milliseconds: 1 }
    const red = {
      ...green,
      passed: 2,
      failures: [{ scenario: 'T-PRC-11', title: 'x', critical: true, failure: 'x', causes: [] }],
    }
    expect(await refusal(e.create('rollout.trial.record', e.at('ALPHA', MAKER), green))).toBe('TRIAL_BY_MACHINE')
    await e.create('rollout.trial.record', e.at('ALPHA'), red)
    expect(await refusal(follow('GAMMA', '1.2.0'))).toBe('RELEASE_FAILS_AT')
    await expect(e.kernel.pool.query(`update rollout.trial set failures = '[]'`)).rejects.toThrow(/permission denied/)
    await e.create('rollout.trial.record', e.at('ALPHA'), green)
    await follow('GAMMA', '1.2.0')
  })

  test('TPL-01 TPL-16 a release whose files were altered is followed by nobody', async () => {
    const spoil = (sign: string) =>
      e.admin.query(
        `update rollout.release set files = jsonb_set(files, '{units.csv}', to_jsonb(${sign})) where number = '1.1.0'`,
      )
    await spoil(`(files ->> 'units.csv') || ' '`)
    expect(await refusal(follow('GAMMA', '1.1.0'))).toBe('RELEASE_ALTERED')
    await spoil(`rtrim(files ->> 'units.csv', ' ')`)
    await follow('GAMMA', '1.1.0')
  })
})
