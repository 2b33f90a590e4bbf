// What people ask before they change the template: its effect on every site, and what the sites have taught.
import { businessDate, readCompanies } from '#kernel/access/companies'
import { type Context, grantsFor } from '#kernel/context'
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import type { Kernel } from '#kernel/kernel'
import { computed, type Query } from '#kernel/query'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import type { TemplateFiles } from '../template/template-object.ts'
import type { Tools } from '../tools.ts'
import { ringQuestions } from './ring/questions.ts'
import { LIVE_STAGES } from './trial/offered.ts'
import { type Lesson, lessons, whatIf } from './what-if.ts'

const MAY = 'rollout.proposal.read'

/** The companies whose sites the asker may look at. */
const companiesFor = async (kernel: Kernel, context: Context) =>
  (await readCompanies(kernel)).filter((one) => grantsFor(context.principal, MAY, one.id).length > 0)

const effects = (tools: Tools): Query =>
  computed('rollout.what-if', {
    may: MAY,
    title: 'What a release would do to every site, without writing to any',
    parameters: T.object({ release: T.code() }),
    columns: {
      site: f.code(),
      company: f.code(),
      kind: f.code(),
      label: f.text(),
      key: f.text(),
      effect: f.choice(['create', 'update', 'end', 'deferred', 'conflict', 'needless']),
      fields: f.json(),
      reason: f.text(),
    },
    rows: async ({ tx, kernel, context, parameters }) => {
      const release = await tx.first(
        sql<{ files: TemplateFiles }>`select files from rollout.release where number = ${parameters.release}`,
      )
      if (!release) return refuse('RELEASE_UNKNOWN', { number: parameters.release })
      const companies = await companiesFor(kernel, context)
      const todayOf = (one: (typeof companies)[number]) => businessDate(one.timeZone, context.now)
      return await whatIf(tx, tools, { files: release.files, companies, todayOf })
    },
  })

const learnt: Query = computed('rollout.lessons', {
  may: MAY,
  title: 'Rules that several sites hold the same deviation from: what the template might take over',
  parameters: T.object({ least: T.optional(T.integer(2, 1000)) }),
  columns: {
    kind: f.code(),
    key: f.text(),
    field: f.text({ optional: true }),
    value: f.json(),
    sites: f.integer(),
    of: f.integer(),
    waived: f.text({ label: 'Sites' }),
  },
  rows: async ({ tx, kernel, context, parameters }): Promise<readonly Lesson[]> => {
    const companies = await companiesFor(kernel, context)
    await tx.rows(sql`select set_config('tw.companies', ${companies.map((one) => one.id).join(',')}::text, true)`)
    return await tx.rows(lessons(parameters.least ?? 2, context.today))
  },
})

const trials: Query = computed('rollout.trials', {
  may: MAY,
  title: 'What came of the scenarios of a release at each site, the newest trial of each',
  parameters: T.object({ release: T.code() }),
  columns: {
    id: f.ref('rollout.trial'),
    number: f.code(),
    site: f.code(),
    company: f.code(),
    live: f.boolean({ label: 'Does its business here' }),
    state: f.text(),
    played: f.integer(),
    passed: f.integer(),
    failures: f.json(),
    left_out: f.json(),
    override_reason: f.text({ optional: true }),
    at: f.instant(),
  },
  rows: async ({ tx, kernel, context, parameters }) => {
    const companies = await companiesFor(kernel, context)
    await tx.rows(sql`select set_config('tw.companies', ${companies.map((one) => one.id).join(',')}::text, true)`)
    return await tx.rows(sql`select t.id, t.number, t.code as site, d.code as company, t.stage = any(${LIVE_STAGES}::text[]) as live, t.state, t.played, t.passed, t.failures, t.left_out,
        t.override_reason, t.at
      from (select distinct on (t.company_id, t.site_id) t.id, t.company_id, t.number, t.state, t.played, t.passed, t.failures, t.left_out, t.override_reason, t.created_at as at, s.code, s.wave, s.state as stage
              from rollout.trial t join rollout.site s on s.company_id = t.company_id and s.id = t.site_id join rollout.release r on r.id = t.release_id
             where r.number = ${parameters.release} order by t.company_id, t.site_id, t.created_at desc, t.id desc) t
      join access.directory() d on d.id = t.company_id order by t.wave, t.code`)
  },
})

export const whatIfQuestions = (tools: Tools): readonly Query[] => [
  effects(tools),
  learnt,
  trials,
  ...ringQuestions(tools),
]
