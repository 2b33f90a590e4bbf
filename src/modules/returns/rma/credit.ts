// Crediting a return: for what was accepted, at the price, tax and rate of the sale, less the restocking fee of the reason.
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { addDecimals, negateDecimal, signOfDecimal } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { creditReturns, type Returned } from '#receivables'
import { refuse } from '../refusals.ts'
import { rma } from './rma.ts'

type Accepted = {
  rma_id: string
  number: string
  reason: string
  reason_name: string
  received_by: string | null
  rma_line_id: string
  line: number
  waiting: string
  accepted: string
  quantity: string
  fee: string
  order_line_id: string | null
  customer_id: string
  currency: string
  tax_rounding: string
  item_id: string
  description: string
  kind: string
  unit: string
  price: string
  net: string
  tax_code: string
  tax_rate: string
  invoice_id: string | null
  corrects_line_id: string | null
  rate: string | null
}

/**
 * What was never invoiced is not credited; a return of nothing else is closed without a credit note. A credit note that
 * the matrix wants approved is written and waits; the return stays as it is, and crediting it again issues the note.
 */
export const credit = command(rma.verbs.credit, T.object({}), async (call) => {
  const lines = await accepted(call)
  for (const row of call.rows)
    check(
      call,
      row.number,
      lines.filter((line) => line.rma_id === row.id),
    )
  const returned = call.ids.flatMap((id): Returned[] => {
    const own = lines.filter((line) => line.rma_id === id && signOfDecimal(line.quantity) > 0)
    return own.length > 0 ? [creditOf(id, own)] : []
  })
  const notes = await creditReturns(call, returned)
  const waiting = new Set(notes.flatMap((note) => (note.number === null ? [note.rma_id] : [])))
  const done = call.ids.filter((id) => !waiting.has(id))
  await call.tx.run(
    sql`update returns.rma_line n set credited = n.accepted - n.unbilled where n.company_id = ${call.companyId} and n.rma_id = any(${done}::uuid[])`,
  )
  return {
    states: new Map(call.ids.map((id) => [id, waiting.has(id) ? 'received' : 'credited'])),
    result: { creditNotes: notes.map(({ rma_id, id, number }) => ({ id, number, return: rma_id })) },
  }
})

function check(call: Call<unknown>, number: string, lines: readonly Accepted[]): void {
  // Whoever took the goods in does not hand out the money for them, whatever his roles are.
  if (call.context.principal.kind === 'person' && lines.some((line) => line.received_by === call.actor))
    refuse('RECEIVER_CREDITS', { number })
  const waiting = lines.find((line) => signOfDecimal(line.waiting) > 0)
  if (waiting) refuse('RETURN_NOT_INSPECTED', { ...waiting, possible: waiting.waiting })
  if (!lines.some((line) => signOfDecimal(line.accepted) > 0)) refuse('RETURN_NOTHING_ACCEPTED', { number })
}

/** Every line of the returns with what it gives back: the difference of two rounded running shares of the sold line's net. */
function accepted(call: Call<unknown>): Promise<Accepted[]> {
  const { companyId } = call
  return call.tx.rows(sql<Accepted>`with line as materialized (
      select n.*, h.number, h.customer_id, h.received_by, r.code as reason, r.name as reason_name, r.restocking_percent, n.accepted - n.unbilled - n.credited as credit,
             sum(n.accepted - n.unbilled - n.credited) over (partition by n.order_line_id order by n.rma_id, n.line) as upto
        from ${call.set} s join returns.rma h on h.company_id = ${companyId} and h.id = s.id join returns.reason r on r.company_id = h.company_id and r.code = h.reason_code
        join returns.rma_line n on n.company_id = h.company_id and n.rma_id = h.id
    ), ordered as materialized (
      select l.* from sales.v_order_line l where l.company_id = ${companyId} and l.id = any((select array_agg(order_line_id) from line)::uuid[]) order by l.order_id, l.id for no key update
    ), priced as (
      select n.*, coalesce(o.currency, c.currency) as currency, coalesce(o.tax_rounding, b.tax_rounding) as tax_rounding, coalesce(l.kind, 'stock') as kind, y.digits, i.invoice_id, i.corrects_line_id, i.rate,
             case when l.id is null then round(n.price * n.credit, y.digits)
                  else round(l.net * (l.credited + n.upto) / l.ordered, y.digits) - round(l.net * (l.credited + n.upto - n.credit) / l.ordered, y.digits) end as net
        from line n join party.v_customer c on c.company_id = ${companyId} and c.id = n.customer_id join company.v_company b on b.id = ${companyId}
        left join ordered l on l.id = n.order_line_id left join sales.v_order o on o.company_id = ${companyId} and o.id = l.order_id
        join company.v_currency y on y.code = coalesce(o.currency, c.currency)
        left join lateral (select d.id as invoice_id, x.id as corrects_line_id, d.rate from receivables.v_invoice_line x join receivables.v_invoice d on d.company_id = x.company_id and d.id = x.invoice_id and d.kind = 'invoice' and d.state = 'issued'
             where x.company_id = ${companyId} and x.order_line_id = n.order_line_id order by d.open desc, d.id limit 1) i on true
    )
    select rma_id, number, reason, reason_name, received_by, id as rma_line_id, line, (received - restocked - quarantined - scrapped - rejected)::text as waiting, accepted::text, credit::text as quantity,
           round(net * restocking_percent / 100, digits)::text as fee, order_line_id, customer_id, currency, tax_rounding, item_id, description, kind, unit, price::text, net::text, tax_code, tax_rate::text, invoice_id, corrects_line_id, rate::text
      from priced order by rma_id, line`)
}

/** The credit note of one return: its lines, and for each tax code one line that keeps the fee. */
function creditOf(id: string, lines: readonly Accepted[]): Returned {
  const [first] = lines
  const fees = new Map<string, Accepted>()
  for (const line of lines) {
    const key = `${line.tax_code} ${line.tax_rate}`
    const before = fees.get(key)
    fees.set(key, before ? { ...before, fee: addDecimals(before.fee, line.fee) } : line)
  }
  const kept = [...fees.values()].filter((one) => signOfDecimal(one.fee) > 0)
  return {
    rma_id: id,
    corrects_id: first?.invoice_id ?? null,
    rate: first?.rate ?? null,
    reason: `${first?.number}: ${first?.reason_name}`,
    lines: [
      ...lines.map((line) => ({ ...line, order_id: null })),
      ...kept.map((one) => ({
        ...one,
        order_id: null,
        order_line_id: null,
        rma_line_id: null,
        corrects_line_id: null,
        item_id: null,
        kind: 'fee',
        description: `Restocking fee (${one.reason_name})`,
        quantity: '1',
        price: one.fee,
        net: negateDecimal(one.fee),
      })),
    ],
  }
}
