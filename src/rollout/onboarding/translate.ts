// Says in the template's codes what an acquired entity said in its own, by approved mappings alone.
import { sql, type Tx } from '#kernel/db'
import { policy } from '../governance/policy.ts'
import { siteOf } from '../governance/site.ts'
import { refuse } from './refusals.ts'

/** `translate(kind, code)` gives what a code became, without regard to case where only one is meant. Refuses CODE_UNMAPPED. */
export type Translate = (kind: string, code: string) => string

/** The translation of a site, as its mappings are approved now. Refuses NO_SUCH_SITE. */
export async function translatorOf(tx: Tx, companyId: number, ref: string): Promise<Translate> {
  const site = await siteOf(tx, companyId, ref)
  const rows = await tx.rows(sql<{ kind: string; code: string; target: string }>`
    select m.kind, m.source_code as code, m.target from rollout.code_mapping m where m.company_id = ${companyId} and m.site_id = ${site.id} and m.state = 'approved'`)
  const exact = new Map(rows.map((one) => [`${one.kind} ${one.code}`, one.target]))
  const loose = new Map<string, Set<string>>()
  for (const one of rows) {
    const name = `${one.kind} ${one.code.toUpperCase()}`
    loose.set(name, (loose.get(name) ?? new Set()).add(one.target))
  }
  return (kind, code) => {
    const said = code.trim()
    const alike = [...(loose.get(`${kind} ${said.toUpperCase()}`) ?? [])]
    const only = alike.length === 1 ? alike[0] : undefined
    return exact.get(`${kind} ${said}`) ?? only ?? refuse('CODE_UNMAPPED', { kind, code: said, site: site.code })
  }
}

/** The kind of codes that a column of an import holds, by its name or by the document that it refers to; undefined for others. */
export const codesIn = (column: string, entity: string | undefined): string | undefined =>
  policy()['code-maps'].find((one) => one.of === entity || (entity === undefined && one.columns.includes(column)))?.kind
