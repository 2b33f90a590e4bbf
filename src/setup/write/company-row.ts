// The company itself: a number of its own, and the settings that the template asks for.
import { sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { refuse } from '../refusals.ts'
import type { Settings } from '../settings.ts'
import type { Written } from './written.ts'

export type CompanyRow = {
  readonly code: string
  readonly name: string
  readonly currency: string
  readonly timeZone: string
  readonly country: string
  readonly taxRounding: string
  readonly settings: { readonly all: Settings; readonly locked: Settings }
}

type Found = { id: number; document_id: string; currency: string }

/**
 * Creates the company, or gives one that is there the settings that it lacks and the locked ones as they must be.
 * Widens the transaction's scope to it. Refuses COMPANY_DIFFERS when its books are in another currency.
 */
export async function writeCompany(
  tx: Tx,
  row: CompanyRow,
): Promise<{ companyId: number; documentId: string; written: Written }> {
  // Two that create at once would take the same number; the lock is held until the transaction ends.
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('company.create'))`)
  await tx.run(
    sql`select set_config('tw.companies', coalesce((select string_agg(id::text, ',') from company.ids() as known (id)), ''), true)`,
  )
  const there = await tx.first(
    sql<Found>`select id, document_id, currency from company.company where code = ${row.code}`,
  )
  if (there) {
    if (there.currency !== row.currency) {
      refuse('COMPANY_DIFFERS', { code: row.code, currency: there.currency, wanted: row.currency })
    }
    await onlyScope(tx, there.id)
    const changed = await tx.run(sql`update company.company c set settings = g.wanted
      from (select id, ${JSON.stringify(row.settings.all)}::jsonb || settings || ${JSON.stringify(row.settings.locked)}::jsonb as wanted
              from company.company where id = ${there.id}) g
     where c.id = g.id and c.settings is distinct from g.wanted`)
    return { companyId: there.id, documentId: there.document_id, written: counted(0, changed) }
  }
  const next = await tx.first(
    sql<{ id: number }>`select coalesce(max(id), 0) + 1 as id from company.ids() as known (id)`,
  )
  const companyId = next?.id ?? 1
  const documentId = newId()
  await onlyScope(tx, companyId)
  await tx.run(sql`insert into company.company (id, document_id, code, name, currency, time_zone, country, tax_rounding, settings)
    values (${companyId}, ${documentId}, ${row.code}, ${row.name}, ${row.currency}, ${row.timeZone}, ${row.country}, ${row.taxRounding},
      ${JSON.stringify(row.settings.all)}::jsonb)`)
  return { companyId, documentId, written: counted(1, 0) }
}

const counted = (added: number, changed: number): Written => ({ table: 'company.company', added, changed, removed: 0 })

const onlyScope = (tx: Tx, companyId: number): Promise<number> =>
  tx.run(sql`select set_config('tw.companies', ${String(companyId)}::text, true)`)
