// The report of a replay that was run: the report of the plan, with what the ERP recorded, and how the run went.
import type { Verdict } from '#kernel/verify'
import { count, section, table, yes } from '../markdown.ts'
import { type ReportInput, renderReport } from '../report.ts'
import type { RunResult } from './run.ts'

/** `verdict` is that of every invariant of the product; null when it was not asked for. */
export type RunReportInput = Omit<ReportInput, 'recordedBy' | 'posted'> & {
  result: RunResult
  verdict: Verdict | null
}

/** Ten thousandths, so that a cost per line can be written without fractions of a number. */
const MICROSECONDS = 1000n

/** The whole report as Markdown. */
export function renderRunReport({ result, verdict, ...input }: RunReportInput): string {
  const report = renderReport({ ...input, recordedBy: 'ERP', posted: result.posted })
  return [report.trimEnd(), howItRan(result), ...(verdict ? [whatProvesIt(verdict)] : []), whatToKnow()]
    .join('\n\n')
    .concat('\n')
}

/** Microseconds a line, whole. */
export function microsecondsPerLine(month: { lines: number; milliseconds: number }): number {
  return month.lines === 0 ? 0 : Number((BigInt(month.milliseconds) * MICROSECONDS) / BigInt(month.lines))
}

function howItRan({ months, days, held }: RunResult): string {
  const rows = months.map((one) => [
    one.month,
    count(one.days),
    count(one.lines),
    seconds(one.milliseconds),
    count(microsecondsPerLine(one)),
  ])
  const lines = months.reduce((sum, one) => sum + one.lines, 0)
  const milliseconds = months.reduce((sum, one) => sum + one.milliseconds, 0)
  const all = ['together', count(days.now + days.before), count(lines), seconds(milliseconds)]
  return section('How it ran', [
    'Every line went through the verbs of the product, in sets: an order was drafted, priced, confirmed and reserved, ' +
      'released, shipped, invoiced, posted and paid; a cancellation was authorised, received, inspected, credited and ' +
      'set against open invoices; an adjustment was drafted, submitted, approved and posted.',
    table(
      ['Month', '>Days', '>Lines', '>Seconds', '>Microseconds a line'],
      [...rows, [...all, count(microsecondsPerLine({ lines, milliseconds }))]],
    ),
    `In this run ${count(held)} orders waited for the sales manager, because a line was sold at less than half of its ` +
      'made-up cost, and were let go by a second account.',
  ])
}

function whatProvesIt(verdict: Verdict): string {
  const rows = verdict.checks.map((check) => [check.id, check.title, yes(check.ok), count(check.breaches)])
  const bad = verdict.checks.filter((check) => !check.ok).length
  return section('What proves the books', [
    bad === 0
      ? `After the last day \`tradewright verify\` ran ${count(verdict.checks.length)} checks over everything that was recorded, and **all of them hold**.`
      : `**${count(bad)} of ${count(verdict.checks.length)} checks do not hold.**`,
    table(['Check', 'What must be true', 'Holds?', '>Breaches'], rows),
  ])
}

/** What differs from a clerk's year, said aloud. */
function whatToKnow(): string {
  return section('What to know when you read it', [
    [
      '- Tax is what the law said on the day: the standard rate was 17.5 % until 3 January 2011 and 20 % after it; abroad zero.',
      '- The margin under which an order waits was lowered from the house standard of 10 % to -100 %, for the cost is made up.',
      '- Credit limits are the highest that the template gives the best class, for the source knows none.',
      '- A return gives back the price of the sale it names. Where the source credits another price, the return names no sale and brings its price along.',
      '- A credited service corrects no invoice; it is a credit note of its own, agreed to as the approval matrix says.',
      '- Receivables are kept by their sub-ledger alone. The three entries about bad debt therefore stand on the allowance for doubtful receivables, with the customer named, against bad debt.',
      '- The code as it was typed stays on order lines, adjustments and entries. A return keeps the item only; the typed code of its line is taken from the source.',
    ].join('\n'),
  ])
}

function seconds(milliseconds: number): string {
  const tenths = Math.trunc(milliseconds / 100)
  return `${count(Math.trunc(tenths / 10))}.${tenths % 10}`
}
