// Turns the codes of conditions into ids: each distinct code once, a fixed number of statements for any number of conditions.
import { resolveItems } from '#catalog'
import { sql, type Tx } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { resolveCustomers } from '#party'
import { refuse } from '../refusals.ts'
import type { GivenCondition } from './input.ts'

type Refs = Partial<Pick<GivenCondition, 'customer' | 'item' | 'category' | 'list' | 'currency'>>

/** The ids behind every code of a call. */
export type Codes = {
  customer(ref: string): string | undefined
  item(ref: string): string | undefined
  category(ref: string): string | undefined
  list(ref: string): { id: string; currency: string } | undefined
}

/** Looks all codes up. Refuses UNKNOWN_CODE, ITEM_UNKNOWN and ITEM_AMBIGUOUS, and a list that is withdrawn. */
export async function lookUp(tx: Tx, companyId: number, given: readonly Refs[]): Promise<Codes> {
  const refs = (key: keyof Refs) => [...new Set(given.flatMap((one) => one[key] ?? []))]
  const [customers, items, categories, lists] = await Promise.all([
    refs('customer').length > 0 ? resolveCustomers(tx, companyId, refs('customer')) : new Map<string, { id: string }>(),
    itemIds(tx, refs('item')),
    categoryIds(tx, refs('category')),
    listsOf(tx, companyId, refs('list')),
    checkCurrencies(tx, refs('currency')),
  ])
  return {
    customer: (ref) => customers.get(ref)?.id,
    item: (ref) => items.get(ref),
    category: (ref) => categories.get(ref),
    list: (ref) => lists.get(ref),
  }
}

async function itemIds(tx: Tx, refs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (refs.length === 0) return new Map()
  const found = await resolveItems(
    tx,
    refs.map((code) => ({ code, line: `Item ${code}` })),
  )
  return new Map(refs.map((ref, at) => [ref, found[at]?.itemId ?? '']))
}

async function categoryIds(tx: Tx, refs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (refs.length === 0) return new Map()
  const rows = await tx.rows(sql<{ ref: string; id: string }>`select r.ref, c.id from unnest(${refs}::text[]) r (ref)
    join catalog.v_category c on c.code = r.ref or c.id::text = r.ref`)
  const found = new Map(rows.map((row) => [row.ref, row.id]))
  const missing = refs.find((ref) => !found.has(ref))
  return missing === undefined ? found : refuseKernel('UNKNOWN_CODE', { entity: 'category', code: missing })
}

async function listsOf(
  tx: Tx,
  companyId: number,
  refs: readonly string[],
): Promise<ReadonlyMap<string, { id: string; currency: string }>> {
  if (refs.length === 0) return new Map()
  const rows = await tx.rows(sql<{ ref: string; id: string; currency: string; state: string }>`
    select r.ref, l.id, l.currency, l.state from unnest(${refs}::text[]) r (ref)
      join pricing.list l on l.company_id = ${companyId} and (l.code = r.ref or l.id::text = r.ref)`)
  const found = new Map(rows.map((row) => [row.ref, row]))
  for (const ref of refs) {
    const one = found.get(ref)
    if (!one) return refuseKernel('UNKNOWN_CODE', { entity: 'price list', code: ref })
    if (one.state !== 'active')
      refuse('CONDITION_LIST', { at: ref, problem: `the list ${ref} is ${one.state}. Choose another list.` })
  }
  return found
}

/** Refuses UNKNOWN_CODE for a currency that the enterprise does not keep. */
export async function checkCurrencies(tx: Tx, codes: readonly string[]): Promise<void> {
  const missing = await tx.first(sql<{ code: string }>`select c.code from unnest(${codes}::text[]) c (code)
    where not exists (select from company.v_currency v where v.code = c.code) limit 1`)
  if (missing) refuseKernel('UNKNOWN_CODE', { entity: 'currency', code: missing.code })
}
