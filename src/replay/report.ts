// Renders a replay as Markdown that a distributor reads: what the file holds, what was decided, and whether it adds up.
import { addDecimals, signOfDecimal, subtractDecimals } from '#kernel/decimal'
import { OUTCOMES, type Outcome } from './decide.ts'
import { count, grouped, money, section, signed, table, yes } from './markdown.ts'
import type { ReplayPlan } from './plan.ts'
import type { Profile } from './profile.ts'
import { RULES, SYNTHESISED, type SynthesisedId } from './rules.ts'
import type { Comparison, Measure } from './totals.ts'

/** The net value that the ledger holds for a month, in pounds and cents as decimal text; cancellations are negative. */
export interface PostedValues {
  sales: string
  cancellations: string
}

/**
 * What a report is made from. `recordedBy` names the right-hand side of the totals in its headings, such as 'plan' or
 * 'ERP'. `posted` holds the posted net values by month; without them the column of differences is left out.
 */
export interface ReportInput {
  fileName: string
  profile: Profile
  plan: Pick<ReplayPlan, 'fingerprint' | 'rules' | 'outcomes' | 'synthesised' | 'items' | 'customers'>
  comparison: readonly Comparison[]
  recordedBy: string
  posted?: ReadonlyMap<string, PostedValues>
}

/** The whole report as Markdown. The same input gives the same text. */
export function renderReport(input: ReportInput): string {
  return [
    `# A year of real orders: ${input.fileName}`,
    verdict(input),
    whatTheFileHolds(input.profile),
    whatIsOddAboutIt(input.profile),
    whatEachRuleDid(input),
    whatWasMadeUp(input),
    valueTable(input, SALES),
    valueTable(input, CANCELLATIONS),
    countTable(input),
    `Fingerprint of the plan: \`${input.plan.fingerprint}\``,
  ]
    .join('\n\n')
    .concat('\n')
}

interface Side {
  title: string
  quantity: Measure
  value: Measure
  posted: keyof PostedValues
}

const SALES: Side = {
  title: 'Sales by month',
  quantity: 'qty_noncancel',
  value: 'value_noncancel',
  posted: 'sales',
}
const CANCELLATIONS: Side = {
  title: 'Cancellations by month',
  quantity: 'qty_cancel',
  value: 'value_cancel',
  posted: 'cancellations',
}
const BECAME: Readonly<Record<Outcome, string>> = {
  sale: 'order line of a stock item',
  service: 'order line of a service',
  free: 'order line free of charge',
  adjustment: 'stock adjustment',
  journal: 'manual entry on the customer account',
  credit: 'credit note line',
}
const COUNTS: readonly (readonly [Measure, string])[] = [
  ['lines', 'Lines'],
  ['invoices', 'Invoices'],
  ['cancel_invoices', 'Cancellations'],
  ['customers', 'Customers'],
  ['stockcodes', 'Stock codes'],
]

function verdict({ comparison, recordedBy }: ReportInput): string {
  const different = comparison.filter((entry) => !entry.equal)
  const months = new Set(comparison.map((entry) => entry.month)).size
  if (different.length === 0) {
    const figures = `${comparison.length} control figures of ${months} months`
    return `**All ${figures} are equal to the last digit** (control and ${recordedBy}).`
  }
  const places = different.slice(0, 10).map((entry) => `${entry.month} ${entry.measure}`)
  return `**${different.length} of ${comparison.length} control figures differ**: ${places.join(', ')}.`
}

function whatTheFileHolds(profile: Profile): string {
  return section('What the file holds', [
    `${count(profile.rows)} lines on ${count(profile.invoices)} invoices, of which ${count(profile.cancellations)} ` +
      `are cancellations with ${count(profile.cancellationLines)} lines; ${count(profile.customers)} customers in ` +
      `${count(profile.countries)} countries; ${count(profile.stockCodes)} stock codes; ` +
      `${count(profile.businessDays)} business days from ${profile.firstDay} to ${profile.lastDay}.`,
    `Pieces sold less pieces cancelled or written off: ${grouped(profile.quantity)}. Value, net of cancellations and ` +
      `tax, unrounded: ${money(profile.value)}.`,
  ])
}

function whatIsOddAboutIt(profile: Profile): string {
  const findings = profile.findings.map((finding) => [
    finding.what,
    count(finding.count),
    finding.counted,
    finding.rules.join(', '),
  ])
  const services = profile.services.map(({ code, name, lines, value }) => [code, name, count(lines), money(value)])
  return section('What is odd about it', [
    table(['What', '>Count', 'Counted as', 'Decided by'], findings),
    'The codes that are no merchandise:',
    table(['Code', 'Meaning', '>Lines', '>Net value'], services),
  ])
}

function whatEachRuleDid({ plan }: ReportInput): string {
  const became = OUTCOMES.map((outcome) => [BECAME[outcome], count(plan.outcomes[outcome])])
  const together = OUTCOMES.reduce((sum, outcome) => sum + plan.outcomes[outcome], 0)
  const cashAccounts = plan.customers.filter((customer) => customer.cash).length
  const rows = RULES.map(({ id, statement, why }) => {
    const touched = plan.rules.find((rule) => rule.id === id)
    return [id, statement, why, count(touched?.lines ?? 0), count(touched?.invoices ?? 0)]
  })
  return section('What each rule did', [
    'Every line became exactly one thing, and none was dropped:',
    table(['Became', '>Lines'], [...became, ['together', count(together)]]),
    'A line can be touched by several rules.',
    table(['Rule', 'Decision', 'Because', '>Lines', '>Invoices'], rows),
    `The ${count(plan.items.length)} items and ${count(plan.customers.length)} customer accounts ` +
      `(${count(cashAccounts)} of them for cash sales) come from these rules.`,
  ])
}

