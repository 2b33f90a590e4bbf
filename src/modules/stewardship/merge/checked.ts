// Whether two may become one at all, before anything is touched.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { type Kind, lockStandings, resolveExactly, type Standing } from '#party'
import { refuse } from '../refusals.ts'

export type Asked = { kind: Kind; from: string; into: string }
export type Pair = { from: Standing; into: Standing }

/**
 * Finds and locks both. Refuses MERGE_ITSELF, MERGE_DONE_ALREADY, MERGE_STATE, MERGE_CURRENCY, and of customers
 * MERGE_HIERARCHY (what is inherited would change by itself), MERGE_HELD and MERGE_PREPAID_LINES.
 */
export async function checkedPair(call: Call<unknown>, { kind, from, into }: Asked): Promise<Pair> {
  const known = await resolveExactly(call.tx, call.companyId, kind, [from, into])
  const [fromId, intoId] = [known.get(from)?.id ?? '', known.get(into)?.id ?? '']
  if (fromId === intoId) refuse('MERGE_ITSELF', { code: from })
  const standings = await lockStandings(call, kind, [fromId, intoId])
  const find = (id: string, code: string): Standing =>
    standings.find((one) => one.id === id) ?? refuse('MERGE_STATE', { code, state: 'gone' })
  const pair = { from: find(fromId, from), into: find(intoId, into) }
  for (const one of [pair.from, pair.into]) if (one.merged) refuse('MERGE_DONE_ALREADY', one)
  if (!['active', 'blocked'].includes(pair.from.state)) refuse('MERGE_STATE', pair.from)
  if (pair.into.state !== 'active') refuse('MERGE_STATE', pair.into)
  if (pair.from.currency !== pair.into.currency) {
    refuse('MERGE_CURRENCY', {
      from: pair.from.code,
      into: pair.into.code,
      from_currency: pair.from.currency,
      into_currency: pair.into.currency,
    })
  }
  if (kind === 'customer') await checkCustomers(call, pair)
  return pair
}

async function checkCustomers({ tx, companyId }: Call<unknown>, { from, into }: Pair): Promise<void> {
  if (from.inHierarchy) refuse('MERGE_HIERARCHY', from)
  const [held, early] = await Promise.all([
    // The night sets the hold for what is overdue again, where it then belongs; every other hold is a person's word.
    tx.first(sql<{ causes: string }>`select string_agg(k.cause, ', ' order by k.cause) as causes from credit.v_account a
        cross join lateral jsonb_object_keys(a.holds) as k (cause)
       where a.company_id = ${companyId} and a.id = ${from.id}::uuid and k.cause <> 'overdue' having count(*) > 0`),
    tx.first(sql<{ order: string }>`select o.number as "order" from sales.v_order o
        join sales.v_order_line l on l.company_id = o.company_id and l.order_id = o.id and l.invoiced > l.shipped
        join party.v_customer k on k.company_id = o.company_id and k.id = ${into.id}::uuid and k.invoice_policy <> 'ordered'
       where o.company_id = ${companyId} and o.customer_id = ${from.id}::uuid order by o.number limit 1`),
  ])
  if (held) refuse('MERGE_HELD', { code: from.code, causes: held.causes })
  if (early) refuse('MERGE_PREPAID_LINES', { order: early.order, from: from.code, into: into.code })
}
