// What a release would do to every site, without writing to any: what changes, what waits, what conflicts, what is needless.
import type { Company } from '#kernel/access/companies'
import { sql, type Tx } from '#kernel/db'
import { same, type Value } from '../configuration/object.ts'
import { computePlan, deviationsOf, readSite } from '../plan/compute.ts'
import type { Deviation, FieldChange } from '../plan/plan-types.ts'
import type { TemplateFiles, TemplateObject } from '../template/template-object.ts'
import type { Tools } from '../tools.ts'

/** `conflict`: the site and the template moved the same value. `needless`: a deviation that says what the template now says. */
export type Effect = {
  readonly site: string
  readonly company: string
  readonly kind: string
  readonly label: string
  readonly key: string
  readonly effect: 'create' | 'update' | 'end' | 'deferred' | 'conflict' | 'needless'
  readonly fields: readonly FieldChange[]
  readonly reason: string
}

type Found = { id: string; code: string; company_id: number }

/**
 * The effects on every site of these companies that follows this template, in the order of the sites' waves. `todayOf`
 * gives a company's business date. Narrows the transaction's scope to one company after the other, and writes nothing.
 */
export async function whatIf(
  tx: Tx,
  tools: Tools,
  given: { files: TemplateFiles; companies: readonly Company[]; todayOf: (company: Company) => string },
): Promise<readonly Effect[]> {
  const effects: { wave: number; effect: Effect }[] = []
  for (const company of given.companies) {
    await tx.rows(sql`select set_config('tw.companies', ${String(company.id)}::text, true)`)
    const sites = await tx.rows(
      sql<
        Found & { wave: number }
      >`select id, code, company_id, wave from rollout.site where company_id = ${company.id} order by code`,
    )
    for (const one of sites) {
      for (const effect of await ofSite(tx, tools, given.files, one, given.todayOf(company))) {
        effects.push({ wave: one.wave, effect: { ...effect, site: one.code, company: company.code } })
      }
    }
  }
  return effects.sort((a, b) => a.wave - b.wave).map((one) => one.effect)
}

async function ofSite(
  tx: Tx,
  tools: Tools,
  files: TemplateFiles,
  found: Found,
  today: string,
): Promise<Omit<Effect, 'site' | 'company'>[]> {
  const { company_id: companyId } = found
  const site = await readSite(tx, companyId, found.id)
  const { plan, desired } = await computePlan(tx, tools, { companyId, site, today, files })
  const label = (kind: string) => tools.kinds.get(kind)?.label ?? kind
  const steps = plan.items.map(({ kind, key, change, fields, reason }) => ({
    kind,
    label: label(kind),
    key,
    effect: change,
    fields,
    reason,
  }))
  const conflicts = plan.drift.flatMap((one) =>
    one.conflict && one.field !== null
      ? [
          {
            kind: one.kind,
            label: label(one.kind),
            key: one.key,
            effect: 'conflict' as const,
            fields: [{ field: one.field, from: one.live, to: one.template }],
            reason: 'the site and the template changed the same value',
          },
        ]
      : [],
  )
  const valid = (await deviationsOf(tx, companyId, site.id)).filter((one) => one.expiresOn >= today)
  const needless = valid
    .filter((one) => isNeedless(one, desired))
    .map((one) => ({
      kind: one.kind,
      label: label(one.kind),
      key: one.key,
      effect: 'needless' as const,
      fields: [],
      reason: `deviation ${one.number} says what the template now says`,
    }))
  return [...steps, ...conflicts, ...needless]
}

function isNeedless(deviation: Deviation, desired: readonly TemplateObject[]): boolean {
  const object = desired.find((one) => one.kind === deviation.kind && one.key === deviation.key)
  if (deviation.field === null) return deviation.value === null ? object === undefined : object !== undefined
  const value: Value | undefined = object?.fields[deviation.field]
  return value !== undefined && same(value, deviation.value)
}

/** A rule that several sites were let off: what the template might take over. */
export type Lesson = {
  readonly kind: string
  readonly key: string
  readonly field: string | null
  readonly value: Value
  readonly sites: number
  readonly of: number
  readonly waived: string
}

/** Rules that at least `least` sites hold the same valid deviation from, most waived first; `of` counts the sites. */
export const lessons = (least: number, today: string) => sql<Lesson>`
  select d.kind, d.object_key as key, d.field, d.value, count(distinct d.site_id)::int as sites,
         (select count(*)::int from rollout.site s where s.scope = 'company') as of, string_agg(distinct s.code, ', ' order by s.code) as waived
    from rollout.deviation d join rollout.site s on s.company_id = d.company_id and s.id = d.site_id
   where d.state = 'approved' and d.expires_on >= ${today}::date
   group by d.kind, d.object_key, d.field, d.value having count(distinct d.site_id) >= ${least}::int
   order by 5 desc, 1, 2, 3`
