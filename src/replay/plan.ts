// The plan of a replay: the same file gives the same days, the same events and the same fingerprint, every time.
import { createHash } from 'node:crypto'
import { addDays, monthOf } from './calendar.ts'
import { DayWriter } from './day.ts'
import { dayOf, decideLines, type Outcome } from './decide.ts'
import type { PlanDay } from './events.ts'
import { linkCancellations } from './link.ts'
import { buildMasters, type PlannedCustomer, type PlannedItem } from './masters.ts'
import type { RuleCount } from './rules.ts'
import { planSettlement } from './settle.ts'
import type { SourceTable } from './source.ts'
import { type BusinessDay, planReceipts } from './stock.ts'
import { type Totals, TotalsAccumulator } from './totals.ts'

/** How much was synthesised, for the report. */
export interface SynthesisedCounts {
  /** Items received, and pieces, before the first day (S01) and afterwards (S02). */
  openingItems: number
  openingPieces: bigint
  purchaseReceipts: number
  purchasePieces: bigint
  /** Payments by term, and invoices with a value that stay open (S05). */
  payments: Readonly<Record<'cash' | '30 days' | '60 days', number>>
  invoicesLeftOpen: number
  /** Credit notes that are set against at least one open invoice (S06). */
  creditNotesSetOff: number
}

/** Everything a runner needs. `dates` begins with the day before the first business day, which only receives stock. */
export interface ReplayPlan {
  /** sha256 (hex) over the masters and every event of every day: a resumed run must find the same. */
  fingerprint: string
  items: readonly PlannedItem[]
  customers: readonly PlannedCustomer[]
  dates: readonly string[]
  /** The events of a day by its place in `dates`; made when asked for, so that only the days at work are in memory. */
  day: (index: number) => PlanDay
  /** The days in date order from `from` (a place in `dates`) to the end of the month `until` ('YYYY-MM'). */
  days: (range?: { from?: number; until?: string }) => Generator<PlanDay>
  rules: readonly RuleCount[]
  /** How many lines became what; the sum is every line of the file. */
  outcomes: Readonly<Record<Outcome, number>>
  synthesised: SynthesisedCounts
  /** What the ERP must have recorded in the end, added up from the events themselves. */
  expected: Totals
}

/** Goes into the fingerprint; raise it when the same file shall mean another plan. */
const PLAN_VERSION = 'online-retail/1'

/** Plans the replay of a file. Refuses like `decideLines`. */
export function planReplay(table: SourceTable): ReplayPlan {
  const masters = buildMasters(table)
  const decisions = decideLines(table, masters)
  const links = linkCancellations(table, masters, decisions)
  const days = businessDays(table)
  const receipts = planReceipts(table, masters, decisions, days)
  const settlement = planSettlement(table, decisions, links, days)
  const writer = new DayWriter({ table, masters, decisions, links, days, receipts, settlement })
  const dates = [addDays(days[0]?.date ?? '', -1), ...days.map((day) => day.date)]

  function* walk({ from = 0, until }: { from?: number; until?: string } = {}): Generator<PlanDay> {
    for (let index = from; index < dates.length; index += 1) {
      const date = dates[index] ?? ''
      // The opening day belongs to the run of any month, although its own month has no sales.
      if (until !== undefined && index > 0 && monthOf(date) > until) {
        return
      }
      yield writer.day(index, date)
    }
  }

  const customers = masters.customers
  const { fingerprint, expected } = summarise({ items: masters.items, customers, days: walk() })
  const opening = receipts.get(days[0]?.month ?? '') ?? []
  const later = [...receipts.values()].flat().slice(opening.length)
  const payments = [...settlement.payments.values()].flat()
  return {
    fingerprint,
    items: masters.items,
    customers,
    dates,
    day: (index) => writer.day(index, dates[index] ?? ''),
    days: walk,
    rules: decisions.tally.counts(),
    outcomes: decisions.outcomes,
    synthesised: {
      openingItems: opening.length,
      openingPieces: opening.reduce((sum, receipt) => sum + receipt.quantity, 0n),
      purchaseReceipts: later.length,
      purchasePieces: later.reduce((sum, receipt) => sum + receipt.quantity, 0n),
      payments: {
        cash: payments.filter((payment) => payment.term === 'cash').length,
        '30 days': payments.filter((payment) => payment.term === '30 days').length,
        '60 days': payments.filter((payment) => payment.term === '60 days').length,
      },
      invoicesLeftOpen: settlement.leftOpen,
      creditNotesSetOff: [...settlement.setAgainst.values()].filter((invoices) => invoices.length > 0).length,
    },
    expected,
  }
}

function businessDays(table: SourceTable): BusinessDay[] {
  const days: { date: string; month: string; rows: number[] }[] = []
  for (let row = 0; row < table.rows; row += 1) {
    const date = dayOf(table, row)
    const last = days.at(-1)
    if (last?.date === date) {
      last.rows.push(row)
    } else {
      days.push({ date, month: monthOf(date), rows: [row] })
    }
  }
  return days
}

interface Summarised {
  items: readonly PlannedItem[]
  customers: readonly PlannedCustomer[]
  days: Iterable<PlanDay>
}

/** One walk over all events gives both: the fingerprint, and the totals that the events themselves add up to. */
function summarise({ items, customers, days }: Summarised): { fingerprint: string; expected: Totals } {
  const hash = createHash('sha256').update(PLAN_VERSION)
  hash.update(JSON.stringify({ items, customers }))
  const totals = new TotalsAccumulator()
  for (const day of days) {
    hash.update(JSON.stringify(day))
    totals.recordDay(day)
  }
  return { fingerprint: hash.digest('hex'), expected: totals.totals() }
}