function whatWasMadeUp({ plan }: ReportInput): string {
  const amounts = synthesisedAmounts(plan)
  const rows = SYNTHESISED.map(({ id, statement, why }) => [id, statement, why, amounts[id]])
  return section('What was made up', [
    'The file lacks these; they are synthesised, and no control figure depends on them.',
    table(['Rule', 'Synthesised', 'Because', 'How much'], rows),
  ])
}

function synthesisedAmounts({ synthesised, items }: ReportInput['plan']): Record<SynthesisedId, string> {
  const { payments } = synthesised
  const neverPriced = items.filter((item) => item.kind === 'stock' && item.medianPrice === null).length
  const costed = items.filter((item) => item.cost !== null).length
  return {
    S01: `${count(synthesised.openingItems)} items, ${grouped(String(synthesised.openingPieces))} pieces`,
    S02: `${count(synthesised.purchaseReceipts)} receipts, ${grouped(String(synthesised.purchasePieces))} pieces`,
    S03: `${count(costed)} items, of which ${count(neverPriced)} were never sold at a price and cost 0.01`,
    S04: 'every document',
    S05:
      `${count(payments.cash)} paid at once, ${count(payments['30 days'])} after 30 days, ` +
      `${count(payments['60 days'])} after 60 days, ${count(synthesised.invoicesLeftOpen)} still open`,
    S06: `${count(synthesised.creditNotesSetOff)} credit notes set against an open invoice`,
    S07: 'every return of a stock item',
  }
}

function valueTable(input: ReportInput, side: Side): string {
  const { comparison, recordedBy, posted } = input
  const heads = ['Month', '>Quantity, control', `>Quantity, ${recordedBy}`, 'Equal?']
  heads.push('>Value, control', `>Value, ${recordedBy}`, 'Equal?')
  if (posted) {
    heads.push('>Posted in cents', '>Posted less unrounded')
  }
  const rows = monthsOf(comparison).map((month) => {
    const quantity = find(comparison, month, side.quantity)
    const value = find(comparison, month, side.value)
    const cells = [month, grouped(quantity.control), grouped(quantity.recorded), yes(quantity.equal)]
    cells.push(money(value.control), money(value.recorded), yes(value.equal))
    if (posted) {
      const cents = posted.get(month)?.[side.posted] ?? '0'
      cells.push(money(cents), signed(subtractDecimals(cents, value.recorded)))
    }
    return cells
  })
  const notes = posted
    ? ['The last column is what rounding to cents adds to or takes from the unrounded line values.']
    : []
  return section(side.title, [table(heads, [...rows, totalRow(rows.length, input, side)]), ...notes])
}

function totalRow(months: number, { comparison, posted }: ReportInput, side: Side): string[] {
  const sum = (measure: Measure, which: 'control' | 'recorded') =>
    comparison.filter((entry) => entry.measure === measure).reduce((all, entry) => addDecimals(all, entry[which]), '0')
  const quantity = { control: sum(side.quantity, 'control'), recorded: sum(side.quantity, 'recorded') }
  const value = { control: sum(side.value, 'control'), recorded: sum(side.value, 'recorded') }
  const sameQuantity = signOfDecimal(subtractDecimals(quantity.control, quantity.recorded)) === 0
  const sameValue = signOfDecimal(subtractDecimals(value.control, value.recorded)) === 0
  const cells = [`All ${months}`, grouped(quantity.control), grouped(quantity.recorded), yes(sameQuantity)]
  cells.push(money(value.control), money(value.recorded), yes(sameValue))
  if (posted) {
    const months = monthsOf(comparison)
    const cents = months.reduce((all, month) => addDecimals(all, posted.get(month)?.[side.posted] ?? '0'), '0')
    cells.push(money(cents), signed(subtractDecimals(cents, value.recorded)))
  }
  return cells
}

function countTable({ comparison, recordedBy }: ReportInput): string {
  const rows = monthsOf(comparison).map((month) => [
    month,
    ...COUNTS.map(([measure]) => {
      const entry = find(comparison, month, measure)
      return entry.equal ? grouped(entry.control) : `${grouped(entry.recorded)} (control ${grouped(entry.control)})`
    }),
    yes(COUNTS.every(([measure]) => find(comparison, month, measure).equal)),
  ])
  return section('Documents by month', [
    `A figure stands once where control and ${recordedBy} are equal; else the control stands behind it.`,
    table(['Month', ...COUNTS.map(([, title]) => `>${title}`), 'Equal?'], rows),
  ])
}

function monthsOf(comparison: readonly Comparison[]): string[] {
  return [...new Set(comparison.map((entry) => entry.month))]
}

function find(comparison: readonly Comparison[], month: string, measure: Measure): Comparison {
  const entry = comparison.find((candidate) => candidate.month === month && candidate.measure === measure)
  return entry ?? { month, measure, control: '0', recorded: '0', equal: true }
}
