// How sites stand on the template now: their plan is computed as of this moment, and only counted.
import { sql, type Tx } from '#kernel/db'
import { divideDecimals } from '#kernel/decimal'
import { f } from '#kernel/document'
import { computed, type Query } from '#kernel/query'
import { T } from '#kernel/schema'
import { computePlan, readSite } from '../plan/compute.ts'
import type { TemplateFiles } from '../template/template-object.ts'
import type { Manifest, Tools } from '../tools.ts'
import { overSites } from './reach.ts'

/** The share of `part` in `whole` in percent with one place, rounded down so that 100 means all of it; null of nothing. */
export const percentOf = (part: number, whole: number): string | null =>
  whole === 0 ? null : divideDecimals(String(100 * part), String(whole), { scale: 1, rounding: 'down' })

type Place = { readonly company_id: number; readonly id: string }

/** The newest moment at which a plan was applied or anything of these kinds was changed, in UTC; null when neither was. */
async function lastMove(tx: Tx, tools: Tools, { company_id, id }: Place, kinds: readonly string[]) {
  const relations = kinds.flatMap((one) => {
    const kind = tools.kinds.get(one)
    return kind ? [kind.table, ...Object.values(kind.lists).map((list) => list.table)] : []
  })
  const found = await tx.first(sql<{ at: string | null }>`
    select to_char(greatest((select max(c.at) from rollout.configuration_change c where c.company_id in (0, ${company_id}) and c.relation = any(${relations}::text[])),
      (select s.applied_at from rollout.site s where s.company_id = ${company_id} and s.id = ${id})) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at`)
  return found?.at ?? null
}

/** Releases that were read already, by their hash: many sites follow one, and each is parsed once. */
type Read = Map<string, { readonly files: TemplateFiles; readonly manifest: Manifest }>

async function standingOf(tx: Tx, given: Tools, read: Read, place: Place, today: string) {
  const site = await readSite(tx, place.company_id, place.id)
  const { files, manifest } = read.get(site.hash) ?? { files: site.files, manifest: given.manifest(site.files) }
  read.set(site.hash, { files, manifest })
  const tools: Tools = { ...given, manifest: () => manifest }
  const { plan, kinds } = await computePlan(tx, tools, { companyId: place.company_id, site, today, files })
  return {
    id: place.id,
    governed: plan.governed,
    on_template: plan.onTemplate,
    standardisation: percentOf(plan.onTemplate, plan.governed),
    drift: plan.drift.length,
    objects: new Set(plan.drift.map((one) => `${one.kind} ${one.key}`)).size,
    conflicts: plan.drift.filter((one) => one.conflict).length,
    kept: plan.kept.length,
    steps: plan.items.length,
    moved_at: await lastMove(tx, tools, place, kinds),
  }
}

/**
 * Of one site, of the company's `own`, or of all that the caller may see: governed values and those on the template, what
 * has drifted (values and objects), what is allowed, and what a plan made now would do. `moved_at` is when anything
 * governed changed last: where nothing has drifted, nothing has drifted since then.
 */
export const standing = (tools: Tools): Query =>
  computed('rollout.standing', {
    may: 'rollout.site.read',
    title: 'How far sites are on the template at this moment, and how much has drifted',
    parameters: T.object({ site: T.optional(T.idOf('rollout.site')), own: T.optional(T.boolean()) }),
    columns: {
      id: f.ref('rollout.site'),
      governed: f.integer(),
      on_template: f.integer(),
      standardisation: f.percent({ optional: true }),
      drift: f.integer(),
      objects: f.integer(),
      conflicts: f.integer(),
      kept: f.integer(),
      steps: f.integer(),
      moved_at: f.instant({ optional: true }),
    },
    rows: (call) =>
      overSites(call, async (tx, ids) => {
        const { site, own } = call.parameters
        const places =
          await tx.rows(sql<Place>`select s.company_id, s.id from rollout.site s where s.company_id = any(${ids}::int[])
          and (${site ?? null}::uuid is null or s.id = ${site ?? null}::uuid) and (${own ?? false} = false or s.company_id = ${call.context.companyId}) order by s.wave, s.code`)
        const rows: object[] = []
        const read: Read = new Map()
        for (const place of places) rows.push(await standingOf(tx, tools, read, place, call.context.today))
        return rows
      }),
  })
