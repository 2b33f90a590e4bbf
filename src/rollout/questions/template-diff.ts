// Two releases, a release and a site, or two sites, laid side by side field by field; and what differs between them.
import { sql, type Tx } from '#kernel/db'
import { f } from '#kernel/document'
import { computed, type Query } from '#kernel/query'
import { T } from '#kernel/schema'
import { readLive } from '../configuration/live.ts'
import { byName, type LiveObject, same, type Value } from '../configuration/object.ts'
import { desiredOf, readSite, type SiteRow } from '../plan/compute.ts'
import { ownOf } from '../site/part.ts'
import type { TemplateObject } from '../template/template-object.ts'
import type { Tools } from '../tools.ts'
import { overSites } from './reach.ts'
import { refuse } from './refusals.ts'
import { filesOf } from './template-objects.ts'

/** One side: what it says, and whether it is what stands at a site, of which a template governs only some fields. */
export type Side = { readonly live: boolean; readonly objects: readonly (LiveObject & Partial<TemplateObject>)[] }

export type Difference = {
  readonly kind: string
  readonly key: string
  /** Null: the object as a whole is on one side only. */
  readonly field: string | null
  readonly what: 'changed' | 'added' | 'missing'
  readonly from: Value
  readonly to: Value
  readonly control: string | null
  readonly owner: string
  readonly reason: string
}

/**
 * What differs from one side to the other, in the order of kind and key. `added` stands on the second side only, `missing`
 * on the first only. Objects of an `open` kind that only a site has are its own business and no difference.
 */
export function differences(from: Side, to: Side, open: readonly string[]): readonly Difference[] {
  const [before, after] = [byName(from.objects), byName(to.objects)]
  const found: Difference[] = []
  for (const name of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [one, other] = [before.get(name), after.get(name)]
    const said = other?.control ? other : one
    const at = (row: LiveObject) => ({
      kind: row.kind,
      key: row.key,
      control: said?.control ?? null,
      owner: said?.owner ?? '',
      reason: said?.reason ?? '',
    })
    if (one && other) {
      for (const field of fieldsOf(one, other, from.live, to.live)) {
        const [was, is] = [one.fields[field] ?? null, other.fields[field] ?? null]
        if (!same(was, is)) found.push({ ...at(one), field, what: 'changed', from: was, to: is })
      }
    } else if (other && !(to.live && !from.live && open.includes(other.kind))) {
      found.push({ ...at(other), field: null, what: 'added', from: null, to: other.fields })
    } else if (one && !(from.live && !to.live && open.includes(one.kind))) {
      found.push({ ...at(one), field: null, what: 'missing', from: one.fields, to: null })
    }
  }
  return found
}

/** A template leaves some fields to the site: where one side is a site, the other one says what is compared. */
function fieldsOf(one: LiveObject, other: LiveObject, live: boolean, otherLive: boolean): readonly string[] {
  const [own, others] = [Object.keys(one.fields), Object.keys(other.fields)]
  if (live && !otherLive) return others.sort()
  if (otherLive && !live) return own.sort()
  return [...new Set([...own, ...others])].sort()
}

type Comparing = { readonly tx: Tx; readonly tools: Tools; readonly site: SiteRow; readonly ids: readonly number[] }

/** '1.2.0' is that release for the site, '@ALPHA' what stands at the site ALPHA. */
async function sideOf({ tx, tools, site, ids }: Comparing, text: string, kinds: readonly string[]): Promise<Side> {
  if (!text.startsWith('@')) {
    return { live: false, objects: desiredOf(tools, site, await filesOf(tx, text)) }
  }
  const code = text.slice(1)
  const found = await tx.first(
    sql<{
      company_id: number
      id: string
    }>`select s.company_id, s.id from rollout.site s where s.code = ${code} and s.company_id = any(${ids}::int[]) and s.scope = ${site.scope}
       and s.place is not distinct from ${site.place} order by s.company_id limit 1`,
  )
  if (!found) return refuse('SITE_NOT_COMPARABLE', { code, site: site.code })
  const own = ownOf(tools.kinds, await readSite(tx, found.company_id, found.id))
  return { live: true, objects: (await readLive(tx, tools.kinds, kinds, found.company_id)).filter(own) }
}

/**
 * What differs for a site from one side to the other: each is the number of a release, or '@' and the code of a site that
 * governs the same. Refuses SITE_NOT_HERE, RELEASE_UNKNOWN and SITE_NOT_COMPARABLE.
 */
export const templateDiff = (tools: Tools): Query =>
  computed('rollout.template-diff', {
    may: 'rollout.release.read',
    title: 'What differs between two releases for a site, between a release and a site, or between two sites',
    parameters: T.object({ site: T.idOf('rollout.site'), from: T.text(60), to: T.text(60) }),
    columns: {
      kind: f.code(),
      label: f.text(),
      key: f.text(),
      field: f.text({ optional: true }),
      what: f.choice(['changed', 'added', 'missing']),
      from: f.json({ optional: true }),
      to: f.json({ optional: true }),
      control: f.text({ optional: true }),
      owner: f.text(),
      reason: f.text(),
    },
    rows: ({ kernel, context, parameters: { site: id, from, to } }) =>
      overSites({ kernel, context }, async (tx, ids) => {
        const site = await readSite(tx, context.companyId, id)
        const kinds = [...new Set(desiredOf(tools, site, site.files).map((one) => one.kind))]
        const given = { tx, tools, site, ids }
        const open = tools.manifest(site.files).open
        const found = differences(await sideOf(given, from, kinds), await sideOf(given, to, kinds), open)
        return found.map((one) => ({ ...one, label: tools.kinds.get(one.kind)?.label ?? one.kind }))
      }),
  })
