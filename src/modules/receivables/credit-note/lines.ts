// What of an invoice is to be credited: whole quantities at their price, or money for a claim, never more than was billed.
import type { Static } from '@sinclair/typebox'
import type { Call } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import type { Corrects, InvoiceLine } from '../invoice/write.ts'
import { refuse } from '../refusals.ts'

/**
 * Without lines, everything of the invoice that is not credited yet. A line with a `price` is a claim: so much for each
 * base unit is given back, and the quantity stays billed. Quantities are in base units. `reinvoice` lets them be billed again.
 */
export const CreditInput = T.object({
  lines: T.optional(
    T.list(
      T.object({
        line: T.idOf('receivables.invoice-line'),
        quantity: T.optional(T.quantity()),
        price: T.optional(T.price()),
      }),
      2000,
    ),
  ),
  reinvoice: T.optional(T.boolean()),
})
export type Wanted = Static<typeof CreditInput> & { id: string; invoice: string }

type Row = InvoiceLine & {
  number: string
  rate: string
  document: string
  wrong: 'quantity' | 'net' | 'claim' | null
  line: number
  possible: string
  wanted: string
}

/** The lines of these credit notes, and what each corrects. The invoices are locked by the caller. */
export async function creditLines(
  call: Pick<Call<unknown>, 'tx' | 'companyId' | 'reason'>,
  wanted: readonly Wanted[],
): Promise<{ lines: readonly InvoiceLine[]; corrects: readonly Corrects[] }> {
  const rows = await read(call, wanted)
  for (const one of wanted) {
    const found = rows.filter((row) => row.invoice_id === one.id)
    const lost = one.lines?.find((part) => !found.some((row) => row.corrects_line_id === part.line))
    if (lost || found.length === 0)
      refuse('CREDIT_LINE_UNKNOWN', { number: found[0]?.number ?? one.invoice, id: lost?.line ?? 'left to credit' })
  }
  const bad = rows.find((row) => row.wrong !== null)
  if (bad?.wrong === 'claim') refuse('CREDIT_WITHOUT_QUANTITY', bad)
  if (bad) refuse('CREDIT_TOO_LARGE', bad)
  const corrects = wanted.map((one) => ({
    id: one.id,
    corrects_id: one.invoice,
    rma_id: null,
    rate: rows.find((row) => row.invoice_id === one.id)?.rate ?? null,
    reason: call.reason ?? null,
    reinvoice: one.reinvoice ?? false,
  }))
  return { lines: rows, corrects }
}

/** Each wanted line with what is left of it. A quantity's net is the difference of two rounded running shares, so that all of them add up to the line. */
function read(call: Pick<Call<unknown>, 'tx' | 'companyId'>, wanted: readonly Wanted[]): Promise<Row[]> {
  const { companyId } = call
  const heads = relation(
    { id: 'uuid', invoice_id: 'uuid', every: 'boolean', reinvoice: 'boolean' },
    wanted.map((one) => ({
      id: one.id,
      invoice_id: one.invoice,
      every: one.lines === undefined,
      reinvoice: one.reinvoice ?? false,
    })),
  )
  const parts = relation(
    { id: 'uuid', line_id: 'uuid', quantity: 'numeric', price: 'numeric' },
    wanted.flatMap((one) => (one.lines ?? []).map((part) => ({ ...part, id: one.id, line_id: part.line }))),
  )
  return call.tx.rows(sql<Row>`with asked as materialized (
      select h.id as note_id, h.reinvoice, i.customer_id, i.currency, i.tax_rounding, i.rate, i.number, y.digits, n.*, n.id as line_id, w.quantity as asked, w.price as claim, done.quantity as done, done.net as done_net, coalesce(t.base_unit, n.unit) as base_unit
        from ${heads} h join receivables.invoice i on i.company_id = ${companyId} and i.id = h.invoice_id join company.v_currency y on y.code = i.currency
        join receivables.invoice_line n on n.company_id = i.company_id and n.invoice_id = i.id
        left join ${parts} w on w.id = h.id and w.line_id = n.id left join catalog.v_item t on t.id = n.item_id
        cross join lateral (
          select coalesce(sum(c.quantity) filter (where not c.money_only), 0) as quantity, coalesce(sum(c.net), 0) as net from receivables.invoice_line c
            join receivables.invoice d on d.company_id = c.company_id and d.id = c.invoice_id and d.state <> 'cancelled'
           where c.company_id = ${companyId} and c.corrects_line_id = n.id
        ) done
       where h.every or w.line_id is not null
    ), sized as (
      select *, coalesce(asked, case when claim is null then quantity - done else quantity end) as take from asked
    ), priced as (
      select *, case when claim is not null then round(claim * take, digits)
                     else least(round(net * (done + take) / quantity, digits) - round(net * done / quantity, digits), net - done_net) end as take_net from sized
    )
    select note_id as invoice_id, null as order_id, order_line_id, line_id as corrects_line_id, customer_id, currency, tax_rounding, item_id, description, kind, case when claim is null then unit else base_unit end as unit, take::text as quantity,
           coalesce(claim, price)::text as price, take_net::text as net, tax_code, tax_rate::text, '0' as cost, claim is not null as money_only, rate::text, number, line,
           case when claim is not null and reinvoice then 'claim' when claim is null and done + take > quantity then 'quantity' when claim is not null and take > quantity then 'quantity'
                when take <= 0 or take_net > net - done_net then 'net' end as wrong,
           case when claim is null and done + take > quantity then quantity - done else net - done_net end::text as possible, case when claim is null then take else take_net end::text as wanted
      from priced where asked is not null or take > 0 order by note_id, line`)
}
