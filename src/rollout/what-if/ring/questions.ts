// What is asked about rings: how they would be planned, and what each site of them has shown.
import { businessDate, readCompanies } from '#kernel/access/companies'
import { type Context, grantsFor } from '#kernel/context'
import { sql, type Tx } from '#kernel/db'
import { f } from '#kernel/document'
import type { Kernel } from '#kernel/kernel'
import { computed, type Query } from '#kernel/query'
import { T } from '#kernel/schema'
import { refuse } from '../../refusals.ts'
import type { TemplateFiles } from '../../template/template-object.ts'
import type { Tools } from '../../tools.ts'
import { candidatesOf } from './candidates.ts'
import { shownBy } from './proof.ts'
import { proposeRings, ringRules } from './propose.ts'

const MAY = 'rollout.ring.read'
const EVERY_RING = 2_000_000_000

/** The companies whose sites the asker may look at. */
const companiesFor = async (kernel: Kernel, context: Context) =>
  (await readCompanies(kernel)).filter((one) => grantsFor(context.principal, MAY, one.id).length > 0)

async function releaseOf(tx: Tx, number: string): Promise<{ id: string; number: string; files: TemplateFiles }> {
  const found = await tx.first(
    sql<{
      id: string
      number: string
      files: TemplateFiles
    }>`select id, number, files from rollout.release where number = ${number}`,
  )
  return found ?? refuse('RELEASE_UNKNOWN', { number })
}

const proposal = (tools: Tools): Query =>
  computed('rollout.ring-proposal', {
    may: MAY,
    title: 'The rings in which sites would follow a release: pilots first, then by what it does to them',
    parameters: T.object({ release: T.code(), pilots: T.optional(T.list(T.code(), 1_000)) }),
    columns: {
      ring: f.integer(),
      name: f.text(),
      quietDays: f.integer({ label: 'Days without new drift' }),
      sites: f.json(),
    },
    rows: async ({ tx, kernel, context, parameters }) => {
      const release = await releaseOf(tx, parameters.release)
      const rules = ringRules(release.number, release.files)
      const companies = await companiesFor(kernel, context)
      const todayOf = (one: (typeof companies)[number]) => businessDate(one.timeZone, context.now)
      const pilots = parameters.pilots ?? []
      return proposeRings(await candidatesOf(tx, tools, { release, companies, todayOf, pilots }), rules)
    },
  })

const shown = (tools: Tools): Query =>
  computed('rollout.ring-sites', {
    may: MAY,
    title: 'What each site in the rings of a release has shown, and what it lacks for the next ring',
    parameters: T.object({ release: T.code() }),
    columns: {
      ring: f.integer(),
      site: f.code(),
      applied: f.date({ optional: true }),
      scenarios: f.text(),
      quietUntil: f.date({ label: 'Quiet until', optional: true }),
      drift: f.integer(),
      why: f.text({ label: 'Still lacks', optional: true }),
    },
    rows: async ({ tx, kernel, context, parameters }) => {
      const release = await releaseOf(tx, parameters.release)
      const seen = new Set((await companiesFor(kernel, context)).map((one) => one.id))
      const all = await shownBy(tx, tools, { release, below: EVERY_RING, now: context.now })
      return all.filter((one) => seen.has(one.company))
    },
  })

export const ringQuestions = (tools: Tools): readonly Query[] => [proposal(tools), shown(tools)]
