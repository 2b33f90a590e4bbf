// What the ERP recorded in a month, read back from its own documents and tied to the lines of the source.
import { type Sql, sql, transaction } from '#kernel/db'
import { addDecimals, negateDecimal } from '#kernel/decimal'
import { ReplayRefusal } from '../refusal.ts'
import type { PostedValues } from '../report.ts'
import type { RecordedLine } from '../totals.ts'
import type { Desk } from './desk.ts'
import { sourceOf } from './remark.ts'
import { returnPartsOf } from './return-parts.ts'
import type { Survey } from './survey.ts'

/** The lines of a month and what they came to in cents. */
export type Recorded = { lines: readonly RecordedLine[]; posted: PostedValues }

type Row = {
  /** The source invoice: the customer's reference of an order, the note of a return, the head of a remark. */
  invoice: string
  line: number
  code: string
  customer: string | null
  quantity: string
  price: string
  net: string
}

/**
 * Reads a month ('YYYY-MM') back: invoice lines with the order lines they bill, credit note lines with the return lines
 * they credit, stock adjustments, and entries by hand. Quantities and prices are those of invoices and credit notes. A
 * line of an order is tied to its source line by its place in the order; adjustments and entries name theirs; a return
 * line names it too. Refuses REPLAY_RECORD_UNKNOWN for a document that the plan does not know.
 */
export async function readMonth(desk: Desk, survey: Survey, month: string): Promise<Recorded> {
  const { companyId } = desk
  const first = `${month}-01`
  const until = sql`(${first}::date + interval '1 month')::date`
  const [invoiced, credited, adjusted, entered] = await transaction(
    desk.kernel.pool,
    { companies: [companyId] },
    async (tx) =>
      [
        await tx.rows(invoiceLines(companyId, sql`i.issued_on >= ${first}::date and i.issued_on < ${until}`)),
        await tx.rows(creditLines(companyId, sql`i.issued_on >= ${first}::date and i.issued_on < ${until}`)),
        await tx.rows(adjustments(companyId, sql`a.posting_date >= ${first}::date and a.posting_date < ${until}`)),
        await tx.rows(entries(companyId, sql`e.posting_date >= ${first}::date and e.posting_date < ${until}`)),
      ] as const,
    { snapshot: true },
  )
  const lines = [
    ...invoiced.map((row) => sale(row, sourceLineOf(survey, row), month)),
    ...credited.map((row) => credit(survey, row, month)),
    ...adjusted.map((row) => ({ ...named(row, month), customer: null, unitPrice: '0' })),
    ...entered.map((row) => named(row, month)),
  ]
  const sales = [...invoiced, ...entered].reduce((sum, row) => addDecimals(sum, row.net), '0')
  const cancellations = negateDecimal(credited.reduce((sum, row) => addDecimals(sum, row.net), '0'))
  return { lines, posted: { sales, cancellations } }
}

const invoiceLines = (companyId: number, within: Sql) => sql<Row>`
  select o.customer_reference as invoice, l.line, l.requested_code as code, c.code as customer, n.quantity::text, n.price::text, n.net::text
    from receivables.invoice i
    join receivables.invoice_line n on n.company_id = i.company_id and n.invoice_id = i.id
    join sales.order_line l on l.company_id = n.company_id and l.id = n.order_line_id
    join sales.v_order o on o.company_id = l.company_id and o.id = l.order_id
    join party.v_customer c on c.company_id = i.company_id and c.id = i.customer_id
   where i.company_id = ${companyId} and i.kind = 'invoice' and i.state = 'issued' and o.channel = 'replay' and ${within}`

const creditLines = (companyId: number, within: Sql) => sql<Row>`
  select coalesce(h.note, i.reason) as invoice, coalesce(r.line, 0) as line, t.code, c.code as customer, n.quantity::text, n.price::text, n.net::text
    from receivables.invoice i
    join receivables.invoice_line n on n.company_id = i.company_id and n.invoice_id = i.id
    left join returns.rma_line r on r.company_id = n.company_id and r.id = n.rma_line_id
    left join returns.rma h on h.company_id = r.company_id and h.id = r.rma_id
    left join catalog.item t on t.id = n.item_id
    join party.v_customer c on c.company_id = i.company_id and c.id = i.customer_id
   where i.company_id = ${companyId} and i.kind = 'credit-note' and i.state = 'issued' and ${within}`

const adjustments = (companyId: number, within: Sql) => sql<Row>`
  select a.remark as invoice, 0 as line, '' as code, null as customer, n.quantity::text, '0' as price, '0' as net
    from inventory.adjustment a join inventory.adjustment_line n on n.company_id = a.company_id and n.adjustment_id = a.id
   where a.company_id = ${companyId} and a.state = 'posted' and ${within}`

/** An entry by hand is worth what stands on the allowance account, whose line names the customer. */
const entries = (companyId: number, within: Sql) => sql<Row>`
  select e.description as invoice, 0 as line, '' as code, c.code as customer, '1' as quantity, (l.debit - l.credit)::text as price, (l.debit - l.credit)::text as net
    from ledger.entry e join ledger.journal_line l on l.company_id = e.company_id and l.entry_id = e.id and l.posting_date = e.posting_date and l.account = '1110'
    join party.v_customer c on c.company_id = e.company_id and c.id = l.party_id
   where e.company_id = ${companyId} and e.source = 'ledger.entry' and ${within}`

function sale(row: Row, sourceLine: number, month: string): RecordedLine {
  const { invoice: sourceInvoice, code, customer, quantity, price: unitPrice } = row
  return { month, sourceLine, sourceInvoice, cancellation: false, customer, code, quantity, unitPrice }
}

function sourceLineOf(survey: Survey, { invoice, line }: Row): number {
  return survey.sold.get(invoice)?.lines[line - 1] ?? unknown(`line ${line} of order ${invoice}`)
}

/**
 * The credit of goods is a line of a return, whose place in it says which line of the source it is a part of; that of a
 * service has a text. The code as it was typed is not kept on a return: it is the source's, if it means the same item.
 */
function credit(survey: Survey, row: Row, month: string): RecordedLine {
  const quantity = negateDecimal(row.quantity)
  if (row.line === 0) return { ...named(row, month), cancellation: true, quantity }
  const planned = survey.cancelled.get(row.invoice) ?? unknown(`the return ${row.invoice}`)
  const { line } = returnPartsOf(survey, planned)[row.line - 1] ?? unknown(`line ${row.line} of return ${row.invoice}`)
  const code = line.item === row.code ? line.sourceCode : row.code
  return { ...sale({ ...row, code }, line.sourceLine, month), cancellation: true, quantity }
}

/** A line whose text says where it came from. */
function named(row: Row, month: string): RecordedLine {
  const source = sourceOf(row.invoice) ?? unknown(row.invoice)
  return sale({ ...row, invoice: source.invoice, code: source.code }, source.line, month)
}

function unknown(what: string): never {
  throw new ReplayRefusal(
    'REPLAY_RECORD_UNKNOWN',
    `The company holds ${what}, which the plan does not know: somebody else has worked in it. Replay into an empty database.`,
    { what },
  )
}
