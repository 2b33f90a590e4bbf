// Turns the codes of orders into ids; what is an id already costs no statement.
import { type ResolvedItem, resolveItems } from '#catalog'
import { sql, type Tx } from '#kernel/db'
import { isId } from '#kernel/ids'
import { refuse } from '#kernel/refusal'
import { resolveCustomers, resolveShipTos } from '#party'

type Coded = { customer: string; shipTo?: string | undefined; warehouse: string; lines: readonly { item: string }[] }
type Found = Pick<ResolvedItem, 'itemId' | 'unit'>

/** The ids, in the order of the input. Refuses UNKNOWN_CODE, ITEM_UNKNOWN and ITEM_AMBIGUOUS. */
export async function resolveOrders(tx: Tx, companyId: number, orders: readonly Coded[]) {
  const [customers, warehouses] = await Promise.all([
    codesToIds(
      orders.map((one) => one.customer),
      async (refs) => new Map([...(await resolveCustomers(tx, companyId, refs))].map(([ref, one]) => [ref, one.id])),
    ),
    warehouseIds(
      tx,
      companyId,
      orders.map((one) => one.warehouse),
    ),
  ])
  const [shipTos, items] = await Promise.all([
    shipToIds(tx, companyId, orders),
    resolveLines(
      tx,
      orders.map((one, at) => ({ customerId: customers[at] ?? null, codes: one.lines.map((line) => line.item) })),
    ),
  ])
  return { customers, warehouses, shipTos, items }
}

async function codesToIds(
  refs: readonly string[],
  look: (codes: string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<string[]> {
  const codes = [...new Set(refs.filter((ref) => !isId(ref)))]
  const found = codes.length > 0 ? await look(codes) : new Map<string, string>()
  return refs.map((ref) => found.get(ref) ?? ref)
}

/** Items of several documents; ids pass through untouched, codes are resolved in one statement. */
export async function resolveLines(
  tx: Tx,
  documents: readonly { customerId: string | null; codes: readonly string[] }[],
): Promise<Found[][]> {
  const asked = documents.flatMap((one, at) =>
    one.codes.map((code, line) => ({ at, line, code, partyId: one.customerId })),
  )
  const unknown = asked.filter((one) => !isId(one.code))
  const found =
    unknown.length > 0
      ? await resolveItems(
          tx,
          unknown.map(({ code, partyId, line }) => ({ code, partyId, line: `Line ${line + 1}` })),
        )
      : []
  const byPlace = new Map(unknown.map((one, at) => [`${one.at}/${one.line}`, found[at]]))
  return documents.map((one, at) => one.codes.map((code, line) => byPlace.get(`${at}/${line}`) ?? { itemId: code }))
}

async function shipToIds(tx: Tx, companyId: number, orders: readonly Coded[]): Promise<(string | undefined)[]> {
  const asked = orders.flatMap((one) =>
    one.shipTo && !isId(one.shipTo) ? [{ customer: one.customer, ref: one.shipTo }] : [],
  )
  const found = asked.length > 0 ? await resolveShipTos(tx, companyId, asked) : []
  let next = 0
  return orders.map((one) => (one.shipTo && !isId(one.shipTo) ? found[next++]?.id : one.shipTo))
}

/** Warehouses by id or code, in the order given. Refuses UNKNOWN_CODE. */
export const warehouseIds = (tx: Tx, companyId: number, refs: readonly string[]): Promise<string[]> =>
  codesToIds(refs, (codes) => resolveWarehouses(tx, companyId, codes))

async function resolveWarehouses(
  tx: Tx,
  companyId: number,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.rows(sql<{ code: string; id: string }>`select code, id from company.v_warehouse
    where company_id = ${companyId} and state = 'active' and code = any(${codes}::text[])`)
  const found = new Map(rows.map((row) => [row.code, row.id]))
  const missing = codes.find((code) => !found.has(code))
  if (missing) refuse('UNKNOWN_CODE', { entity: 'warehouse', code: missing })
  return found
}
