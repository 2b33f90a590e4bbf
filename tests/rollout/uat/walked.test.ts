// Acceptance by people: steps walked by hand, defects and their way, signatures, and what gates are told.
import { beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '#kernel/refusal'
import { modules } from '../../../src/modules/index.ts'
import { rolloutTools } from '../../../src/rollout/index.ts'
import { start } from '../../../src/rollout/uat/run/start.ts'
import { templateReader } from '../../../src/setup/reader.ts'
import { backgroundPlayer } from '../../../src/uat/background.ts'
import { playRun } from '../../../src/uat/index.ts'
import { uatScenarios } from '../../../src/uat/library.ts'
import { APPROVER, MAKER, NOW, person } from '../support/enterprise.ts'
import { acceptanceSite } from './site.ts'

let site: Awaited<ReturnType<typeof acceptanceSite>>
const WALKED = 'T-INV-S1'
const OTHER = person('Otto', '01890a5d-ac96-774b-bcce-b302099a8003')

beforeAll(async () => {
  site = await acceptanceSite()
}, 120_000)

const tools = () =>
  rolloutTools(
    modules.filter((one) => one.name !== 'rollout'),
    templateReader,
  )
const at = (who = MAKER) => site.at('ALPHA', who)
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing refused',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )
const steps = () => (uatScenarios().find((one) => one.id === WALKED)?.steps ?? []).filter((one) => !one.before)
const mark = (run: string, step: number, verdict: string, note?: string) =>
  site.run('rollout.uat-run.mark', at(), run, { scenario: WALKED, step, verdict, ...(note ? { note } : {}) })
const byHand = (scenarios = [WALKED]) => site.start(scenarios, { kind: 'manual' })
const state = async () =>
  (await site.ask<Record<string, unknown>>('rollout.uat-state', at(), {})).find((one) => one.code === 'ALPHA')
const defects = async () =>
  (await site.admin.query('select id, number, state, severity from rollout.uat_defect order by number')).rows

/** A run that a machine played: what it would have recorded. */
async function recorded(verdicts: Readonly<Record<string, string>>): Promise<string> {
  const run = await site.start(Object.keys(verdicts))
  const results = Object.entries(verdicts).map(([scenario, verdict]) => ({
    ...{ scenario, verdict, causes: [], evidence: [], milliseconds: 1 },
    ...(verdict === 'failed' ? { failure: 'step 1: otherwise' } : {}),
  }))
  await site.run('rollout.uat-run.record', site.at('ALPHA'), run, { results })
  await site.run('rollout.uat-run.finish', site.at('ALPHA'), run, { liveUnchanged: true })
  return run
}

describe('walking by hand', () => {
  test('UAT-04 the same evidence is kept of steps that a person walks, and the scenario follows from them', async () => {
    const run = await byHand()
    const story = steps()
    expect(await code(mark(run, 99, 'passed'))).toBe('UAT_STEP_UNKNOWN')
    expect(await code(mark(run, story[0]?.step ?? 0, 'failed'))).toBe('UAT_NOTE_NEEDED')
    expect(await code(site.run('rollout.uat-run.finish', at(), run))).toBe('UAT_NOT_DONE')
    for (const { step } of story) await mark(run, step, 'passed', 'Seen on screen')
    await site.run('rollout.uat-run.finish', at(), run)
    const [row] = await site.ask<{ kind: string; verdict: string; evidence: object[] }>('rollout.uat-evidence', at(), {
      run,
      scenario: WALKED,
    })
    expect(row).toMatchObject({ verdict: 'passed' })
    expect(row?.evidence[0]).toMatchObject({ by: 'Mara', verdict: 'passed', note: 'Seen on screen', failure: null })
  })

  test('UAT-07 a failed step raises a defect; mended it is tested again; green again it is closed', async () => {
    const run = await byHand()
    await mark(run, steps()[0]?.step ?? 1, 'failed', 'The count was refused')
    await site.run('rollout.uat-run.finish', at(), run)
    const [one] = await defects()
    expect(one).toMatchObject({ state: 'open', severity: 3 })
    await site.run('rollout.uat-defect.grade', at(), one.id, { severity: 2 })
    await site.run('rollout.uat-defect.mend', { ...at(), reason: 'Role given' }, one.id)
    const { rows } = await site.admin.query(`select payload from kernel.job where task = 'rollout.uat-retest'`)
    expect(rows).toMatchObject([{ payload: { scenarios: [WALKED] } }])
    await recorded({ [WALKED]: 'failed' })
    expect(await defects()).toMatchObject([{ state: 'open', severity: 2 }])
    await site.run('rollout.uat-defect.mend', { ...at(), reason: 'Role really given' }, one.id)
    await site.run('rollout.uat-defect.reopen', { ...at(), reason: 'It was the other one' }, one.id)
    await site.run('rollout.uat-defect.mend', { ...at(), reason: 'Now' }, one.id)
    await recorded({ [WALKED]: 'passed' })
    expect(await defects()).toMatchObject([{ state: 'closed' }])
  })

  test('a person raises what no step says, and closes what is none', async () => {
    const { rows } = await site.admin.query('select id from rollout.uat_result limit 1')
    const raise = (result: string) =>
      site.create('rollout.uat-defect.raise', at(), {
        result,
        severity: 4,
        title: 'The label is small',
        note: 'Hard to read',
      })
    expect(await code(raise(MAKER.id))).toBe('UAT_RESULT_UNKNOWN')
    const { id } = await raise(rows[0].id)
    await site.run('rollout.uat-defect.close', { ...at(), reason: 'As designed' }, id)
    expect((await defects()).at(-1)).toMatchObject({ state: 'closed', severity: 4 })
  })
})

describe('what is refused', () => {
  test('a run names scenarios that are played here, plays once at a time, and is of one kind', async () => {
    expect(await code(site.start(['T-NOT-THERE']))).toBe('UAT_SCENARIO_UNKNOWN')
    expect(await code(site.start([WALKED], { site: 'NOWHERE' }))).toBe('SITE_NOT_HERE')
    const run = await site.start([WALKED])
    expect(await code(site.start([WALKED]))).toBe('UAT_AT_WORK')
    expect(await code(mark(run, 1, 'passed'))).toBe('UAT_RUN_KIND')
    await site.run('rollout.uat-run.cancel', { ...at(), reason: 'Only to try' }, run)
    const hand = await byHand()
    const result = { scenario: WALKED, verdict: 'passed', causes: [], evidence: [], milliseconds: 1 }
    const record = (who: typeof at) => site.run('rollout.uat-run.record', who(), hand, { results: [result] })
    expect(await code(record(at))).toBe('UAT_BY_MACHINE')
    expect(await code(record(() => site.at('ALPHA')))).toBe('UAT_RUN_KIND')
    await site.run('rollout.uat-run.cancel', { ...at(), reason: 'Only to try' }, hand)
    const one = { site: 'ALPHA', by: 'caller' }
    const two = start(tools(), { ...backgroundPlayer }).run(site.kernel, at(), { input: [one, one] })
    expect(await code(two)).toBe('UAT_ONE_AT_A_TIME')
    const none = start(tools(), { ...backgroundPlayer, scenarios: () => [] }).run(site.kernel, at(), { input: [one] })
    expect(await code(none)).toBe('UAT_NOTHING')
    const playground = () => Promise.reject(new Error('nothing is played'))
    const played = { kernel: site.kernel, companyId: 1, runId: MAKER.id, modules, clock: () => NOW, playground }
    expect(await code(playRun(played))).toBe('UAT_RUN_UNKNOWN')
    expect(await playRun({ ...played, runId: hand })).toBeUndefined()
  })
})

describe('signing off', () => {
  const SEATS = {
    finance: 'rollout.uat-run.sign-finance',
    warehouse: 'rollout.uat-run.sign-warehouse',
    process: 'rollout.uat-run.sign-process',
  }
  const sign = (run: string, who = APPROVER, input: object = {}, seat: keyof typeof SEATS = 'finance') =>
    site.run(SEATS[seat], at(who), run, input)

  test('UAT-06 finance, warehouse and process owner sign by scenario, process or run, each once and never who ran it', async () => {
    const run = await recorded({ 'T-Q2C-01': 'passed', [WALKED]: 'passed' })
    expect(await code(sign(run, MAKER))).toBe('SAME_PERSON')
    // Without the pair, which a site might lose, the verb itself still does not let him.
    await site.admin.query(`delete from access.separation where id = 'SOD-20'`)
    site.kernel.separations.reload()
    expect(await code(sign(run, MAKER))).toBe('UAT_OWN_RUN')
    expect(await code(sign(run, APPROVER, { process: 'Baking' }))).toBe('UAT_SCOPE_UNKNOWN')
    await sign(run, APPROVER, { scenario: 'T-Q2C-01' })
    await sign(run, OTHER, { process: 'Inventory control and units', note: 'Counted with us' }, 'warehouse')
    await sign(run, OTHER, {}, 'process')
    expect(await code(sign(run, OTHER, { scenario: 'T-Q2C-01' }))).toBe('UAT_SIGNED')
    const signed = await site.ask('rollout.uat-sign-offs', at(), { run })
    expect(signed).toMatchObject([
      { seat: 'finance', scenario: 'T-Q2C-01' },
      { seat: 'warehouse', process: 'Inventory control and units' },
      { seat: 'process', process: null, scenario: null },
    ])
  })

  test('UAT-08 nobody signs while a critical scenario is red; the state of the site says so, and flips back', async () => {
    const red = await recorded({ 'T-Q2C-01': 'failed', 'T-INV-S3': 'passed' })
    expect(await code(sign(red))).toBe('UAT_NOT_READY')
    await sign(red, APPROVER, { scenario: 'T-INV-S3' })
    const before = await state()
    expect(before).toMatchObject({ failed: 1, severity_1: 1, separation_passed: 1 })
    await recorded({ 'T-Q2C-01': 'passed' })
    const after = await state()
    expect(after).toMatchObject({ failed: 0, severity_1: 0, critical_passed: Number(before?.critical_passed) + 1 })
    const coverage = await site.ask<Record<string, unknown>>('rollout.uat-coverage', at(), { site: 'ALPHA' })
    expect(coverage.find((one) => one.value === 'Quote to cash')).toMatchObject({ dimension: 'process', passed: 1 })
  })
})
