// The dirt that shows only when lines are compared with each other: codes, returns, invoices and customers.
import { descriptionOf, isAnonymous, isCancellation, lineKey } from './decide.ts'
import { count } from './markdown.ts'
import type { RuleId } from './rules.ts'
import { at, quantityOf, type SourceTable, textAt } from './source.ts'

/** One kind of dirt: how many, of what, counted how, and the rules that decide it. */
export interface Finding {
  key: string
  what: string
  count: number
  counted: string
  rules: readonly RuleId[]
}

/** Codes that a typist or a remark multiplied. */
export function codeFindings(table: SourceTable): Finding[] {
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
        `${count(severalIn(byItem))} items once letter case is folded`,
      rules: ['R04'],
    },
  ]
}

/** Cancellations that have no earlier sale to undo, or too little of it. Counted independently of the linking. */
export function returnFindings(table: SourceTable): Finding[] {
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
        `open; ${count(counts.never)} were never sold to them in the file, the others had all been returned before`,
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

/** What is odd about whole invoices. */
export function invoiceFindings(table: SourceTable): Finding[] {
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

/** Customers whose lines name several countries. */
export function countriesPerCustomer(table: SourceTable): Finding {
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

/** 1 when the condition holds, else 0. */
export function one(condition: boolean): number {
  return condition ? 1 : 0
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
