// The codes by which source data is judged: those of the template at the site's company, and those that its mappings translate.
import { sql, type Tx } from '#kernel/db'
import type { Kinds } from '../../configuration/live.ts'
import { targetsOf } from '../../onboarding/targets.ts'
import type { KnownCodes } from './profile.ts'

export async function knownCodes(tx: Tx, kinds: Kinds, companyId: number, siteId: string): Promise<KnownCodes> {
  const live = await tx.rows(
    sql<{ kind: string; code: string }>`select t.kind, t.code from ${targetsOf(kinds, companyId)} t where t.live`,
  )
  const mapped = await tx.rows(sql<{
    kind: string
    code: string
  }>`select m.kind, m.source_code as code from rollout.code_mapping m
    where m.company_id = ${companyId} and m.site_id = ${siteId} and m.state = 'approved'`)
  const byKind = (rows: readonly { kind: string; code: string }[]) => {
    const sets = new Map<string, Set<string>>()
    for (const { kind, code } of rows) sets.set(kind, (sets.get(kind) ?? new Set()).add(code))
    return (kind: string) => sets.get(kind) ?? new Set<string>()
  }
  return { template: byKind(live), mapped: byKind(mapped) }
}
