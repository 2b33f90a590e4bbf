// The place that a site below its company governs: it is there, no other site governs it, and its company has a site.
import { sql, type Tx } from '#kernel/db'
import { type Kinds, readLive } from '../configuration/live.ts'
import { refuse } from '../refusals.ts'
import type { Scope } from './site.ts'

type Given = {
  readonly code: string
  readonly kind: string
  readonly scope: Scope
  readonly place?: string | undefined
}

/**
 * The code of the place as its own row has it, and null for a site that governs none. Refuses PLACE_UNNAMED when scope,
 * kind and place do not go together, PLACE_WITHOUT_COMPANY, PLACE_UNKNOWN and PLACE_GOVERNED.
 */
export async function placeFor(tx: Tx, kinds: Kinds, companyId: number, given: Given): Promise<string | null> {
  const { code, kind, scope, place } = given
  if (scope !== 'place') {
    if (place !== undefined) refuse('PLACE_UNNAMED', { code, kind, scope, place })
    return null
  }
  if (place === undefined || kind !== 'warehouse') {
    return refuse('PLACE_UNNAMED', { code, kind, scope, place: place ?? 'none' })
  }
  const sites = await tx.rows(
    sql<{ code: string; scope: Scope; place: string | null }>`select code, scope, place from rollout.site
      where company_id = ${companyId} order by code`,
  )
  if (!sites.some((one) => one.scope === 'company')) refuse('PLACE_WITHOUT_COMPANY', { place })
  const found = await placeCalled(tx, kinds, companyId, place)
  const governing = sites.find((one) => one.place === found)
  if (governing) refuse('PLACE_GOVERNED', { place: found, site: governing.code })
  return found
}

/** The place of that code, in any case. Refuses PLACE_UNKNOWN. */
async function placeCalled(tx: Tx, kinds: Kinds, companyId: number, place: string): Promise<string> {
  const places = [...kinds.values()].filter((one) => one.place?.itself).map((one) => one.name)
  const known = (await readLive(tx, kinds, places, companyId)).map((one) => one.key)
  return (
    known.find((one) => one.toUpperCase() === place.toUpperCase()) ??
    refuse('PLACE_UNKNOWN', { place, known: known.join(', ') || 'none yet' })
  )
}
