// What one business day asks of the ERP: plain data, every number as exact text, ready to become set-based commands.
import type { PaymentTerm } from './settle.ts'

/**
 * A receipt of goods without a sale behind it; synthesised (rules S01, S02). `quantity` in pieces, `unitCost` in pounds
 * per piece without tax.
 */
export interface PlannedReceipt {
  item: string
  quantity: string
  unitCost: string
}

/**
 * A line of an order. `sourceLine` is the row of the file, counted from 1 without the header; `sourceCode` is the
 * stock code as typed there. 'free' lines are of stock items at 0.00 and ship; 'service' lines do not ship.
 */
export interface PlannedOrderLine {
  sourceLine: number
  item: string
  sourceCode: string
  quantity: string
  unitPrice: string
  kind: 'stock' | 'service' | 'free'
}

/** A source invoice as an order: confirmed, shipped whole, invoiced on `date`. Its number is the customer reference. */
export interface PlannedOrder {
  sourceInvoice: string
  customer: string
  country: string
  date: string
  /** The wall-clock time of the first line, 'YYYY-MM-DD HH:MM:SS'. */
  moment: string
  tax: TaxCode
  lines: PlannedOrderLine[]
}

/** A manual debit (price above zero) or credit (below zero) on the customer account; no goods (rule R14). */
export interface PlannedJournal {
  sourceInvoice: string
  sourceLine: number
  customer: string
  date: string
  item: string
  sourceCode: string
  quantity: string
  unitPrice: string
  text: string
}

/** A part of a cancellation line that undoes the earlier sale line `sourceLine` of `sourceInvoice`. */
export interface PlannedLink {
  sourceInvoice: string
  sourceLine: number
  quantity: string
}

/**
 * A line that comes back: `quantity` is positive and is the sum of the linked parts and of `unlinkedQuantity`, which is
 * a return without an earlier sale ('0' when there is none). The whole quantity is credited at `unitPrice`.
 */
export interface PlannedCreditLine {
  sourceLine: number
  item: string
  sourceCode: string
  quantity: string
  unitPrice: string
  kind: 'stock' | 'service'
  links: PlannedLink[]
  unlinkedQuantity: string
}

/** A cancellation: return, receipt of the stock lines, credit note on `date`, set against `setAgainst` in order. */
export interface PlannedCancellation {
  sourceInvoice: string
  customer: string
  country: string
  date: string
  moment: string
  tax: TaxCode
  lines: PlannedCreditLine[]
  /** Source invoices, still open, that the credit note settles as far as they and it reach (rule S06). */
  setAgainst: string[]
}

/** A stock adjustment; `quantity` is signed. `remark` is the clerk's description, '' when there was none. */
export interface PlannedAdjustment {
  sourceInvoice: string
  sourceLine: number
  date: string
  item: string
  sourceCode: string
  quantity: string
  remark: string
}

/** The customer pays the whole open amount of an invoice; nothing when nothing is open. Synthesised (rule S05). */
export interface PlannedPayment {
  sourceInvoice: string
  customer: string
  term: PaymentTerm
}

/** 'standard' is the standard rate of the day, 'zero' is zero-rated (rule S04). */
export type TaxCode = 'standard' | 'zero'

/**
 * One day. A runner works through the lists in the order in which they stand here; within a list the order is free,
 * except that all negative adjustments may come first. Then no item is ever short.
 */
export interface PlanDay {
  index: number
  date: string
  month: string
  receipts: PlannedReceipt[]
  orders: PlannedOrder[]
  journals: PlannedJournal[]
  cancellations: PlannedCancellation[]
  adjustments: PlannedAdjustment[]
  payments: PlannedPayment[]
}
