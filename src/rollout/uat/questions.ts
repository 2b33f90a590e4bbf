// What acceptance is asked: runs, results with their evidence, the steps to walk, coverage, signatures, and how far a site is.
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { computed, query } from '#kernel/query'
import { T } from '#kernel/schema'
import { coverageOf, DIMENSIONS, type Verdicts } from './coverage.ts'
import type { Kept, Player } from './library.ts'
import { PLAY_JOB } from './run/start.ts'
import { scenariosOfRun, scenariosOfSite } from './scenario-files.ts'
import { SITE_KEY, siteIdOf } from './site.ts'

const READ = 'rollout.uat-run.read'

/** Newest first. `problem` is why the work behind a run could not go on, while it is tried again or when it was given up. */
const runs = query('rollout.uat-runs', {
  may: READ,
  title: 'Acceptance runs of a site, newest first, with how far they are',
  parameters: T.object({ site: SITE_KEY, limit: T.optional(T.integer(1, 200)) }),
  columns: {
    id: f.ref('rollout.uat-run'),
    number: f.code(),
    state: f.text(),
    kind: f.text(),
    release: f.code(),
    started_at: f.instant(),
    started_by: f.ref('access.account', { optional: true }),
    finished_at: f.instant({ optional: true }),
    done: f.integer(),
    total: f.integer(),
    passed: f.integer(),
    failed: f.integer(),
    at_work: f.text({ optional: true }),
    relevant: f.integer(),
    left_out: f.integer(),
    differences: f.json(),
    configuration_hash: f.text(),
    live_unchanged: f.boolean({ optional: true }),
    played_on: f.text({ optional: true }),
    milliseconds: f.integer({ optional: true }),
    given_up: f.boolean(),
    problem: f.text({ optional: true }),
  },
  build: ({ site, limit }, { companyId }) => sql`
    select u.id, u.number, u.state, u.kind, r.number as release, u.created_at as started_at, u.started_by, u.finished_at, u.done, u.total, u.passed, u.failed, u.at_work,
           jsonb_array_length(u.scenarios) as relevant, jsonb_array_length(u.left_out) as left_out, u.differences, u.configuration_hash, u.live_unchanged, u.played_on, u.milliseconds,
           coalesce(j.state = 'failed', false) as given_up, j.problem
      from rollout.uat_run u join rollout.site s on s.company_id = u.company_id and s.id = u.site_id join rollout.release r on r.id = u.release_id
      left join kernel.job j on j.company_id = u.company_id and j.task = ${PLAY_JOB} and j.key = u.id::text
     where u.company_id = ${companyId} and (s.code = ${site} or s.id::text = ${site}) order by u.created_at desc, u.id desc limit ${limit ?? 20}`,
})

const results = query('rollout.uat-results', {
  may: READ,
  title: 'What came of each scenario of a run',
  parameters: T.object({ run: T.idOf('rollout.uat-run') }),
  columns: {
    id: f.text(),
    scenario: f.code(),
    title: f.text(),
    process: f.text(),
    critical: f.boolean(),
    marks: f.json(),
    roles: f.json(),
    kind: f.text(),
    verdict: f.text(),
    failure: f.text({ optional: true }),
    causes: f.json(),
    steps: f.integer(),
    milliseconds: f.integer(),
    by: f.ref('access.account', { optional: true }),
    at: f.instant(),
    defect: f.ref('rollout.uat-defect', { optional: true }),
    defect_number: f.code({ optional: true }),
  },
  build: ({ run }, { companyId }) => sql`
    select r.id, r.scenario, r.title, r.process, r.critical, r.marks, r.roles, r.kind, r.verdict, r.failure, r.causes, jsonb_array_length(r.evidence) as steps, r.milliseconds, r.by, r.at,
           d.id as defect, d.number as defect_number
      from rollout.uat_result r left join lateral (select d.id, d.number from rollout.uat_defect d where d.company_id = r.company_id and d.site_id = r.site_id
             and d.scenario = r.scenario and d.state <> 'closed' order by d.severity, d.number limit 1) d on true
     where r.company_id = ${companyId} and r.run_id = ${run} order by case r.verdict when 'failed' then 0 when 'open' then 1 else 2 end, r.process, r.scenario`,
})

/** The evidence is heavy, so it is read one scenario at a time. */
const evidence = query('rollout.uat-evidence', {
  may: READ,
  title: 'The evidence of one scenario of a run, step by step',
  parameters: T.object({ run: T.idOf('rollout.uat-run'), scenario: T.code() }),
  columns: {
    scenario: f.code(),
    verdict: f.text(),
    failure: f.text({ optional: true }),
    causes: f.json(),
    evidence: f.json(),
  },
  build: (
    { run, scenario },
    { companyId },
  ) => sql`select scenario, verdict, failure, causes, evidence from rollout.uat_result
    where company_id = ${companyId} and run_id = ${run} and scenario = ${scenario}`,
})

