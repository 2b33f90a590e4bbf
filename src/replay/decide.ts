// Decides for every line what it becomes in the ERP, by the stated rules, and counts what each rule touched.
import type { Masters } from './masters.ts'
import { ReplayRefusal } from './refusal.ts'
import { RuleTally } from './rules.ts'
import { at, PRICE_SCALE, priceOf, quantityOf, type SourceTable, textAt } from './source.ts'

/** What a line becomes. Every line gets exactly one; a line for which no rule speaks refuses the whole file. */
export const OUTCOMES = ['sale', 'service', 'free', 'adjustment', 'journal', 'credit'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** The outcome of each row, and the rules that led there. */
export interface Decisions {
  outcomeOf: (row: number) => Outcome
  /** How many lines became what; the sum is every line of the file. */
  outcomes: Readonly<Record<Outcome, number>>
  tally: RuleTally
}

/**
 * Decides all lines. Refuses with REPLAY_INVOICE_INCONSISTENT (an invoice of two customers, countries or days) and with
 * REPLAY_LINES_UNDECIDED, naming up to ten rows, when a line fits no rule; nothing is skipped.
 */
export function decideLines(table: SourceTable, masters: Masters): Decisions {
  const outcomes = new Uint8Array(table.rows)
  const tally = new RuleTally()
  const counts: Record<Outcome, number> = { sale: 0, service: 0, free: 0, adjustment: 0, journal: 0, credit: 0 }
  const undecided: number[] = []
  for (let invoice = 0; invoice < table.invoices.length; invoice += 1) {
    const rows = table.rowsOf(invoice)
    checkInvoice(table, invoice, rows)
    const context = { number: textAt(table.invoices, invoice), priced: hasPrice(table, rows) }
    for (const row of rows) {
      const outcome = decideLine(table, masters, row, context)
      if (outcome === null) {
        undecided.push(row)
      } else {
        outcomes[row] = OUTCOMES.indexOf(outcome)
        counts[outcome] += 1
        tallyLine(table, masters, tally, row, outcome)
      }
    }
    tallyInvoice(table, masters, tally, rows)
  }
  if (undecided.length > 0) {
    throw undecidedLines(table, undecided)
  }
  return { outcomeOf: (row) => OUTCOMES[at(outcomes, row)] ?? 'sale', outcomes: counts, tally }
}

/** Whether an invoice number is that of a cancellation. */
export function isCancellation(invoiceNumber: string): boolean {
  return invoiceNumber.startsWith('C')
}

interface InvoiceContext {
  number: string
  /** Whether any line of the invoice has a price. */
  priced: boolean
}

function decideLine(table: SourceTable, masters: Masters, row: number, invoice: InvoiceContext): Outcome | null {
  const quantity = quantityOf(table, row)
  const price = priceOf(table, row)
  if (isCancellation(invoice.number)) {
    return quantity < 0n && price >= 0n ? 'credit' : null
  }
  const item = masters.itemOf(row)
  const anonymous = isAnonymous(table, row)
  if (quantity < 0n) {
    return price === 0n && anonymous && !masters.isService(item) ? 'adjustment' : null
  }
  if (quantity === 0n) {
    return null
  }
  if (price < 0n || invoice.number.startsWith('A')) {
    return 'journal'
  }
  if (masters.isService(item)) {
    return 'service'
  }
  if (price > 0n) {
    return 'sale'
  }
  const named = masters.isCatalogueName(item, descriptionOf(table, row))
  return anonymous && !invoice.priced && !named ? 'adjustment' : 'free'
}

function tallyLine(table: SourceTable, masters: Masters, tally: RuleTally, row: number, outcome: Outcome): void {
  const invoice = at(table.invoice, row)
  const price = priceOf(table, row)
  const item = masters.items[masters.itemOf(row)]
  const description = descriptionOf(table, row)
  if (outcome === 'sale') {
    tally.touch('R01', invoice)
  }
  if (outcome === 'free') {
    tally.touch('R10', invoice)
  }
  if (outcome === 'journal') {
    tally.touch('R14', invoice)
  }
  if (outcome === 'adjustment') {
    tally.touch(quantityOf(table, row) < 0n ? 'R08' : 'R09', invoice)
  } else if (isAnonymous(table, row)) {
    tally.touch('R06', invoice)
  }
  if (item?.kind === 'service' && outcome !== 'journal') {
    tally.touch('R11', invoice)
    if (outcome === 'service' && price === 0n) {
      tally.touch('R12', invoice)
    }
    if (outcome === 'credit') {
      tally.touch('R21', invoice)
    }
  }
  if (item && item.code !== textAt(table.codes, at(table.code, row))) {
    tally.touch('R03', invoice)
  }
  if (!masters.hasCatalogueName(masters.itemOf(row))) {
    tally.touch('R05', invoice)
  } else if (item && description !== '' && description !== item.description) {
    tally.touch('R04', invoice)
  }
  if (price % CENT !== 0n) {
    tally.touch('R13', invoice)
  }
}

function tallyInvoice(table: SourceTable, masters: Masters, tally: RuleTally, rows: Uint32Array): void {
  const first = at(rows, 0)
  const invoice = at(table.invoice, first)
  const abroad = masters.homeCountryOf(first) !== textAt(table.countries, at(table.country, first))
  const seen = new Set<string>()
  for (const row of rows) {
    const line = lineKey(table, row)
    if (seen.has(line)) {
      tally.touch('R02', invoice)
    }
    seen.add(line)
  }
  const apart = at(rows, rows.length - 1) - first + 1 !== rows.length
  for (const row of rows) {
    if (at(table.moment, row) !== at(table.moment, first)) {
      tally.touch('R15', invoice)
    }
    if (abroad) {
      tally.touch('R07', invoice)
    }
    if (apart) {
      tally.touch('R16', invoice)
    }
  }
}

/** A text that two lines of one invoice share when they are equal in every column. */
export function lineKey(table: SourceTable, row: number): string {
  const { code, description, quantity, moment, price } = table
  return [code, description, quantity, moment, price].map((column) => at(column, row)).join(' ')
}

/** The description of a row without the spaces around it; '' when blank. */
export function descriptionOf(table: SourceTable, row: number): string {
  return textAt(table.descriptions, at(table.description, row)).trim()
}

/** Whether a row names no customer. */
export function isAnonymous(table: SourceTable, row: number): boolean {
  return textAt(table.customers, at(table.customer, row)) === ''
}

const CENT = 10n ** BigInt(PRICE_SCALE - 2)

function hasPrice(table: SourceTable, rows: Uint32Array): boolean {
  return rows.some((row) => priceOf(table, row) !== 0n)
}

function checkInvoice(table: SourceTable, invoice: number, rows: Uint32Array): void {
  const first = at(rows, 0)
  const day = dayOf(table, first)
  for (const row of rows) {
    const same =
      at(table.customer, row) === at(table.customer, first) &&
      at(table.country, row) === at(table.country, first) &&
      dayOf(table, row) === day
    if (!same) {
      throw new ReplayRefusal(
        'REPLAY_INVOICE_INCONSISTENT',
        `Invoice ${textAt(table.invoices, invoice)} changes its customer, country or day at row ${row + 1}. ` +
          'Correct that row, or give the lines another invoice number.',
        { invoice: textAt(table.invoices, invoice), row: row + 1 },
      )
    }
  }
}

/** The 'YYYY-MM-DD' of a row. */
export function dayOf(table: SourceTable, row: number): string {
  return textAt(table.moments, at(table.moment, row)).slice(0, 10)
}

function undecidedLines(table: SourceTable, rows: readonly number[]): ReplayRefusal {
  const named = rows.slice(0, 10).map((row) => `${row + 1} (${textAt(table.invoices, at(table.invoice, row))})`)
  return new ReplayRefusal(
    'REPLAY_LINES_UNDECIDED',
    `No rule decides ${rows.length} line(s): row ${named.join(', ')}. A cancellation needs a negative quantity, ` +
      'another invoice a positive one, or a negative one at price zero without a customer. ' +
      'Correct the rows, or state a rule for them.',
    { lines: rows.length, firstRow: (rows[0] ?? 0) + 1 },
  )
}
