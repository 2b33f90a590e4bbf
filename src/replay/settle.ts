// Makes up how invoices are paid and credit notes settled (rules S05 and S06).
import { addDays } from './calendar.ts'
import { type Decisions, isAnonymous, isCancellation } from './decide.ts'
import type { SaleLinks } from './link.ts'
import { at, priceOf, quantityOf, type SourceTable, textAt } from './source.ts'
import type { BusinessDay } from './stock.ts'

/** By which part of rule S05 an invoice is paid. */
export type PaymentTerm = 'cash' | '30 days' | '60 days'

/** The whole open amount of an invoice (by its index) is paid on the day under which it stands. */
export interface SettledInvoice {
  invoice: number
  term: PaymentTerm
}

/** Payments by day, and for each credit note (by its invoice index) the open invoices it is set against, in order. */
export interface Settlement {
  payments: ReadonlyMap<string, readonly SettledInvoice[]>
  setAgainst: ReadonlyMap<number, readonly number[]>
  /** Invoices with a value that are never paid, because they are the 50th or because the file ends first. */
  leftOpen: number
}

const NEVER_PAID_EVERY = 50
const LATE_EVERY = 20

/**
 * Goes through the days in order: new invoices open, credit notes close what they are linked to, payments close the
 * rest. Amounts are followed net of tax and exactly; an invoice that credits have closed gets no payment.
 */
export function planSettlement(
  table: SourceTable,
  decisions: Decisions,
  links: SaleLinks,
  days: readonly BusinessDay[],
): Settlement {
  const dates = days.map((day) => day.date)
  const due = new Map<string, SettledInvoice[]>()
  const payments = new Map<string, SettledInvoice[]>()
  const setAgainst = new Map<number, readonly number[]>()
  const open = new Map<number, bigint>()
  let named = 0
  for (const day of days) {
    const invoices = [...new Set(day.rows.map((row) => at(table.invoice, row)))]
    for (const invoice of invoices) {
      const value = orderValue(table, decisions, invoice)
      if (value === 0n) {
        continue
      }
      open.set(invoice, value)
      const anonymous = isAnonymous(table, at(table.rowsOf(invoice), 0))
      named += anonymous ? 0 : 1
      const term = anonymous ? 'cash' : termOf(named)
      const payDay = term === null ? null : payDayOf(dates, day.date, term)
      if (term !== null && payDay !== null) {
        append(due, payDay, { invoice, term })
      }
    }
    for (const invoice of invoices) {
      if (isCancellation(textAt(table.invoices, invoice))) {
        setAgainst.set(invoice, applyCredit(table, links, open, invoice))
      }
    }
    for (const payment of due.get(day.date) ?? []) {
      if (open.delete(payment.invoice)) {
        append(payments, day.date, payment)
      }
    }
  }
  return { payments, setAgainst, leftOpen: open.size }
}

/** The net value of the order lines of an invoice; zero for cancellations, adjustments and manual entries. */
function orderValue(table: SourceTable, decisions: Decisions, invoice: number): bigint {
  let value = 0n
  for (const row of table.rowsOf(invoice)) {
    const outcome = decisions.outcomeOf(row)
    if (outcome === 'sale' || outcome === 'service') {
      value += quantityOf(table, row) * priceOf(table, row)
    }
  }
  return value
}

function termOf(sequence: number): PaymentTerm | null {
  if (sequence % NEVER_PAID_EVERY === 0) {
    return null
  }
  return sequence % LATE_EVERY === 0 ? '60 days' : '30 days'
}

function payDayOf(dates: readonly string[], invoiced: string, term: PaymentTerm): string | null {
  if (term === 'cash') {
    return invoiced
  }
  const dueDay = addDays(invoiced, term === '30 days' ? 30 : 60)
  return dates.find((date) => date >= dueDay) ?? null
}

function applyCredit(table: SourceTable, links: SaleLinks, open: Map<number, bigint>, creditNote: number): number[] {
  const linked = new Set<number>()
  let credit = 0n
  for (const row of table.rowsOf(creditNote)) {
    credit -= quantityOf(table, row) * priceOf(table, row)
    for (const link of links.get(row) ?? []) {
      linked.add(at(table.invoice, link.row))
    }
  }
  const against: number[] = []
  for (const invoice of linked) {
    const owed = open.get(invoice)
    if (owed === undefined || credit <= 0n) {
      continue
    }
    against.push(invoice)
    if (credit >= owed) {
      open.delete(invoice)
      credit -= owed
    } else {
      open.set(invoice, owed - credit)
      credit = 0n
    }
  }
  return against
}

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key)
  if (list) {
    list.push(value)
  } else {
    lists.set(key, [value])
  }
}
