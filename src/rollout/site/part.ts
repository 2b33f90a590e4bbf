// Which objects are a site's own: of the enterprise, of a company but for its places that have sites, or of one place. Every
// object is exactly one site's.
import type { ConfigurationKind } from '#kernel/configuration'
import type { Kinds } from '../configuration/live.ts'
import type { LiveObject } from '../configuration/object.ts'
import type { Scope } from './site.ts'

/** `place` is the code of the place that a site governs; `apart` are those of its company that have sites of their own. */
export type Part = { readonly scope: Scope; readonly place: string | null; readonly apart: readonly string[] }

/** Whether a site of this scope governs objects of a kind at all; those of a place may be its company's. */
export const governsKind = (scope: Scope, kind: ConfigurationKind | undefined): boolean =>
  scope === 'place' ? kind?.place !== undefined : kind?.scope === scope

/** The code of the place that an object belongs to; null for what is its whole company's, or the enterprise's. */
export function placeOf(kinds: Kinds, one: Pick<LiveObject, 'kind' | 'fields'>): string | null {
  const place = kinds.get(one.kind)?.place
  const code = place ? one.fields[place.field] : null
  return typeof code === 'string' && code !== '' ? code : null
}

/** Picks the objects that are the site's own. */
export const ownOf =
  (kinds: Kinds, { scope, place, apart }: Part) =>
  (one: Pick<LiveObject, 'kind' | 'fields'>): boolean => {
    if (!governsKind(scope, kinds.get(one.kind))) return false
    const at = placeOf(kinds, one)
    return scope === 'place' ? at === place : at === null || !apart.includes(at)
  }
