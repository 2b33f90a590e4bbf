// Tries a release on every site before any gets it: the scenarios that matter to each, played on a copy against the
// configuration that the release would leave; sites that would stand alike are played once. Live, only the outcome is kept.
import { businessDate, readCompanies } from '#kernel/access/companies'
import { SYSTEM } from '#kernel/context'
import { todayIn } from '#kernel/dates'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { commandOf } from '#kernel/module'
import { rolloutTools } from '../rollout/index.ts'
import { refuse } from '../rollout/refusals.ts'
import type { TemplateFiles } from '../rollout/template/template-object.ts'
import type { Tools } from '../rollout/tools.ts'
import { type Difference, lineOf } from '../rollout/uat/differences.ts'
import { type Prepared, prepareTrials } from '../rollout/what-if/trial/prepare.ts'
import {
  chooseScenarios,
  type Databases,
  type Figures,
  figuresOf,
  openDatabases,
  type Playground,
  scenariosOf,
} from '../scenario/index.ts'
import { templateReader } from '../setup/reader.ts'
import { type Judgement, judgeAll, LANES, type Playing } from './judge.ts'
import { uatScenarios } from './library.ts'
import { compiledFor, transplant } from './transplant.ts'

export type TryGiven = Playing & {
  /** The number of the release; a world that is given is of this release. */
  readonly release: string
}

/** How a site came out. `like` is the site whose play this is, where another one would stand exactly so. */
export type Tried = {
  readonly trial: string
  readonly site: string
  readonly played: number
  readonly failures: readonly (Omit<Judgement, 'causes'> & { readonly causes: readonly string[] })[]
  readonly leftOut: Prepared['leftOut']
  readonly like: string | null
}

/** `unchanged` is null when others worked on the live database meanwhile. */
export type TriedRelease = {
  readonly release: string
  readonly sites: readonly Tried[]
  readonly plays: number
  readonly played: string
  readonly live: Figures
  readonly unchanged: boolean | null
}

/** Plays and records. Refuses RELEASE_UNKNOWN, and what the template refuses. */
export async function tryRelease(given: TryGiven): Promise<TriedRelease> {
  const { kernel, modules } = given
  const tools = rolloutTools(
    modules.filter((one) => one.name !== 'rollout'),
    templateReader,
  )
  const files = await filesOf(kernel, given.release)
  const look = async () => ({ figures: await figuresOf(kernel), sites: await preparedFor(given, tools, files) })
  const before = await look()
  const alike = (one: Prepared) => before.sites.find((other) => other.fingerprint === one.fingerprint)
  const different = before.sites.filter((one) => alike(one) === one)
  const playground = await given.playground()
  try {
    const outcomes = await playEach(given, tools, files, playground, different)
    const after = await look()
    const sites: Tried[] = []
    for (const one of before.sites) sites.push(await kept(given, one, outcomes, playground.told))
    const { release } = given
    const unchanged = sameLook(before, after)
    return { release, sites, plays: different.length, played: playground.told, live: before.figures, unchanged }
  } finally {
    await playground.close(false)
  }
}

type Look = { readonly figures: Figures; readonly sites: readonly Prepared[] }

/** Whether the live database is as it was; who works on it meanwhile writes into the audit log, and then nobody can tell. */
function sameLook(before: Look, after: Look): boolean | null {
  if (before.figures.audited !== after.figures.audited) return null
  const told = ({ figures, sites }: Look) => JSON.stringify([figures, sites.map((one) => one.configurationHash)])
  return told(before) === told(after)
}

async function filesOf(kernel: Kernel, number: string): Promise<TemplateFiles> {
  const found = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.first(sql<{ files: TemplateFiles }>`select files from rollout.release where number = ${number}`),
  )
  return found?.files ?? refuse('RELEASE_UNKNOWN', { number })
}

async function preparedFor(
  { kernel, release, clock }: TryGiven,
  tools: Tools,
  files: TemplateFiles,
): Promise<readonly Prepared[]> {
  const companies = await readCompanies(kernel)
  const todayOf = (one: (typeof companies)[number]) => businessDate(one.timeZone, clock())
  const asked = { number: release, files, scenarios: uatScenarios(files), companies, todayOf }
  const sight = { companies: companies.map((one) => one.id) }
  return await transaction(kernel.pool, sight, (tx) => prepareTrials(tx, tools, asked), { snapshot: true })
}

type Outcome = {
  readonly judged: readonly Judgement[]
  readonly milliseconds: number
  readonly critical: ReadonlySet<string>
  readonly by: string
}

