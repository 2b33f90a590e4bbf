// Random files against books kept apart: whatever the dirt, nothing is lost, nothing runs short, nothing returns twice.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PlanDay, planReplay, type ReplayPlan } from '../../src/replay/index.ts'
import type { SourceRow } from '../../src/replay/read.ts'
import { buildSource } from '../../src/replay/source.ts'
import { rowsOf } from './rows.ts'

const CODES = ['10001', '10002A', '10002a', '10003', 'POST', 'M', 'gift_0001_10']

interface Draft {
  kind: 'sale' | 'cancel' | 'writeOff' | 'found' | 'free' | 'badDebt'
  day: number
  code: string
  pieces: number
  thousandths: number
  customer: string
}

const draft: fc.Arbitrary<Draft> = fc.record({
  kind: fc.constantFrom('sale', 'sale', 'sale', 'cancel', 'cancel', 'writeOff', 'found', 'free', 'badDebt'),
  day: fc.integer({ min: 1, max: 80 }),
  code: fc.constantFrom(...CODES),
  pieces: fc.integer({ min: 1, max: 20 }),
  thousandths: fc.integer({ min: 1, max: 3 }),
  customer: fc.constantFrom('', '90001', '90002'),
})

/** One invoice of one line per draft, in date order, over about three months. */
function toRows(drafts: readonly Draft[]): SourceRow[] {
  const sorted = [...drafts].sort((left, right) => left.day - right.day)
  return rowsOf(...sorted.map(toRow))
}

function toRow({ kind, day, code, pieces, thousandths, customer }: Draft, index: number): Partial<SourceRow> {
  const month = 1 + Math.floor((day - 1) / 28)
  const date = `2012-0${month}-${String(1 + ((day - 1) % 28)).padStart(2, '0')}`
  const invoice = String(800_000 + index)
  const sale = { invoice, code, quantity: String(pieces), moment: `${date} 09:00:00`, customer }
  const unitPrice = `1.00${thousandths}`
  switch (kind) {
    case 'sale':
      return { ...sale, unitPrice }
    case 'cancel':
      return { ...sale, unitPrice, invoice: `C${invoice}`, quantity: `-${pieces}` }
    case 'writeOff':
      return { ...sale, unitPrice: '0.0', code: '10001', quantity: `-${pieces}`, customer: '', description: 'broken' }
    case 'found':
      return { ...sale, unitPrice: '0.0', customer: '', description: '' }
    case 'free':
      return { ...sale, unitPrice: '0', customer: '90001' }
    case 'badDebt':
      return { ...sale, unitPrice: `-${unitPrice}`, invoice: `A${invoice}`, code: 'B' }
  }
}

/** The signed stock moves of a day in the order a runner makes them, write-offs before goods found. */
function movesOf(day: PlanDay): [item: string, quantity: bigint][] {
  const shipped = day.orders.flatMap((order) => order.lines.filter((line) => line.kind !== 'service'))
  const returned = day.cancellations.flatMap((one) => one.lines.filter((line) => line.kind === 'stock'))
  const adjusted = day.adjustments.map(({ item, quantity }): [string, bigint] => [item, BigInt(quantity)])
  return [
    ...day.receipts.map(({ item, quantity }): [string, bigint] => [item, BigInt(quantity)]),
    ...shipped.map(({ item, quantity }): [string, bigint] => [item, -BigInt(quantity)]),
    ...returned.map(({ item, quantity }): [string, bigint] => [item, BigInt(quantity)]),
    ...adjusted.filter(([, quantity]) => quantity < 0n),
    ...adjusted.filter(([, quantity]) => quantity > 0n),
  ]
}

function checkStock(plan: ReplayPlan): void {
  const onHand = new Map<string, bigint>()
  const received = new Set<string>()
  const emptied = new Set<string>()
  for (const day of plan.days()) {
    for (const { item } of day.receipts) {
      received.add(`${item} ${day.index === 0 ? 'opening' : day.month}`)
    }
    for (const [item, quantity] of movesOf(day)) {
      const left = (onHand.get(item) ?? 0n) + quantity
      expect(left >= 0n).toBe(true)
      onHand.set(item, left)
      if (left === 0n) {
        emptied.add(`${item} ${day.month === plan.day(1).month ? 'opening' : day.month}`)
      }
    }
  }
  // A receipt that never lets its item reach zero in its month would be larger than the rule allows.
  expect([...received].filter((receipt) => !emptied.has(receipt))).toEqual([])
}

function checkReturns(plan: ReplayPlan): void {
  const open = new Map<string, bigint>()
  for (const day of plan.days()) {
    for (const { sourceInvoice, lines } of day.orders) {
      for (const { sourceLine, quantity } of lines) {
        open.set(`${sourceInvoice}/${sourceLine}`, BigInt(quantity))
      }
    }
    for (const line of day.cancellations.flatMap((one) => one.lines)) {
      let together = BigInt(line.unlinkedQuantity)
      for (const { sourceInvoice, sourceLine, quantity } of line.links) {
        const key = `${sourceInvoice}/${sourceLine}`
        const left = (open.get(key) ?? 0n) - BigInt(quantity)
        expect(left >= 0n).toBe(true)
        open.set(key, left)
        together += BigInt(quantity)
      }
      expect(together).toBe(BigInt(line.quantity))
    }
  }
}

