// Looks at the file before anything is decided: which dirt there is, how much of it, and exactly how it was counted.
import { decimalText } from '#kernel/decimal'
import { dayOf, descriptionOf, isAnonymous, isCancellation, lineKey } from './decide.ts'
import type { RuleId } from './rules.ts'
import { isServiceCode, SERVICE_CODES } from './services.ts'
import { at, PRICE_SCALE, priceOf, quantityOf, type SourceTable, textAt } from './source.ts'

/** One kind of dirt: how many, of what, counted how, and the rules that decide it. */
export interface Finding {
  key: string
  what: string
  count: number
  counted: string
  rules: readonly RuleId[]
}

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

function one(condition: boolean): number {
  return condition ? 1 : 0
}

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
        `${lines.writeOffsWithRemark} carry a clerk's remark, the others no description`,
      rules: ['R08'],
    },
    {
      key: 'zero-price',
      what: 'Lines at price zero',
      count: lines.zeroPrices,
      counted:
        `lines whose price is 0: ${lines.zeroPrices - lines.zeroUpAnonymous - lines.zeroNamed} negative without a ` +
        `customer, ${lines.zeroUpAnonymous} positive without a customer, ${lines.zeroNamed} with a customer`,
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

function codeFindings(table: SourceTable): Finding[] {
  const spellings = new Map<string, number>()
  for (const code of table.codes) {
    const upper = code.toUpperCase()
    spellings.set(upper, (spellings.get(upper) ?? 0) + 1)
  }
  const byCode = new Map<string, Set<string>>()
  const byItem = new Map<string, Set<string>>()
  for (let row = 0; row < table.rows; row += 1) {
    const description = descriptionOf(table, row)
    if (description !== '') {
      const code = textAt(table.codes, at(table.code, row))
      addTo(byCode, code, description)
      addTo(byItem, code.toUpperCase(), description)
    }
  }
  return [
    {
      key: 'case-twins',
      what: 'Stock codes that differ only by letter case',
      count: [...spellings.values()].filter((count) => count > 1).length,
      counted: 'codes that stand in the file in more than one mixture of upper and lower case, each counted once',
      rules: ['R03'],
    },
    {
      key: 'several-descriptions',
      what: 'Stock codes with several descriptions',
      count: severalIn(byCode),
      counted:
        'codes as typed with more than one description, spaces around it and blank ones ignored; ' +
        `${severalIn(byItem)} items once letter case is folded`,
      rules: ['R04'],
    },
  ]
}

function returnFindings(table: SourceTable): Finding[] {
  const sold = new Map<number, bigint>()
  const counts = { never: 0, nothingOpen: 0, partly: 0, anonymous: 0 }
  for (let row = 0; row < table.rows; row += 1) {
    const cancelled = isCancellation(textAt(table.invoices, at(table.invoice, row)))
    const quantity = quantityOf(table, row)
    if (isAnonymous(table, row)) {
      counts.anonymous += one(cancelled)
      continue
    }
    const key = at(table.customer, row) * table.codes.length + at(table.code, row)
    const open = sold.get(key)
    if (!cancelled) {
      sold.set(key, (open ?? 0n) + quantity)
      continue
    }
    counts.never += one(open === undefined)
    counts.nothingOpen += one(open === undefined || open === 0n)
    counts.partly += one(open !== undefined && open > 0n && open < -quantity)
    if (open !== undefined) {
      sold.set(key, open > -quantity ? open + quantity : 0n)
    }
  }
  return [
    {
      key: 'returns-without-sale',
      what: 'Returns without an earlier sale',
      count: counts.nothingOpen,
      counted:
        'cancellation lines of a named customer for whom no quantity of that code, sold on an earlier line, is still ' +
        `open; ${counts.never} were never sold to them in the file, the others had all been returned before`,
      rules: ['R19'],
    },
    {
      key: 'returns-beyond-sale',
      what: 'Returns of more than was sold',
      count: counts.partly,
      counted: 'cancellation lines of a named customer with some quantity still open, but less than comes back',
      rules: ['R18'],
    },
    {
      key: 'returns-anonymous',
      what: 'Cancellations without a customer',
      count: counts.anonymous,
      counted: 'cancellation lines whose CustomerID is blank',
      rules: ['R20'],
    },
  ]
}

function invoiceFindings(table: SourceTable): Finding[] {
  const counts = { repeated: 0, twoTimes: 0, apart: 0 }
  for (let invoice = 0; invoice < table.invoices.length; invoice += 1) {
    const rows = table.rowsOf(invoice)
    const first = at(rows, 0)
    const last = at(rows, rows.length - 1)
    counts.repeated += rows.length - new Set([...rows].map((row) => lineKey(table, row))).size
    counts.twoTimes += one(rows.some((row) => at(table.moment, row) !== at(table.moment, first)))
    counts.apart += one(last - first + 1 !== rows.length)
  }
  return [
    {
      key: 'duplicates',
      what: 'Exact duplicate lines',
      count: counts.repeated,
      counted: 'lines that repeat an earlier line in all eight columns; the first of each kind is not counted',
      rules: ['R02'],
    },
    {
      key: 'two-times',
      what: 'Invoices with two times',
      count: counts.twoTimes,
      counted: 'invoices whose lines do not all carry the same InvoiceDate',
      rules: ['R15'],
    },
    {
      key: 'interleaved',
      what: 'Invoices interrupted by another one',
      count: counts.apart,
      counted: 'invoices whose lines do not stand together in the file',
      rules: ['R16'],
    },
    {
      key: 'bad-debt',
      what: 'Invoices that adjust bad debt',
      count: table.invoices.filter((number) => number.startsWith('A')).length,
      counted: 'invoices whose number begins with A',
      rules: ['R14'],
    },
  ]
}

function countriesPerCustomer(table: SourceTable): Finding {
  const countries = new Map<string, Set<string>>()
  for (let row = 0; row < table.rows; row += 1) {
    const customer = textAt(table.customers, at(table.customer, row))
    if (customer !== '') {
      addTo(countries, customer, textAt(table.countries, at(table.country, row)))
    }
  }
  return {
    key: 'two-countries',
    what: 'Customers in two countries',
    count: severalIn(countries),
    counted: 'customers whose lines name more than one country',
    rules: ['R07'],
  }
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

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key)
  if (set) {
    set.add(value)
  } else {
    sets.set(key, new Set([value]))
  }
}

function severalIn(sets: ReadonlyMap<string, ReadonlySet<string>>): number {
  return [...sets.values()].filter((set) => set.size > 1).length
}
