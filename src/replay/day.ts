// Writes the events of one day from the decided lines; only the days at work exist as objects.
import { type Decisions, descriptionOf, isCancellation } from './decide.ts'
import type {
  PlanDay,
  PlannedCancellation,
  PlannedCreditLine,
  PlannedOrder,
  PlannedReceipt,
  TaxCode,
} from './events.ts'
import type { SaleLinks } from './link.ts'
import { type Masters, priceText } from './masters.ts'
import type { Settlement } from './settle.ts'
import { at, quantityOf, type SourceTable, textAt } from './source.ts'
import type { BusinessDay, StockReceipt } from './stock.ts'

/** What has been decided about the whole file before a day can be written. */
export interface Decided {
  table: SourceTable
  masters: Masters
  decisions: Decisions
  links: SaleLinks
  days: readonly BusinessDay[]
  /** Receipts by month; the first month's are the opening stock. */
  receipts: ReadonlyMap<string, readonly StockReceipt[]>
  settlement: Settlement
}

const TAXED_COUNTRIES = new Set(['United Kingdom', 'Unspecified'])

/** Writes days by their place in the plan: 0 is the opening day, n is the n-th business day. */
export class DayWriter {
  private readonly decided: Decided
  private readonly priceTexts: readonly string[]

  constructor(decided: Decided) {
    this.decided = decided
    this.priceTexts = decided.table.prices.map(priceText)
  }

  /** The events of the day at `index`; `date` is its date. Throws RangeError beyond the last day. */
  day(index: number, date: string): PlanDay {
    const { days, receipts } = this.decided
    const month = date.slice(0, 7)
    const plan: PlanDay = {
      index,
      date,
      month,
      receipts: [],
      orders: [],
      journals: [],
      cancellations: [],
      adjustments: [],
      payments: [],
    }
    if (index === 0) {
      plan.receipts = this.receiptsOf(receipts.get(days[0]?.month ?? '') ?? [])
      return plan
    }
    const day = days[index - 1]
    if (!day) {
      throw new RangeError(`the plan has no day ${index}`)
    }
    const firstOfLaterMonth = index > 1 && days[index - 2]?.month !== month
    if (firstOfLaterMonth) {
      plan.receipts = this.receiptsOf(receipts.get(month) ?? [])
    }
    const invoices = new Set(day.rows.map((row) => at(this.decided.table.invoice, row)))
    for (const invoice of invoices) {
      this.addInvoice(plan, invoice)
    }
    plan.payments = this.paymentsOf(date)
    return plan
  }

  private addInvoice(plan: PlanDay, invoice: number): void {
    const { table, decisions } = this.decided
    if (isCancellation(textAt(table.invoices, invoice))) {
      plan.cancellations.push(this.cancellation(plan.date, invoice))
      return
    }
    const order = { ...this.header(plan.date, invoice), lines: [] } satisfies PlannedOrder
    const lines: PlannedOrder['lines'] = order.lines
    for (const row of table.rowsOf(invoice)) {
      const outcome = decisions.outcomeOf(row)
      const line = this.line(row)
      const { sourceInvoice, customer, date } = order
      if (outcome === 'adjustment') {
        const { sourceLine, item, sourceCode, quantity } = line
        const remark = descriptionOf(table, row)
        plan.adjustments.push({ sourceInvoice, sourceLine, date, item, sourceCode, quantity, remark })
      } else if (outcome === 'journal') {
        plan.journals.push({ sourceInvoice, customer, date, ...line, text: descriptionOf(table, row) })
      } else {
        lines.push({ ...line, kind: outcome === 'sale' || outcome === 'credit' ? 'stock' : outcome })
      }
    }
    if (lines.length > 0) {
      plan.orders.push({ ...order, lines })
    }
  }

  private cancellation(date: string, invoice: number): PlannedCancellation {
    const { table, settlement } = this.decided
    const lines = [...table.rowsOf(invoice)].map((row) => this.creditLine(row))
    const setAgainst = (settlement.setAgainst.get(invoice) ?? []).map((index) => textAt(table.invoices, index))
    return { ...this.header(date, invoice), lines, setAgainst }
  }

  private creditLine(row: number): PlannedCreditLine {
    const { table, masters, links } = this.decided
    const returned = -quantityOf(table, row)
    const parts = links.get(row) ?? []
    const linked = parts.reduce((sum, part) => sum + part.quantity, 0n)
    return {
      ...this.line(row),
      quantity: String(returned),
      kind: masters.isService(masters.itemOf(row)) ? 'service' : 'stock',
      links: parts.map((part) => ({
        sourceInvoice: textAt(table.invoices, at(table.invoice, part.row)),
        sourceLine: part.row + 1,
        quantity: String(part.quantity),
      })),
      unlinkedQuantity: String(returned - linked),
    }
  }

  private header(date: string, invoice: number): Omit<PlannedOrder, 'lines'> {
    const { table, masters } = this.decided
    const first = at(table.rowsOf(invoice), 0)
    const country = textAt(table.countries, at(table.country, first))
    const tax: TaxCode = TAXED_COUNTRIES.has(country) ? 'standard' : 'zero'
    return {
      sourceInvoice: textAt(table.invoices, invoice),
      customer: masters.customerKeyOf(first),
      country,
      date,
      moment: textAt(table.moments, at(table.moment, first)),
      tax,
    }
  }

  private line(row: number): {
    sourceLine: number
    item: string
    sourceCode: string
    quantity: string
    unitPrice: string
  } {
    const { table, masters } = this.decided
    return {
      sourceLine: row + 1,
      item: masters.items[masters.itemOf(row)]?.code ?? '',
      sourceCode: textAt(table.codes, at(table.code, row)),
      quantity: String(quantityOf(table, row)),
      unitPrice: textAt(this.priceTexts, at(table.price, row)),
    }
  }

  private receiptsOf(receipts: readonly StockReceipt[]): PlannedReceipt[] {
    const { items } = this.decided.masters
    return receipts.map(({ item, quantity }) => ({
      item: items[item]?.code ?? '',
      quantity: String(quantity),
      unitCost: items[item]?.cost ?? '',
    }))
  }

  private paymentsOf(date: string): PlanDay['payments'] {
    const { table, masters, settlement } = this.decided
    return (settlement.payments.get(date) ?? []).map(({ invoice, term }) => ({
      sourceInvoice: textAt(table.invoices, invoice),
      customer: masters.customerKeyOf(at(table.rowsOf(invoice), 0)),
      term,
    }))
  }
}
