// The control totals by month: added up exactly from what was recorded, compared with the control file digit by digit.
import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { decimalText, isDecimal, parseDecimal, powerOfTen } from '#kernel/decimal'
import type { PlanDay } from './events.ts'
import { isCashKey } from './masters.ts'
import { ReplayRefusal } from './refusal.ts'

/** The measures of the control file, in its order and under its names; values are pounds without tax, unrounded. */
export const MEASURES = [
  'lines',
  'invoices',
  'cancel_invoices',
  'qty_noncancel',
  'value_noncancel',
  'qty_cancel',
  'value_cancel',
  'customers',
  'stockcodes',
] as const
export type Measure = (typeof MEASURES)[number]

/** The measures of one month as decimal text in its shortest form. */
export type MonthFigures = Readonly<Record<Measure, string>>

/** The figures of each month ('YYYY-MM'), ascending. */
export type Totals = ReadonlyMap<string, MonthFigures>

/**
 * One source line as the ERP recorded it. `quantity` is signed as in the file: negative for a cancellation and for a
 * write-off. `customer` is the key of the document's customer; cash accounts are not counted. `code` is the stock code
 * as it was typed. A line that was split over several document lines is recorded once for each part.
 */
export interface RecordedLine {
  month: string
  sourceLine: number
  sourceInvoice: string
  cancellation: boolean
  customer: string | null
  code: string
  quantity: string
  unitPrice: string
}

interface MonthSums {
  lines: Set<number>
  invoices: Set<string>
  cancellations: Set<string>
  customers: Set<string>
  codes: Set<string>
  quantity: Record<'sale' | 'cancel', Sum>
  value: Record<'sale' | 'cancel', Sum>
}

/** Adds up recorded lines month by month; parts of one source line count as one line. */
export class TotalsAccumulator {
  private readonly months = new Map<string, MonthSums>()

  record(line: RecordedLine): void {
    const month = this.monthSums(line.month)
    month.lines.add(line.sourceLine)
    month.codes.add(line.code)
    if (line.cancellation) {
      month.cancellations.add(line.sourceInvoice)
    } else {
      month.invoices.add(line.sourceInvoice)
    }
    if (line.customer !== null && !isCashKey(line.customer)) {
      month.customers.add(line.customer)
    }
    const side = line.cancellation ? 'cancel' : 'sale'
    const quantity = parseDecimal(line.quantity)
    const price = parseDecimal(line.unitPrice)
    month.quantity[side].add(quantity.units, quantity.scale)
    month.value[side].add(quantity.units * price.units, quantity.scale + price.scale)
  }

  /** Records every line that the events of a planned day carry. */
  recordDay(day: PlanDay): void {
    for (const line of linesOfDay(day)) {
      this.record(line)
    }
  }

  /** The figures so far, months ascending. */
  totals(): Totals {
    const sorted = [...this.months].sort(([left], [right]) => (left < right ? -1 : 1))
    return new Map(sorted.map(([month, sums]) => [month, toFigures(sums)]))
  }

  private monthSums(month: string): MonthSums {
    const known = this.months.get(month)
    if (known) {
      return known
    }
    const fresh: MonthSums = {
      lines: new Set(),
      invoices: new Set(),
      cancellations: new Set(),
      customers: new Set(),
      codes: new Set(),
      quantity: { sale: new Sum(), cancel: new Sum() },
      value: { sale: new Sum(), cancel: new Sum() },
    }
    this.months.set(month, fresh)
    return fresh
  }
}

