// Gathers what a plan is made from, in one transaction: the release compiled for the site, what stands there, what was
// given last, what may differ, and what is in use; the plan itself is a pure function of them.
import { sql, type Tx } from '#kernel/db'
import { readLive } from '../configuration/live.ts'
import { refuse } from '../refusals.ts'
import { ownOf, type Part } from '../site/part.ts'
import type { Parameters, TemplateFiles, TemplateObject } from '../template/template-object.ts'
import type { Tools } from '../tools.ts'
import { planOf } from './plan.ts'
import type { Deviation, InUse, Plan } from './plan-types.ts'

export type SiteRow = Part & {
  readonly id: string
  readonly code: string
  readonly stage: string
  readonly release_id: string
  readonly release: string
  readonly hash: string
  readonly plan_id: string | null
  readonly parameters: Parameters
  readonly files: TemplateFiles
  readonly base: readonly TemplateObject[] | null
}

/** The company's site above that of a place: its answers hold where the place gives none. */
const above = sql`select c.parameters -> 'choices' from rollout.site c where c.company_id = s.company_id and c.scope = 'company'`
const apart = sql`array(select a.place from rollout.site a where a.company_id = s.company_id and a.scope = 'place' order by a.place)`

/** The site with its release and what the template gave it last. Refuses SITE_NOT_HERE. */
export async function readSite(tx: Tx, companyId: number, id: string): Promise<SiteRow> {
  const found =
    await tx.first(sql<SiteRow>`select s.id, s.code, s.scope, s.place, ${apart} as apart, s.state as stage, s.release_id, r.number as release, encode(r.hash, 'hex') as hash, s.plan_id,
      case s.scope when 'place' then s.parameters || jsonb_build_object('above', (${above})) else s.parameters end as parameters, r.files, p.desired as base
    from rollout.site s join rollout.release r on r.id = s.release_id
    left join rollout.plan p on p.company_id = s.company_id and p.id = s.plan_id
    where s.company_id = ${companyId} and s.id = ${id}`)
  return found ?? refuse('SITE_NOT_HERE', { id })
}

export type Asked = {
  readonly companyId: number
  readonly site: SiteRow
  /** The company's business date. */
  readonly today: string
  readonly revert?: ReadonlySet<string>
  /** Another release than the one that the site follows, to see what it would do. */
  readonly files?: TemplateFiles
}

export type Computed = {
  readonly plan: Plan
  readonly desired: readonly TemplateObject[]
  readonly kinds: readonly string[]
}

/** What a template says for a site: of its own objects, and of no other's. */
export const desiredOf = (tools: Tools, site: SiteRow, files: TemplateFiles): readonly TemplateObject[] =>
  tools.compile(files, site.parameters).filter(ownOf(tools.kinds, site))

/** The plan of a site as things stand in this transaction. Writes nothing. */
export async function computePlan(tx: Tx, tools: Tools, asked: Asked): Promise<Computed> {
  const { companyId, site, today } = asked
  const files = asked.files ?? site.files
  const own = ownOf(tools.kinds, site)
  const desired = desiredOf(tools, site, files)
  const base = site.base?.filter(own) ?? null
  const kinds = [...new Set([...desired, ...(base ?? [])].map((one) => one.kind))].sort()
  const live = (await readLive(tx, tools.kinds, kinds, companyId)).filter(own)
  const plan = planOf({
    desired,
    base,
    live,
    deviations: await deviationsOf(tx, companyId, site.id),
    inUse: await inUse(tx, tools, kinds, companyId),
    open: tools.manifest(files).open,
    revert: asked.revert ?? new Set(),
    today,
  })
  return { plan, desired, kinds }
}

/** Every deviation of the site that was approved; the plan sees which of them have run out. */
export const deviationsOf = (tx: Tx, companyId: number, siteId: string): Promise<Deviation[]> =>
  tx.rows(sql<Deviation>`select number, kind, object_key as key, field, value, expires_on as "expiresOn" from rollout.deviation
    where company_id = ${companyId} and site_id = ${siteId} and state = 'approved' order by expires_on, number`)

/** What the live documents of this company lean on, though the transaction may see others too. */
async function inUse(tx: Tx, tools: Tools, kinds: readonly string[], companyId: number): Promise<InUse[]> {
  const found: InUse[] = []
  const scope = await tx.first(sql<{ before: string }>`select current_setting('tw.companies') as before`)
  await tx.rows(sql`select set_config('tw.companies', ${String(companyId)}::text, true)`)
  for (const { keys, ...use } of tools.uses) {
    if (!kinds.includes(use.kind)) continue
    const rows = await tx.rows(sql<{ key: string }>`select u.key from ${keys} u`)
    found.push({ ...use, keys: new Set(rows.map((row) => row.key)) })
  }
  await tx.rows(sql`select set_config('tw.companies', ${scope?.before ?? ''}::text, true)`)
  return found
}
