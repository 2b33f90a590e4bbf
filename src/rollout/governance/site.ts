// Finds the site that somebody names, by its code or its id, in the company of the call.
import { sql, type Tx } from '#kernel/db'
import { refuse } from './refusals.ts'

/** A site as the parts of governance need it. `state` runs from 'discovery' to 'stable'; `version` counts its changes. */
export type Site = { readonly id: string; readonly code: string; readonly name: string; readonly state: string }

/** The site of that code (in any case) or id. Refuses NO_SUCH_SITE. */
export async function siteOf(tx: Tx, companyId: number, ref: string): Promise<Site> {
  const found = await tx.first(sql<Site>`select id, code, name, state from rollout.site
    where company_id = ${companyId} and (upper(code) = upper(${ref}) or id::text = ${ref})`)
  return found ?? refuse('NO_SUCH_SITE', { site: ref })
}

/** The ids of sites by what they were called, and null where none was named. Refuses NO_SUCH_SITE. */
export async function sitesOf(
  tx: Tx,
  companyId: number,
  refs: readonly (string | undefined)[],
): Promise<readonly (Site | null)[]> {
  const known = new Map<string, Site>()
  for (const ref of new Set(refs)) if (ref !== undefined) known.set(ref, await siteOf(tx, companyId, ref))
  return refs.map((ref) => (ref === undefined ? null : (known.get(ref) ?? null)))
}