const signOffs = query('rollout.uat-sign-offs', {
  may: READ,
  title: 'Who signed off what of a run',
  parameters: T.object({ run: T.idOf('rollout.uat-run') }),
  columns: {
    seat: f.text(),
    process: f.text({ optional: true }),
    scenario: f.code({ optional: true }),
    note: f.text(),
    signed_by: f.ref('access.account', { optional: true }),
    signed_at: f.instant(),
  },
  build: (
    { run },
    { companyId },
  ) => sql`select seat, process, scenario, note, signed_by, signed_at from rollout.uat_sign_off
    where company_id = ${companyId} and run_id = ${run} order by signed_at, id`,
})

/** Under exactly the configuration that was judged last; percentages with one place. */
const state = query('rollout.uat-state', {
  may: READ,
  title: 'How far the sites are accepted: scenarios that passed, critical ones, separation, and open defects',
  columns: {
    site: f.ref('rollout.site'),
    code: f.code(),
    name: f.text(),
    run: f.ref('rollout.uat-run', { optional: true }),
    number: f.code({ optional: true }),
    finished_at: f.instant({ optional: true }),
    scenarios: f.integer({ optional: true }),
    passed: f.integer({ optional: true }),
    failed: f.integer({ optional: true }),
    not_played: f.integer({ optional: true }),
    passed_percent: f.percent({ optional: true }),
    critical: f.integer({ optional: true }),
    critical_passed: f.integer({ optional: true }),
    critical_percent: f.percent({ optional: true }),
    separation: f.integer({ optional: true }),
    separation_passed: f.integer({ optional: true }),
    severity_1: f.integer({ optional: true }),
    severity_2: f.integer({ optional: true }),
    severity_3: f.integer({ optional: true }),
    severity_4: f.integer({ optional: true }),
  },
  build: (_, { companyId }) => sql`
    select s.id as site, s.code, s.name, v.run_id as run, v.number, v.finished_at, v.scenarios, v.passed, v.failed, v.not_played, v.passed_percent, v.critical, v.critical_passed, v.critical_percent,
           v.separation, v.separation_passed, v.severity_1, v.severity_2, v.severity_3, v.severity_4
      from rollout.site s left join rollout.v_uat_latest v on v.company_id = s.company_id and v.site_id = s.id where s.company_id = ${companyId} order by s.wave, s.code`,
})

type Newest = { scenarios: readonly Kept[]; verdicts: Readonly<Record<string, 'open' | 'passed' | 'failed'>> }

const coverage = computed('rollout.uat-coverage', {
  may: READ,
  title:
    'What the scenarios of a site cover by process, role, exception, channel and risk, and how much of it is green',
  parameters: T.object({ site: SITE_KEY }),
  columns: {
    dimension: f.choice(DIMENSIONS),
    value: f.text(),
    scenarios: f.integer(),
    passed: f.integer(),
    failed: f.integer(),
    open: f.integer(),
  },
  rows: async ({ tx, context: { companyId }, parameters }) => {
    const siteId = await siteIdOf(tx, companyId, parameters.site)
    const newest =
      await tx.first(sql<Newest>`select u.scenarios, (select coalesce(jsonb_object_agg(x.scenario, x.verdict), '{}') from (
          select distinct on (r.scenario) r.scenario, r.verdict from rollout.uat_result r join rollout.uat_run v on v.company_id = r.company_id and v.id = r.run_id
           where r.company_id = u.company_id and r.site_id = u.site_id and v.configuration_hash = u.configuration_hash and v.state <> 'cancelled'
           order by r.scenario, r.at desc, r.id desc) x) as verdicts
      from rollout.uat_run u where u.company_id = ${companyId} and u.site_id = ${siteId} and u.state <> 'cancelled' order by u.created_at desc, u.id desc limit 1`)
    const verdicts: Verdicts = new Map(Object.entries(newest?.verdicts ?? {}))
    return coverageOf(newest?.scenarios ?? [], verdicts)
  },
})

/** Steps in words, for whoever walks them by hand. */
const steps = (player: Player) =>
  computed('rollout.uat-steps', {
    may: READ,
    title: 'The scenarios of a run, of the release that a site follows, or of the product, with their steps in words',
    parameters: T.object({
      scenario: T.optional(T.code()),
      run: T.optional(T.idOf('rollout.uat-run')),
      site: T.optional(SITE_KEY),
    }),
    columns: {
      id: f.code(),
      title: f.text(),
      process: f.text(),
      given: f.text(),
      critical: f.boolean(),
      marks: f.json(),
      roles: f.json(),
      channels: f.json(),
      exceptions: f.json(),
      steps: f.json(),
    },
    rows: async ({ tx, context, parameters: { scenario, run, site } }) => {
      const { companyId } = context
      const files = run
        ? await scenariosOfRun(tx, companyId, run)
        : site
          ? await scenariosOfSite(tx, companyId, site)
          : {}
      return player
        .scenarios(files)
        .filter((one) => scenario === undefined || one.id === scenario)
        .map(({ needs: _, ...one }) => one)
    },
  })

export const questions = (player: Player) => [runs, results, evidence, signOffs, state, coverage, steps(player)]
