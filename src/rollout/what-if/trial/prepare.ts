// What a release must be tried on: each company's site with its configuration as the release would leave it, and which
// scenarios say something about that. Reads only.
import { createHash } from 'node:crypto'
import type { Company } from '#kernel/access/companies'
import { sql, type Tx } from '#kernel/db'
import { canonical, type LiveObject, nameOf } from '../../configuration/object.ts'
import { computePlan, readSite } from '../../plan/compute.ts'
import type { Plan } from '../../plan/plan-types.ts'
import type { Parameters, TemplateFiles, TemplateObject } from '../../template/template-object.ts'
import type { Tools } from '../../tools.ts'
import { type Difference, differencesOf } from '../../uat/differences.ts'
import { desiredFor, IDENTITY, judgedOf, liveOf, ROUNDING } from '../../uat/judged.ts'
import type { UatScenario } from '../../uat/library.ts'
import { type LeftOut, relevantOf } from '../../uat/run/start.ts'
import { afterPlan, changesBetween } from '../after.ts'

/** One site before it is played. `changes` are the release's, `differences` what the site keeps of its own. */
export type Prepared = {
  readonly site: string
  readonly siteId: string
  readonly companyId: number
  readonly parameters: Parameters
  readonly steps: number
  readonly after: readonly LiveObject[]
  readonly changes: readonly Difference[]
  readonly differences: readonly Difference[]
  readonly wanted: readonly string[]
  readonly leftOut: readonly LeftOut[]
  /** The site's configuration as it stands, as an acceptance run names it. */
  readonly configurationHash: string
  /** Everything that the play depends on: equal fingerprints give equal outcomes. */
  readonly fingerprint: string
}

export type Asked = {
  readonly number: string
  readonly files: TemplateFiles
  readonly scenarios: readonly UatScenario[]
  readonly companies: readonly Company[]
  readonly todayOf: (company: Company) => string
}

const scopedTo = (tx: Tx, companyId: number) =>
  tx.rows(sql`select set_config('tw.companies', ${String(companyId)}::text, true)`)

/** Every company's site, in the order of the waves. Narrows the transaction to one company after the other. */
export async function prepareTrials(tx: Tx, tools: Tools, asked: Asked): Promise<readonly Prepared[]> {
  const found: { wave: number; company: Company; id: string; scope: string }[] = []
  for (const company of asked.companies) {
    await scopedTo(tx, company.id)
    const rows = await tx.rows(
      sql<{
        id: string
        wave: number
        scope: string
      }>`select id, wave, scope from rollout.site where company_id = ${company.id} order by code`,
    )
    found.push(...rows.map((row) => ({ ...row, company })))
  }
  found.sort((a, b) => a.wave - b.wave)
  const shared: Plan[] = []
  for (const { company, id } of found.filter((one) => one.scope === 'enterprise'))
    shared.push(await planFor(tx, tools, asked, company, id))
  const prepared: Prepared[] = []
  for (const { company, id } of found.filter((one) => one.scope === 'company'))
    prepared.push(await prepare(tx, tools, asked, { company, id, shared }))
  return prepared
}

async function planFor(tx: Tx, tools: Tools, asked: Asked, company: Company, id: string): Promise<Plan> {
  await scopedTo(tx, company.id)
  const site = await readSite(tx, company.id, id)
  const { files } = asked
  return (await computePlan(tx, tools, { companyId: company.id, site, today: asked.todayOf(company), files })).plan
}

type Place = { readonly company: Company; readonly id: string; readonly shared: readonly Plan[] }

async function prepare(tx: Tx, tools: Tools, asked: Asked, { company, id, shared }: Place): Promise<Prepared> {
  const plans = [await planFor(tx, tools, asked, company, id), ...shared]
  const { site, hash } = await judgedOf(tx, tools, { companyId: company.id, siteId: id, today: asked.todayOf(company) })
  const { parameters } = site
  const desired = desiredFor(tools, asked.files, parameters)
  const former = desiredFor(tools, site.files, parameters)
  const kinds = [...new Set([...desired, ...former].map((one) => one.kind))].filter((kind) => kind !== ROUNDING.kind)
  const live = await liveOf(tx, tools, kinds, company.id)
  const items = plans.flatMap((one) => one.items)
  const after = afterPlan(live, items)
  const labelOf = (kind: string) => tools.kinds.get(kind)?.label ?? kind
  const differences = differencesOf(desired, after, plans, labelOf)
  const { relevant, leftOut } = relevantOf(asked.scenarios, after, differences)
  const wanted = relevant.map((one) => one.id)
  return {
    ...{ site: site.code, siteId: id, companyId: company.id, parameters, after, differences, wanted, leftOut },
    steps: items.filter((one) => one.change !== 'deferred').length,
    changes: changesBetween(live, after, asked.number, labelOf),
    configurationHash: hash,
    fingerprint: fingerprintOf(after, desired, wanted),
  }
}

/** What names a company and no other is no part of it: the world of scenarios keeps its own. */
function fingerprintOf(
  after: readonly LiveObject[],
  desired: readonly TemplateObject[],
  wanted: readonly string[],
): string {
  const told = (objects: readonly LiveObject[]) =>
    objects.flatMap((one) => (IDENTITY.has(nameOf(one)) ? [] : [[one.kind, one.key, one.fields]]))
  return createHash('sha256')
    .update(canonical([told(after), told(desired), wanted]), 'utf8')
    .digest('hex')
}
