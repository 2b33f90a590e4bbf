// Finds customers, their delivery addresses and suppliers by id or by code in any case, all of a call in one statement.
import { name, type Sql, sql, type Tx } from '#kernel/db'
import { refuse } from '#kernel/refusal'

/** A party's standing with the company. `state` is 'proposed', 'active', 'blocked' or 'inactive'; who may be used is the caller's to say. */
export type Resolved = { readonly id: string; readonly code: string; readonly state: string }

/** A delivery address as somebody wrote it: its id or its code, and the customer's id or code. */
export type AskedShipTo = { readonly customer: string; readonly ref: string }

/** `state` is 'active' or 'closed'. */
export type ResolvedShipTo = Resolved & { readonly customerId: string }

/**
 * What was asked for, with the id and the key that it may mean. Materialized, because behind row-level security an index
 * is used only for comparisons with values that are ready: upper() and the pattern are computed before, not beside.
 */
const asked = (refs: readonly string[]): Sql => sql`select ref, upper(ref) as code_key,
    case when ref ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then ref::uuid end as id from unnest(${refs}::text[]) as given (ref)`

/** Customers by id or code (of whoever was merged, the one that stayed); the map has every ref that was asked. Refuses with UNKNOWN_CODE. */
export function resolveCustomers(
  tx: Tx,
  companyId: number,
  refs: readonly string[],
): Promise<ReadonlyMap<string, Resolved>> {
  return resolve(tx, companyId, { table: 'party.customer', entity: 'customer', refs })
}

/** Suppliers by id or code (of whoever was merged, the one that stayed); the map has every ref that was asked. Refuses with UNKNOWN_CODE. */
export function resolveSuppliers(
  tx: Tx,
  companyId: number,
  refs: readonly string[],
): Promise<ReadonlyMap<string, Resolved>> {
  return resolve(tx, companyId, { table: 'party.supplier', entity: 'supplier', refs })
}

type Wanted = { table: 'party.customer' | 'party.supplier'; entity: string; refs: readonly string[] }

/**
 * The statement that finds them, each through the index of ids or of codes. Whoever was merged into another means the
 * other; `exactly` finds himself.
 */
export const found = (
  companyId: number,
  { table, refs, exactly = false }: Pick<Wanted, 'table' | 'refs'> & { exactly?: boolean },
): Sql<Resolved & { ref: string }> => sql`
    with asked as materialized (${asked(refs)})
    select a.ref, coalesce(k.id, c.id) as id, coalesce(k.code, c.code) as code, coalesce(k.state, c.state) as state from asked a
      cross join lateral (
        select id, code, state, merged_into from ${name(table)} where company_id = ${companyId} and id = a.id
        union all
        select id, code, state, merged_into from ${name(table)} where company_id = ${companyId} and code_key = a.code_key
      ) c
      left join ${name(table)} k on k.company_id = ${companyId} and k.id = c.merged_into and not ${exactly}::boolean`

async function resolve(
  tx: Tx,
  companyId: number,
  { entity, ...wanted }: Wanted & { exactly?: boolean },
): Promise<ReadonlyMap<string, Resolved>> {
  const refs = [...new Set(wanted.refs)]
  const rows = await tx.rows(found(companyId, { ...wanted, refs }))
  const byRef = new Map(rows.map(({ ref, ...party }) => [ref, party]))
  const missing = refs.find((ref) => !byRef.has(ref))
  return missing === undefined ? byRef : refuse('UNKNOWN_CODE', { entity, code: missing })
}

/** Customers or suppliers themselves, also those that were merged into others. Refuses with UNKNOWN_CODE. */
export function resolveExactly(
  tx: Tx,
  companyId: number,
  kind: 'customer' | 'supplier',
  refs: readonly string[],
): Promise<ReadonlyMap<string, Resolved>> {
  return resolve(tx, companyId, { table: `party.${kind}`, entity: kind, refs, exactly: true })
}

/**
 * Delivery addresses in the order asked, each of its own customer only. Needs no resolved customer, so it can run
 * beside `resolveCustomers`. Refuses with UNKNOWN_CODE.
 */
export async function resolveShipTos(
  tx: Tx,
  companyId: number,
  wanted: readonly AskedShipTo[],
): Promise<readonly ResolvedShipTo[]> {
  const rows = await tx.rows(sql<ResolvedShipTo & { at: string }>`
    with customer as materialized (${asked([...new Set(wanted.map((one) => one.customer))])}),
    place as materialized (
      select w.at, w.customer, w.ref, upper(w.ref) as code_key, p.id
        from unnest(${wanted.map((one) => one.customer)}::text[], ${wanted.map((one) => one.ref)}::text[]) with ordinality as w (customer, ref, at)
        join ${asked([...new Set(wanted.map((one) => one.ref))])} p on p.ref = w.ref
    ), buyer as materialized (
      select a.ref, c.id from customer a cross join lateral (
        select coalesce(merged_into, id) as id from party.customer where company_id = ${companyId} and id = a.id
        union all
        select coalesce(merged_into, id) from party.customer where company_id = ${companyId} and code_key = a.code_key
      ) c
    )
    select p.at, s.id, s.code, s.state, s.customer_id as "customerId"
      from place p join buyer b on b.ref = p.customer
      join party.ship_to s on s.company_id = ${companyId} and s.customer_id = b.id and (s.id = p.id or upper(s.code) = p.code_key)
     -- Addresses of one customer that differ only in case: the one written exactly so wins, and comes last into the map.
     order by s.code = p.ref`)
  const byPlace = new Map(rows.map(({ at, ...shipTo }) => [at, shipTo]))
  return wanted.map((one, at) => {
    const shipTo = byPlace.get(String(at + 1))
    return shipTo ?? refuse('UNKNOWN_CODE', { entity: `delivery address of ${one.customer}`, code: one.ref })
  })
}
