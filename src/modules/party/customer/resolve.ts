// Finds customers, their delivery addresses and suppliers by id or by code in any case, all of a call in one statement.
import { name, type Sql, sql, type Tx } from '#kernel/db'
import { refuse } from '#kernel/refusal'

/** A party's standing with the company. `state` is 'proposed', 'active', 'blocked' or 'inactive'; who may be used is the caller's to say. */
export type Resolved = { readonly id: string; readonly code: string; readonly state: string }

/** A delivery address as somebody wrote it: its id or its code, and the customer's id or code. */
export type AskedShipTo = { readonly customer: string; readonly ref: string }

/** `state` is 'active' or 'closed'. */
export type ResolvedShipTo = Resolved & { readonly customerId: string }

/** A text as an id where it is one: comparing it with an id column then uses the index, and never fails. */
const asId = (text: Sql): Sql =>
  sql`case when ${text} ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then (${text})::uuid end`

/** Customers by id or code; the map has every ref that was asked. Refuses with UNKNOWN_CODE. */
export function resolveCustomers(
  tx: Tx,
  companyId: number,
  refs: readonly string[],
): Promise<ReadonlyMap<string, Resolved>> {
  return resolve(tx, companyId, { table: 'party.customer', entity: 'customer', refs })
}

/** Suppliers by id or code; the map has every ref that was asked. Refuses with UNKNOWN_CODE. */
export function resolveSuppliers(
  tx: Tx,
  companyId: number,
  refs: readonly string[],
): Promise<ReadonlyMap<string, Resolved>> {
  return resolve(tx, companyId, { table: 'party.supplier', entity: 'supplier', refs })
}

type Wanted = { table: 'party.customer' | 'party.supplier'; entity: string; refs: readonly string[] }

async function resolve(
  tx: Tx,
  companyId: number,
  { table, entity, refs }: Wanted,
): Promise<ReadonlyMap<string, Resolved>> {
  const wanted = [...new Set(refs)]
  const found = await tx.rows(sql<Resolved & { ref: string }>`
    select a.ref, c.id, c.code, c.state
      from unnest(${wanted}::text[]) as a (ref)
      cross join lateral (
        select id, code, state from ${name(table)} where company_id = ${companyId} and id = ${asId(sql`a.ref`)}
        union
        select id, code, state from ${name(table)} where company_id = ${companyId} and upper(code) = upper(a.ref)
      ) c
     -- Codes that differ only in case: the one written exactly so wins, and comes last into the map.
     order by c.code = a.ref`)
  const byRef = new Map(found.map(({ ref, ...party }) => [ref, party]))
  const missing = wanted.find((ref) => !byRef.has(ref))
  return missing === undefined ? byRef : refuse('UNKNOWN_CODE', { entity, code: missing })
}

/**
 * Delivery addresses in the order asked, each of its own customer only. Needs no resolved customer, so it can run
 * beside `resolveCustomers`. Refuses with UNKNOWN_CODE.
 */
export async function resolveShipTos(
  tx: Tx,
  companyId: number,
  asked: readonly AskedShipTo[],
): Promise<readonly ResolvedShipTo[]> {
  const found = await tx.rows(sql<ResolvedShipTo & { at: string }>`
    select a.at, s.id, s.code, s.state, s.customer_id as "customerId"
      from unnest(${asked.map((one) => one.customer)}::text[], ${asked.map((one) => one.ref)}::text[]) with ordinality as a (customer, ref, at)
      join party.customer c on c.company_id = ${companyId} and (c.id = ${asId(sql`a.customer`)} or upper(c.code) = upper(a.customer))
      join party.ship_to s on s.company_id = ${companyId} and s.customer_id = c.id
       and (s.id = ${asId(sql`a.ref`)} or upper(s.code) = upper(a.ref))
     order by c.code = a.customer, s.code = a.ref`)
  const byPlace = new Map(found.map(({ at, ...shipTo }) => [at, shipTo]))
  return asked.map((one, at) => {
    const shipTo = byPlace.get(String(at + 1))
    return shipTo ?? refuse('UNKNOWN_CODE', { entity: `delivery address of ${one.customer}`, code: one.ref })
  })
}