/** Lays the world of the release once, and plays each site on copies of it. Outcomes by fingerprint. */
async function playEach(
  given: TryGiven,
  tools: Tools,
  files: TemplateFiles,
  playground: Playground,
  different: readonly Prepared[],
): Promise<ReadonlyMap<string, Outcome>> {
  const { modules, world, news } = given
  const total = different.reduce((sum, one) => sum + one.wanted.length, 0)
  const base = await openDatabases(playground.ground, playground.from, modules, { files, ...(world ? { world } : {}) })
  const outcomes = new Map<string, Outcome>()
  try {
    for (const one of different) {
      const databases = await over(given, tools, files, { playground, base, one })
      try {
        const about = { databases, modules, tools, compiled: compiledOf(tools, files, one), live: one.after }
        // First what the release changes there, then what the site has of its own.
        const suspects = [one.changes, one.differences]
        const tell = async () => news?.(total)
        const all = chooseScenarios(scenariosOf(files), one.wanted)
        const played = await judgeAll({ ...about, suspects, lanes: given.lanes ?? LANES, tell }, all)
        const critical = new Set(all.flatMap(({ id, critical: is }) => (is ? [id] : [])))
        outcomes.set(one.fingerprint, { ...played, critical, by: one.site })
      } finally {
        await (playground.thrownAway ? databases.leave() : databases.clear())
      }
    }
    return outcomes
  } finally {
    await (playground.thrownAway ? base.leave() : base.clear())
  }
}

const compiledOf = (tools: Tools, files: TemplateFiles, { parameters, after: live }: Prepared) =>
  compiledFor(tools, { files, parameters, live })

type Place = { readonly playground: Playground; readonly base: Databases; readonly one: Prepared }

/** Copies of the world with one site's configuration over it. */
async function over(
  { modules }: TryGiven,
  tools: Tools,
  files: TemplateFiles,
  { playground, base, one }: Place,
): Promise<Databases> {
  const { ownerUrl } = await base.make()
  const from = decodeURIComponent(new URL(ownerUrl).pathname.slice(1))
  return await openDatabases(playground.ground, from, modules, {
    world: base.world,
    lay: (kernel, world) => transplant(kernel, tools, world.companies, compiledOf(tools, files, one), one.after),
  })
}

const FAILURE_MOST = 10_000

/** Keeps the outcome with its site, by the verb that does so. */
async function kept(
  { kernel, modules, clock, release }: TryGiven,
  one: Prepared,
  outcomes: ReadonlyMap<string, Outcome>,
  playedOn: string,
): Promise<Tried> {
  const outcome = outcomes.get(one.fingerprint)
  if (!outcome) throw new Error(`nothing was played for ${one.site}`)
  const red = outcome.judged.filter((judged) => !judged.ok)
  const failures = red.map(({ scenario, title, failure = '', causes }) => ({
    ...{ scenario, title, critical: outcome.critical.has(scenario), failure: failure.slice(0, FAILURE_MOST) },
    causes: causes.map((cause) => ({ ...cause, line: causeLine(cause) })),
  }))
  const now = clock()
  const zone = (await readCompanies(kernel)).find((company) => company.id === one.companyId)?.timeZone ?? 'Etc/UTC'
  const context = {
    principal: SYSTEM,
    companyId: one.companyId,
    channel: 'job',
    now,
    today: todayIn(zone, now),
  } as const
  const { configurationHash, fingerprint, steps, leftOut } = one
  const { milliseconds } = outcome
  const passed = outcome.judged.length - red.length
  const about = { site: one.siteId, release, configurationHash, fingerprint, steps, passed, failures, leftOut }
  const input = [{ ...about, playedOn, milliseconds }]
  const answer = await commandOf(modules, 'rollout.trial.record').run(kernel, context, { input })
  return {
    trial: answer.numbers?.[0] ?? '',
    site: one.site,
    played: outcome.judged.length,
    failures: red.map(({ causes, ...rest }) => ({ ...rest, causes: causes.map(causeLine) })),
    leftOut,
    like: outcome.by === one.site ? null : outcome.by,
  }
}

/** A change of the release as people say it; what a site has of its own as acceptance says it. */
function causeLine(one: Difference): string {
  if (one.standing !== 'planned' || !one.by?.startsWith('release ')) return lineOf(one)
  if (one.what !== 'changed') return `${one.kind} ${one.key} ${one.what === 'added' ? 'comes' : 'ends'} with ${one.by}`
  const told = (value: unknown) => JSON.stringify(value)
  return `${one.kind} ${one.key}, ${one.field}: ${told(one.template)} becomes ${told(one.live)} with ${one.by}`
}
