// The configuration of a site that acceptance judges: its own and the enterprise's, as it stands, beside the template's.
import { createHash } from 'node:crypto'
import { sql, type Tx } from '#kernel/db'
import { readLive } from '../configuration/live.ts'
import { canonical, type LiveObject } from '../configuration/object.ts'
import { computePlan, readSite, type SiteRow } from '../plan/compute.ts'
import type { Plan } from '../plan/plan-types.ts'
import type { Parameters, TemplateObject } from '../template/template-object.ts'
import type { Tools } from '../tools.ts'
import { type Difference, differencesOf } from './differences.ts'

/** The kind and key under which a company's way of rounding tax travels: it stands in the company's own row. */
export const ROUNDING = { kind: 'company.company', key: '*' } as const
const ROUNDING_SETTING = 'rounding-method'

/** Objects that name a company and no other: a company of the world of scenarios keeps its own. */
export const IDENTITY: ReadonlySet<string> = new Set(['company.setting base-currency', 'company.setting time-zone'])

export type Judged = {
  readonly site: SiteRow
  readonly live: readonly LiveObject[]
  readonly differences: readonly Difference[]
  /** SHA-256 over the objects, hexadecimal. */
  readonly hash: string
}

/** What the template gives a company with these parameters, the enterprise's part included. A place is judged as its company is. */
export function desiredFor(tools: Tools, files: SiteRow['files'], parameters: Parameters): readonly TemplateObject[] {
  const { above, choices, ...others } = parameters
  const company = { ...others, choices: above ?? choices }
  const objects = [
    ...tools.compile(files, { ...company, scope: 'enterprise' }),
    ...tools.compile(files, { ...company, scope: 'company' }),
  ]
  const setting = objects.find((one) => one.kind === 'company.setting' && one.key === ROUNDING_SETTING)
  if (!setting) return objects
  return [...objects, { ...setting, ...ROUNDING, fields: { taxRounding: setting.fields.value ?? null } }]
}

/** The site's configuration as it stands in this transaction. Refuses SITE_NOT_HERE. */
export async function judgedOf(
  tx: Tx,
  tools: Tools,
  given: { companyId: number; siteId: string; today: string },
): Promise<Judged> {
  const { companyId, siteId, today } = given
  const site = await readSite(tx, companyId, siteId)
  const desired = desiredFor(tools, site.files, site.parameters)
  const kinds = [...new Set(desired.map((one) => one.kind))].filter((kind) => kind !== ROUNDING.kind)
  const live = await liveOf(tx, tools, kinds, companyId)
  const labelOf = (kind: string) => tools.kinds.get(kind)?.label ?? kind
  // Plans say by whose leave a site differs; one that does not differ needs none.
  const differs = differencesOf(desired, live, [], labelOf).length > 0
  const plans = differs ? await plansOf(tx, tools, { companyId, site, today }) : []
  return { site, live, differences: differencesOf(desired, live, plans, labelOf), hash: hashOf(live) }
}

/** The live objects of these kinds and the company's way of rounding, without secrets. */
export async function liveOf(
  tx: Tx,
  tools: Tools,
  kinds: readonly string[],
  companyId: number,
): Promise<readonly LiveObject[]> {
  const read = await readLive(tx, tools.kinds, kinds, companyId)
  return [...read.map(withheld), ...(await roundingOf(tx, tools, companyId))]
}

/** SHA-256 over the objects, hexadecimal. */
export const hashOf = (live: readonly LiveObject[]): string =>
  createHash('sha256').update(canonical(live), 'utf8').digest('hex')

const SECRET = /password|secret|token|api.?key/i

/** A setting of a site's own may hold what nobody else shall read: a run keeps that it is there, and not what it is. */
function withheld(one: LiveObject): LiveObject {
  const hide = (key: string, value: unknown) => (SECRET.test(key) && typeof value === 'string' ? '(withheld)' : value)
  const text = JSON.stringify(one.fields)
  return SECRET.test(text) ? { ...one, fields: JSON.parse(text, hide) } : one
}

async function roundingOf(tx: Tx, tools: Tools, companyId: number): Promise<LiveObject[]> {
  const companies = await readLive(tx, tools.kinds, [ROUNDING.kind], companyId)
  return companies.map((one) => ({ ...ROUNDING, fields: { taxRounding: one.fields.taxRounding ?? null } }))
}

/** The plan of the site, and of the one that governs the enterprise from the same company. */
async function plansOf(
  tx: Tx,
  tools: Tools,
  { companyId, site, today }: { companyId: number; site: SiteRow; today: string },
): Promise<readonly Plan[]> {
  const others = await tx.rows(
    sql<{
      id: string
    }>`select id from rollout.site where company_id = ${companyId} and id <> ${site.id} and scope <> ${site.scope}`,
  )
  const plans: Plan[] = []
  for (const one of [site, ...(await Promise.all(others.map(({ id }) => readSite(tx, companyId, id))))])
    plans.push((await computePlan(tx, tools, { companyId, site: one, today })).plan)
  return plans
}
