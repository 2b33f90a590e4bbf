// What stands on an invoice or a credit note: head, address, lines and the tax of each rate, as they were issued.
import type { Context } from '#kernel/context'
import { sql, type Tx } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import type { Place } from './read-shipment.ts'

export type BillKind = 'invoice' | 'credit-note'

export type BillHead = {
  id: string
  number: string | null
  state: string
  currency: string
  issued_on: string | null
  due_on: string | null
  discount_percent: string
  discount_until: string | null
  term: string
  net: string
  total: string
  reason: string | null
  corrects: string | null
  order_number: string | null
  reference: string | null
  customer_code: string
  tax_id: string | null
} & Place

export type BillLine = {
  line: number
  item: string | null
  description: string
  quantity: string
  unit: string
  price: string
  net: string
  tax_rate: string
}
export type TaxLine = { tax_code: string; rate: string; base: string; amount: string }

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * An invoice or a credit note by id or number. Quantities are in the unit that the price is of, tax rates in percent (the
 * tables keep 0.19). Refuses NOT_FOUND where
 * there is none of this kind that the asker may see. Lines from before they said what was sold are reckoned from the order.
 */
export async function readBill(
  tx: Tx,
  context: Context,
  kind: BillKind,
  key: string,
): Promise<{ head: BillHead; lines: BillLine[]; taxes: TaxLine[] }> {
  const { companyId } = context
  const by = ID.test(key) ? sql`h.id = ${key}::uuid` : sql`h.number = ${key}`
  const head = await tx.first(sql<BillHead>`
    select h.id, h.number, h.state, h.currency, h.issued_on::text as issued_on, h.due_on::text as due_on, trim_scale(h.discount_percent)::text as discount_percent,
           h.discount_until::text as discount_until, coalesce(m.name, h.term) as term, h.net::text as net, h.total::text as total, h.reason,
           r.number as corrects, o.number as order_number, o.customer_reference as reference, c.code as customer_code, p.tax_id,
           coalesce(p.name, c.name) as name, p.street, p.postcode, p.city, p.country
      from receivables.invoice h join party.v_customer c on c.company_id = h.company_id and c.id = h.customer_id
      left join party.v_party p on p.id = coalesce(c.bill_to, c.id) left join party.v_term m on m.company_id = h.company_id and m.code = h.term
      left join receivables.v_invoice r on r.company_id = h.company_id and r.id = h.corrects_id
      left join sales.v_order o on o.company_id = h.company_id and o.id = h.order_id
     where h.company_id = ${companyId} and h.kind = ${kind} and ${by}`)
  if (!head) return refuseKernel('NOT_FOUND', { document: kind.replace('-', ' '), id: key })
  const lines = tx.rows(sql<BillLine>`
    select n.line, i.code as item, n.description, trim_scale(coalesce(n.sold, round(n.quantity * d.unit_den / d.unit_num, 6), n.quantity))::text as quantity, n.unit,
           trim_scale(n.price)::text as price, n.net::text as net, trim_scale(n.tax_rate * 100)::text as tax_rate
      from receivables.v_invoice_line n left join catalog.v_item i on i.id = n.item_id
      left join sales.v_order_line d on d.company_id = n.company_id and d.id = n.order_line_id
     where n.company_id = ${companyId} and n.invoice_id = ${head.id}::uuid order by n.line`)
  const taxes = tx.rows(sql<TaxLine>`
    select tax_code, trim_scale(rate * 100)::text as rate, base::text as base, amount::text as amount from receivables.tax_line
     where company_id = ${companyId} and invoice_id = ${head.id}::uuid order by rate desc, tax_code`)
  const [itsLines, itsTaxes] = await Promise.all([lines, taxes])
  return { head, lines: itsLines, taxes: itsTaxes }
}
