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
import { LACKS, type Shown, shownBy } from './proof.ts'
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
    // `pilots` are codes of sites with commas between them, as an address can hold them.
    parameters: T.object({ release: T.code(), pilots: T.optional(T.text(10_000)) }),
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
      const pilots = (parameters.pilots ?? '').split(',').filter((one) => one !== '')
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
      lacks: f.choice([...LACKS], { label: 'What is missing', optional: true }),
      why: f.text({ label: 'Still lacks', optional: true }),
    },
    rows: async ({ tx, kernel, context, parameters }) => {
      const release = await releaseOf(tx, parameters.release)
      const seen = new Set((await companiesFor(kernel, context)).map((one) => one.id))
      const all = await shownBy(tx, tools, { release, below: EVERY_RING, now: context.now })
      return all.filter((one) => seen.has(one.company))
    },
  })

type Row = {
  readonly id: string
  readonly number: string
  readonly version: number
  readonly plan: number
  readonly ring: number
  readonly name: string
  readonly state: 'planned' | 'open'
  readonly quiet_days: number
  readonly planned_by: string | null
  readonly opened_by: string | null
  readonly opened_at: Date | null
}

/** What keeps a ring from being opened: a ring before it that is not open, else the sites of those before that lack something. */
function heldBy(one: Row, all: readonly Row[], shown: readonly Shown[]): readonly object[] {
  if (one.state === 'open') return []
  const closed = all.find((each) => each.ring < one.ring && each.state !== 'open')
  if (closed) return [{ ring: closed.ring, lacks: 'open' }]
  return shown.filter((each) => each.ring < one.ring && each.lacks).map(({ site, lacks }) => ({ site, lacks }))
}

/**
 * One row a ring of the plan that stands, none where none is planned. `sites` are those that the asker may see, each with what it
 * has shown; `held` is what keeps the ring shut, `{ site, lacks }` or `{ ring, lacks: 'open' }`, empty when it may be opened.
 */
const standing = (tools: Tools): Query =>
  computed('rollout.rings', {
    may: MAY,
    title: 'The rings of a release: their sites, what each has shown, and what holds a ring back',
    parameters: T.object({ release: T.code() }),
    columns: {
      id: f.ref('rollout.ring'),
      number: f.code(),
      version: f.integer(),
      plan: f.integer(),
      ring: f.integer(),
      name: f.text(),
      state: f.text(),
      quiet_days: f.integer(),
      planned_by: f.text({ optional: true }),
      opened_by: f.text({ optional: true }),
      opened_at: f.instant({ optional: true }),
      sites: f.json(),
      held: f.json({ label: 'Held back by' }),
    },
    rows: async ({ tx, kernel, context, parameters }) => {
      const release = await releaseOf(tx, parameters.release)
      const all =
        await tx.rows(sql<Row>`select g.id, g.number, g.version, g.plan, g.ring, g.name, g.state, g.quiet_days, p.name as planned_by, o.name as opened_by, g.opened_at
          from rollout.ring g left join access.account p on p.id = g.planned_by left join access.account o on o.id = g.opened_by
         where g.release_id = ${release.id} and g.state <> 'withdrawn' order by g.ring`)
      if (all.length === 0) return []
      const seen = new Set((await companiesFor(kernel, context)).map((one) => one.id))
      const shown = await shownBy(tx, tools, { release, below: EVERY_RING, now: context.now })
      return all.map((one) => ({
        ...one,
        sites: shown.filter((each) => each.ring === one.ring && seen.has(each.company)),
        held: heldBy(one, all, shown),
      }))
    },
  })

export const ringQuestions = (tools: Tools): readonly Query[] => [proposal(tools), shown(tools), standing(tools)]
