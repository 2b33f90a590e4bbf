// A deviation allows something only at the site that governs its object; anywhere else it would be granted and do nothing.
import { sql, type Tx } from '#kernel/db'
import type { Kinds } from '../configuration/live.ts'
import { ownOf, type Part } from '../site/part.ts'
import { refuse } from './refusals.ts'

type About = { readonly kind: string; readonly objectKey: string }

/** Refuses DEVIATION_KIND for a kind that there is not, and DEVIATION_ELSEWHERE for an object of another site. */
export async function checkGoverned(
  tx: Tx,
  kinds: Kinds,
  site: { readonly id: string; readonly code: string; readonly companyId: number },
  { kind, objectKey }: About,
): Promise<void> {
  const described = kinds.get(kind)
  if (!described) return refuse('DEVIATION_KIND', { kind })
  const part = await tx.first(sql<Part>`select s.scope, s.place,
      array(select a.place from rollout.site a where a.company_id = s.company_id and a.scope = 'place') as apart
    from rollout.site s where s.company_id = ${site.companyId} and s.id = ${site.id}`)
  const parts = objectKey.split('/')
  const fields = Object.fromEntries(described.key.map((at, n) => [at, parts[n] ?? '']))
  if (part && ownOf(kinds, part)({ kind, fields })) return
  refuse('DEVIATION_ELSEWHERE', { site: site.code, object: `${described.label} ${objectKey}` })
}