function checkTotals(plan: ReplayPlan, rows: readonly SourceRow[]): void {
  const months = [...new Set(rows.map((row) => row.moment.slice(0, 7)))]
  expect([...plan.expected.keys()]).toEqual(months)
  for (const month of months) {
    const ofMonth = rows.filter((row) => row.moment.startsWith(month))
    const cancelled = ofMonth.filter((row) => row.invoice.startsWith('C'))
    const others = ofMonth.filter((row) => !row.invoice.startsWith('C'))
    const figures = plan.expected.get(month)
    expect(figures).toMatchObject({
      lines: String(ofMonth.length),
      invoices: String(others.length),
      cancel_invoices: String(cancelled.length),
      qty_noncancel: String(others.reduce((sum, row) => sum + BigInt(row.quantity), 0n)),
      qty_cancel: String(cancelled.reduce((sum, row) => sum + BigInt(row.quantity), 0n)),
      customers: String(new Set(ofMonth.map((row) => row.customer).filter((customer) => customer !== '')).size),
      stockcodes: String(new Set(ofMonth.map((row) => row.code)).size),
    })
    expect(thousandths(figures?.value_noncancel ?? '')).toBe(valueInThousandths(others))
    expect(thousandths(figures?.value_cancel ?? '')).toBe(valueInThousandths(cancelled))
  }
}

function valueInThousandths(rows: readonly SourceRow[]): bigint {
  return rows.reduce((sum, row) => sum + BigInt(row.quantity) * thousandths(row.unitPrice), 0n)
}

function thousandths(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(`${whole}${fraction.padEnd(3, '0')}`)
}

describe('a random year', () => {
  it('adds up, never runs short and returns nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(draft, { minLength: 1, maxLength: 120 }), async (drafts) => {
        const rows = toRows(drafts)
        const plan = planReplay(await buildSource(rows))
        checkTotals(plan, rows)
        checkStock(plan)
        checkReturns(plan)
        expect(planReplay(await buildSource(rows)).fingerprint).toBe(plan.fingerprint)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a small year', () => {
  it('has another fingerprint when one piece, price or remark of it changes', async () => {
    const rows = rowsOf({}, { invoice: '800002', description: 'broken', quantity: '-1', unitPrice: '0', customer: '' })
    const changed: Partial<SourceRow>[] = [{ quantity: '-2' }, { description: 'lost' }, { invoice: '800003' }]
    const plans = [rows, ...changed.map((fields) => rows.map((row) => (row.row === 2 ? { ...row, ...fields } : row)))]
    const fingerprints = new Set<string>()
    for (const each of plans) {
      fingerprints.add(planReplay(await buildSource(each)).fingerprint)
    }
    expect(fingerprints.size).toBe(4)
  })

  it('takes an invoice that begins with A as a debit when its price is above zero', async () => {
    const rows = rowsOf({ invoice: 'A800001', code: 'B', unitPrice: '20.00' }, { invoice: '800002' })
    const day = planReplay(await buildSource(rows)).day(1)
    expect(day.journals.map(({ sourceInvoice, unitPrice }) => [sourceInvoice, unitPrice])).toEqual([
      ['A800001', '20.00'],
    ])
    expect(day.orders.map((order) => order.sourceInvoice)).toEqual(['800002'])
  })

  it('spends a credit note once: what closed one invoice does not close the next', async () => {
    const credited = (quantity: string, unitPrice: string) =>
      rowsOf(
        { invoice: '800001', unitPrice: '10.00' },
        { invoice: '800002', unitPrice: '10.00' },
        { invoice: 'C800003', quantity, unitPrice },
        { invoice: '800004', moment: '2012-02-06 09:00:00' },
      )
    const partly = planReplay(await buildSource(credited('-2', '7.50')))
    expect(partly.day(1).cancellations[0]?.setAgainst).toEqual(['800002', '800001'])
    expect(partly.day(2).payments.map((payment) => payment.sourceInvoice)).toEqual(['800001'])
    const wholly = planReplay(await buildSource(credited('-2', '10.00')))
    expect(wholly.day(2).payments).toEqual([])
  })

  it('leaves every 50th invoice of named customers unpaid and every 20th for 60 days', async () => {
    const dayOf = (index: number) => (index < 100 ? '2012-01-03' : index < 101 ? '2012-02-02' : '2012-03-05')
    const rows = rowsOf(
      ...Array.from({ length: 102 }, (_, index) => ({
        invoice: String(800_000 + index),
        moment: `${dayOf(index)} 09:00:00`,
      })),
    )
    const plan = planReplay(await buildSource(rows))
    const paid = [...plan.days()].map((day) => day.payments.map((payment) => payment.term))
    // Of the first 100, number 50 and 100 stay open and 20, 40, 60 and 80 are late; the last one is due after the file.
    expect(paid.map((terms) => terms.length)).toEqual([0, 0, 94, 5])
    expect(paid[3]).toEqual(['60 days', '60 days', '60 days', '60 days', '30 days'])
    expect(plan.synthesised.invoicesLeftOpen).toBe(3)
  })
})
