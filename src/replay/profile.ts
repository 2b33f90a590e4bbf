// Looks at the file before anything is decided: which dirt there is, how much of it, and exactly how it was counted.
import { decimalText } from '#kernel/decimal'
import { dayOf, descriptionOf, isAnonymous, isCancellation } from './decide.ts'
import { codeFindings, countriesPerCustomer, type Finding, invoiceFindings, one, returnFindings } from './findings.ts'
import { count } from './markdown.ts'
import { isServiceCode, SERVICE_CODES } from './services.ts'
import { at, PRICE_SCALE, priceOf, quantityOf, type SourceTable, textAt } from './source.ts'

/** The lines of one service code; `value` is the sum of quantity x price in pounds, unrounded. */
export interface ServiceUse {
  code: string
  name: string
  lines: number
  value: string
}

/** What a file holds. `quantity` is in pieces and `value` in pounds without tax, cancellations subtracted. */
export interface Profile {
  rows: number
  invoices: number
  cancellations: number
  cancellationLines: number
  customers: number
  stockCodes: number
  countries: number
  firstDay: string
  lastDay: string
  businessDays: number
  quantity: string
  value: string
  findings: readonly Finding[]
  services: readonly ServiceUse[]
}

/** Profiles a whole file. Decides nothing and refuses nothing. */
export function profileSource(table: SourceTable): Profile {
  const lines = countLines(table)
  const cancellations = table.invoices.filter(isCancellation).length
  return {
    rows: table.rows,
    invoices: table.invoices.length,
    cancellations,
    cancellationLines: lines.cancelled,
    customers: table.customers.filter((customer) => customer !== '').length,
    stockCodes: table.codes.length,
    countries: table.countries.length,
    firstDay: dayOf(table, 0),
    lastDay: dayOf(table, table.rows - 1),
    businessDays: new Set(table.moments.map((moment) => moment.slice(0, 10))).size,
    quantity: String(lines.quantity),
    value: decimalText({ units: lines.value, scale: PRICE_SCALE }),
    findings: [
      ...codeFindings(table),
      ...lineFindings(lines),
      ...returnFindings(table),
      ...invoiceFindings(table),
      countriesPerCustomer(table),
    ],
    services: serviceUse(table),
  }
}

interface LineCounts {
  quantity: bigint
  value: bigint
  cancelled: number
  anonymous: number
  writeOffs: number
  writeOffsWithRemark: number
  zeroPrices: number
  zeroUpAnonymous: number
  zeroNamed: number
  negativePrices: number
  finePrices: number
  thousandths: number
  blankDescriptions: number
  services: number
}

function countLines(table: SourceTable): LineCounts {
  const counts: LineCounts = {
    quantity: 0n,
    value: 0n,
    cancelled: 0,
    anonymous: 0,
    writeOffs: 0,
    writeOffsWithRemark: 0,
    zeroPrices: 0,
    zeroUpAnonymous: 0,
    zeroNamed: 0,
    negativePrices: 0,
    finePrices: 0,
    thousandths: 0,
    blankDescriptions: 0,
    services: 0,
  }
  for (let row = 0; row < table.rows; row += 1) {
    const quantity = quantityOf(table, row)
    const price = priceOf(table, row)
    const anonymous = isAnonymous(table, row)
    const blank = descriptionOf(table, row) === ''
    const cancelled = isCancellation(textAt(table.invoices, at(table.invoice, row)))
    const writtenOff = quantity < 0n && !cancelled
    counts.quantity += quantity
    counts.value += quantity * price
    counts.cancelled += one(cancelled)
    counts.anonymous += one(anonymous)
    counts.writeOffs += one(writtenOff)
    counts.writeOffsWithRemark += one(writtenOff && !blank)
    counts.zeroPrices += one(price === 0n)
    counts.zeroUpAnonymous += one(price === 0n && anonymous && quantity > 0n)
    counts.zeroNamed += one(price === 0n && !anonymous)
    counts.negativePrices += one(price < 0n)
    counts.finePrices += one(price % CENT !== 0n)
    counts.thousandths += one(price === THOUSANDTH)
    counts.blankDescriptions += one(blank)
    counts.services += one(isServiceCode(textAt(table.codes, at(table.code, row)).toUpperCase()))
  }
  return counts
}

const CENT = 10n ** BigInt(PRICE_SCALE - 2)
const THOUSANDTH = 10n ** BigInt(PRICE_SCALE - 3)

function lineFindings(lines: LineCounts): Finding[] {
  return [
    {
      key: 'no-customer',
      what: 'Lines without a customer',
      count: lines.anonymous,
      counted: 'lines whose CustomerID is blank',
      rules: ['R06', 'R08', 'R09', 'R20'],
    },
    {
      key: 'write-offs',
      what: 'Negative lines that are stock adjustments',
      count: lines.writeOffs,
      counted:
        'lines with a negative quantity whose invoice number does not begin with C; ' +
        `${count(lines.writeOffsWithRemark)} carry a clerk's remark, the others no description`,
      rules: ['R08'],
    },
    {
      key: 'zero-price',
      what: 'Lines at price zero',
      count: lines.zeroPrices,
      counted:
        `lines whose price is 0: ${count(lines.zeroPrices - lines.zeroUpAnonymous - lines.zeroNamed)} negative ` +
        `without a customer, ${count(lines.zeroUpAnonymous)} positive without a customer, ` +
        `${count(lines.zeroNamed)} with a customer`,
      rules: ['R08', 'R09', 'R10', 'R12'],
    },
    {
      key: 'service-lines',
      what: 'Postage, fees and other non-merchandise sold as items',
      count: lines.services,
      counted: 'lines whose code is in the list of services, in any letter case, cancellations included',
      rules: ['R11', 'R12', 'R21'],
    },
    {
      key: 'fine-price',
      what: 'Prices finer than a cent',
      count: lines.finePrices,
      counted: `lines whose price is not a whole number of cents; ${lines.thousandths} of them at 0.001`,
      rules: ['R13'],
    },
    {
      key: 'negative-price',
      what: 'Negative prices',
      count: lines.negativePrices,
      counted: 'lines whose price is below zero',
      rules: ['R14'],
    },
    {
      key: 'no-description',
      what: 'Lines without a description',
      count: lines.blankDescriptions,
      counted: 'lines whose description is empty or only spaces',
      rules: ['R04', 'R05', 'R09'],
    },
  ]
}

function serviceUse(table: SourceTable): ServiceUse[] {
  const uses = new Map<string, { lines: number; value: bigint }>()
  for (let row = 0; row < table.rows; row += 1) {
    const code = textAt(table.codes, at(table.code, row)).toUpperCase()
    if (isServiceCode(code)) {
      const use = uses.get(code) ?? { lines: 0, value: 0n }
      use.lines += 1
      use.value += quantityOf(table, row) * priceOf(table, row)
      uses.set(code, use)
    }
  }
  return [...uses]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([code, { lines, value }]) => ({
      code,
      name: SERVICE_CODES.get(code) ?? 'Gift voucher',
      lines,
      value: decimalText({ units: value, scale: PRICE_SCALE }),
    }))
}