/** Every source line that the events of a day carry, as the totals count it. */
export function* linesOfDay(day: PlanDay): Generator<RecordedLine> {
  const { month } = day
  for (const { sourceInvoice, customer, lines } of day.orders) {
    for (const { sourceLine, sourceCode: code, quantity, unitPrice } of lines) {
      yield { month, sourceLine, sourceInvoice, cancellation: false, customer, code, quantity, unitPrice }
    }
  }
  for (const { sourceLine, sourceInvoice, customer, sourceCode: code, quantity, unitPrice } of day.journals) {
    yield { month, sourceLine, sourceInvoice, cancellation: false, customer, code, quantity, unitPrice }
  }
  for (const { sourceInvoice, customer, lines } of day.cancellations) {
    for (const { sourceLine, sourceCode: code, quantity: returned, unitPrice } of lines) {
      const quantity = `-${returned}`
      yield { month, sourceLine, sourceInvoice, cancellation: true, customer, code, quantity, unitPrice }
    }
  }
  for (const { sourceLine, sourceInvoice, sourceCode: code, quantity } of day.adjustments) {
    yield { month, sourceLine, sourceInvoice, cancellation: false, customer: null, code, quantity, unitPrice: '0' }
  }
}

/** One measure of one month on both sides; `equal` compares the values, not the way they are written. */
export interface Comparison {
  month: string
  measure: Measure
  control: string
  recorded: string
  equal: boolean
}

/**
 * Compares the recorded figures with the control, every measure of every month that either of them has; a month that
 * one side lacks counts as zero there. With `until` ('YYYY-MM') later months of the control are left out.
 */
export function compareTotals(control: Totals, recorded: Totals, until?: string): Comparison[] {
  const months = [...new Set([...control.keys(), ...recorded.keys()])].sort()
  return months
    .filter((month) => until === undefined || month <= until)
    .flatMap((month) =>
      MEASURES.map((measure) => {
        const left = control.get(month)?.[measure] ?? '0'
        const right = recorded.get(month)?.[measure] ?? '0'
        return { month, measure, control: left, recorded: right, equal: left === right }
      }),
    )
}

/** Reads a control file. Refuses with REPLAY_CONTROL_INVALID when a column is missing or a figure is not a decimal. */
export async function readControl(file: string): Promise<Totals> {
  const rows: Record<string, string>[] = parse(await readFile(file, 'utf8'), { columns: true, bom: true })
  return new Map(rows.map((row, index) => [row.month ?? '', controlFigures(file, row, index + 1)]))
}

/** A running exact sum whose scale grows with its terms. */
class Sum {
  private units = 0n
  private scale = 0

  add(units: bigint, scale: number): void {
    if (scale > this.scale) {
      this.units *= powerOfTen(scale - this.scale)
      this.scale = scale
    }
    this.units += units * powerOfTen(this.scale - scale)
  }

  text(): string {
    return shortest(decimalText({ units: this.units, scale: this.scale }))
  }
}

function toFigures(sums: MonthSums): MonthFigures {
  return {
    lines: String(sums.lines.size),
    invoices: String(sums.invoices.size),
    cancel_invoices: String(sums.cancellations.size),
    qty_noncancel: sums.quantity.sale.text(),
    value_noncancel: sums.value.sale.text(),
    qty_cancel: sums.quantity.cancel.text(),
    value_cancel: sums.value.cancel.text(),
    customers: String(sums.customers.size),
    stockcodes: String(sums.codes.size),
  }
}

function controlFigures(file: string, row: Record<string, string>, number: number): MonthFigures {
  const figure = (measure: Measure): string => {
    const text = row[measure] ?? ''
    if (!/^\d{4}-\d{2}$/.test(row.month ?? '') || !isDecimal(text)) {
      throw new ReplayRefusal(
        'REPLAY_CONTROL_INVALID',
        `${file}, row ${number}: "${text}" is no figure for ${measure} of "${row.month ?? ''}". Give one row per ` +
          `month with the columns month, ${MEASURES.join(', ')}.`,
        { row: number, measure },
      )
    }
    return shortest(text)
  }
  return {
    lines: figure('lines'),
    invoices: figure('invoices'),
    cancel_invoices: figure('cancel_invoices'),
    qty_noncancel: figure('qty_noncancel'),
    value_noncancel: figure('value_noncancel'),
    qty_cancel: figure('qty_cancel'),
    value_cancel: figure('value_cancel'),
    customers: figure('customers'),
    stockcodes: figure('stockcodes'),
  }
}

/** '1.50' and '1.5' are one value; comparing texts needs one way to write it. */
function shortest(text: string): string {
  const bare = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return bare === '-0' || bare === '' ? '0' : bare
}
