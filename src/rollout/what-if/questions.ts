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

export const whatIfQuestions = (tools: Tools): readonly Query[] => [effects(tools), learnt]
