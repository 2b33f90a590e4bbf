// What came of an extension's tests, and who has none for a release: a release comes out, and an extension goes live, only on green (EXT-04).
import { readFileSync } from 'node:fs'
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { EVERY_COMPANY } from '#kernel/every-company'
import { refuse } from './refusals.ts'

const PACKAGE = new URL('../../../package.json', import.meta.url)
let kept: string | undefined

/** The version of the product that runs, as its package.json says. */
export function coreVersion(): string {
  if (kept === undefined) {
    const parsed: unknown = JSON.parse(readFileSync(PACKAGE, 'utf8'))
    kept = typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : 'unknown'
  }
  return kept
}

/** The newest outcome of each extension with a template, by its SHA-256, and this version of the product: `(company_id, extension_id, verdict, code_hash)`. */
export const newestOutcomes = (templateHash: Buffer): Sql => sql`
  select distinct on (o.company_id, o.extension_id) o.company_id, o.extension_id, o.verdict, o.code_hash from rollout.extension_outcome o
   where o.core = ${coreVersion()} and o.template_hash = ${templateHash} order by o.company_id, o.extension_id, o.at desc, o.id desc`

/**
 * Refuses EXTENSIONS_UNTESTED while an extension that is live in any company has no green outcome with these files of a
 * template and this version of the product. What the program lays on copies of its own, where nothing is live, it does not ask.
 */
export async function refuseUntested(
  { tx, context }: Pick<Call<unknown>, 'tx' | 'context'>,
  release: string,
  templateHash: Buffer,
): Promise<void> {
  if (context.principal.kind === 'system' && context.channel === 'job') return
  const scope = await tx.first(
    sql<{ companies: string }>`select coalesce(current_setting('tw.companies', true), '') as companies`,
  )
  await tx.rows(EVERY_COMPANY)
  const rows = await tx.rows(sql<{ code: string }>`select distinct x.code from rollout.extension x
    left join ${newestOutcomes(templateHash)} n on n.company_id = x.company_id and n.extension_id = x.id
   where x.state = 'live' and n.verdict is distinct from 'passed' order by x.code`)
  await tx.rows(sql`select set_config('tw.companies', ${scope?.companies ?? ''}, true)`)
  if (rows.length > 0)
    refuse('EXTENSIONS_UNTESTED', { release, core: coreVersion(), extensions: rows.map((one) => one.code).join(', ') })
}
