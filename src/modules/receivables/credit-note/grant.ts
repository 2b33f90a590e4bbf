// Granting a credit that corrects no invoice of ours: a discount, a fee, a mistake from before our books began.
import type { Static } from '@sinclair/typebox'
import { resolveItems } from '#catalog'
import { type Call, creation } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { resolveCustomers } from '#party'
import { taxed } from '#tax'
import { type InvoiceLine, writeInvoices } from '../invoice/write.ts'
import { refuse } from '../refusals.ts'
import { creditNote } from './credit-note.ts'
import { askApprovals, issueCredits } from './write.ts'

/** Services only: goods come back through a return. Quantities in base units, prices per base unit without tax, in the customer's currency. */
const GrantInput = T.object({
  id: T.optional(T.id()),
  customer: T.ref('party.customer'),
  reason: T.text(200),
  lines: T.list(T.object({ item: T.ref('catalog.item'), quantity: T.quantity(), price: T.price() }), 2000),
})
type Given = Static<typeof GrantInput>

/** Issued at once when the matrix asks for nobody's approval (kind credit-note); else a draft until it is given. */
export const grant = creation(creditNote.verbs.grant, GrantInput, async (call) => {
  const { ids, input } = call
  const lines = await linesOf(call)
  const corrects = input.map((one, at) => ({
    id: ids[at] ?? '',
    corrects_id: null,
    rma_id: null,
    rate: null,
    reason: one.reason,
    reinvoice: false,
  }))
  await writeInvoices(call, 'credit-note', lines, corrects)
  const free = await askApprovals(call, ids)
  const numbers = await issueCredits(call, free)
  const issued = new Set(free)
  return {
    states: new Map(ids.map((id) => [id, issued.has(id) ? 'issued' : 'draft'])),
    result: { issued: free, numbers },
  }
})

type Row = InvoiceLine & { wrong: 'goods' | 'amount' | 'tax' | null; item: string; line: number }

/** The lines with today's tax. Refuses goods, quantities and prices of zero, and what no tax rule covers. */
async function linesOf(call: Call<readonly Given[]>): Promise<readonly InvoiceLine[]> {
  const { tx, companyId, ids, input, today } = call
  const given = input.flatMap((one, at) => one.lines.map((line) => ({ ...line, at, customer: one.customer })))
  const [customers, items] = await Promise.all([
    resolveCustomers(
      tx,
      companyId,
      input.map((one) => one.customer),
    ),
    resolveItems(
      tx,
      given.map((line) => ({ code: line.item })),
    ),
  ])
  const asked = relation(
    { place: 'int', invoice_id: 'uuid', customer_id: 'uuid', item_id: 'uuid', quantity: 'numeric', price: 'numeric' },
    given.map((line, place) => ({
      place,
      invoice_id: ids[line.at],
      customer_id: customers.get(line.customer)?.id,
      item_id: items[place]?.itemId,
      quantity: line.quantity,
      price: line.price,
    })),
  )
  const rows = await tx.rows(sql<Row>`with asked as materialized (select * from ${asked} a)
    select a.invoice_id, null as order_id, null as order_line_id, a.customer_id, c.currency, b.tax_rounding, a.item_id, i.name as description, i.kind, i.base_unit as unit,
           a.quantity::text, a.price::text, round(a.quantity * a.price, y.digits)::text as net, t.tax_code, t.tax_rate::text, '0' as cost, i.code as item, a.place + 1 as line,
           case when i.kind = 'stock' then 'goods' when a.quantity <= 0 then 'amount' when t.tax_code is null then 'tax' end as wrong
      from asked a join party.v_customer c on c.company_id = ${companyId} and c.id = a.customer_id join company.v_company b on b.id = ${companyId}
      join company.v_currency y on y.code = c.currency join catalog.v_item i on i.id = a.item_id
      left join ${taxed(companyId, today, sql`select place::text as line, customer_id, null::uuid as ship_to_id, item_id from asked`)} t on t.line = a.place::text
     order by a.place`)
  const bad = rows.find((row) => row.wrong !== null)
  if (bad?.wrong === 'goods') refuse('GRANT_OF_GOODS', bad)
  if (bad?.wrong === 'amount') refuse('GRANT_NOTHING', bad)
  if (bad) refuse('GRANT_UNTAXED', bad)
  return rows
}
