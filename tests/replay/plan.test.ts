// A small invented file with every kind of dirt: each rule, each event and each total is asserted exactly.
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  compareTotals,
  loadSource,
  type PlanDay,
  type Profile,
  planReplay,
  profileSource,
  type ReplayPlan,
  readControl,
  TotalsAccumulator,
} from '../../src/replay/index.ts'

const FIXTURE = fileURLToPath(new URL('fixture.csv', import.meta.url))
const CONTROL = fileURLToPath(new URL('fixture-control.csv', import.meta.url))

let profile: Profile
let plan: ReplayPlan
let days: Map<string, PlanDay>

beforeAll(async () => {
  const source = await loadSource(FIXTURE)
  profile = profileSource(source)
  plan = planReplay(source)
  days = new Map([...plan.days()].map((day) => [day.date, day]))
})

function day(date: string): PlanDay {
  const found = days.get(date)
  if (!found) {
    throw new Error(`the plan has no ${date}`)
  }
  return found
}

describe('the profile of a file', () => {
  it('counts every kind of dirt', () => {
    const counts = Object.fromEntries(profile.findings.map((finding) => [finding.key, finding.count]))
    expect(counts).toEqual({
      'case-twins': 1,
      'several-descriptions': 2,
      'no-customer': 11,
      'write-offs': 1,
      'zero-price': 7,
      'service-lines': 8,
      'fine-price': 1,
      'negative-price': 1,
      'no-description': 1,
      'returns-without-sale': 1,
      'returns-beyond-sale': 1,
      'returns-anonymous': 1,
      duplicates: 1,
      'two-times': 1,
      interleaved: 2,
      'bad-debt': 1,
      'two-countries': 1,
    })
  })

  it('sums the file exactly', () => {
    const { findings, services, ...sums } = profile
    expect(sums).toEqual({
      rows: 30,
      invoices: 20,
      cancellations: 5,
      cancellationLines: 7,
      customers: 2,
      stockCodes: 12,
      countries: 4,
      firstDay: '2012-01-03',
      lastDay: '2012-03-12',
      businessDays: 4,
      quantity: '97',
      value: '-20.669000',
    })
    expect(services.find(({ code }) => code === 'POST')).toEqual({
      code: 'POST',
      name: 'Postage',
      lines: 2,
      value: '0.000000',
    })
    expect(findings.every((finding) => finding.rules.length > 0)).toBe(true)
  })
})

describe('the rules', () => {
  it('count the lines and invoices that each of them touched', () => {
    expect(plan.rules.map(({ id, lines, invoices }) => `${id} ${lines} ${invoices}`)).toEqual([
      'R01 11 7',
      'R02 1 1',
      'R03 2 2',
      'R04 4 4',
      'R05 3 3',
      'R06 8 6',
      'R07 3 2',
      'R08 1 1',
      'R09 2 2',
      'R10 3 3',
      'R11 7 7',
      'R12 1 1',
      'R13 1 1',
      'R14 1 1',
      'R15 1 1',
      'R16 4 2',
      'R17 4 4',
      'R18 1 1',
      'R19 1 1',
      'R20 1 1',
      'R21 2 2',
    ])
  })

  it('give every line exactly one outcome', () => {
    expect(plan.outcomes).toEqual({ sale: 11, service: 5, free: 3, adjustment: 3, journal: 1, credit: 7 })
  })
})

describe('the masters', () => {
  it('fold letter case, name items by their priced lines and cost them at 55 % of the lower median', () => {
    expect(plan.items.filter((item) => item.kind === 'stock')).toEqual([
      {
        code: '10001',
        description: 'BLUE MUG',
        kind: 'stock',
        medianPrice: '2.50',
        cost: '1.38',
        sourceCodes: ['10001'],
      },
      {
        code: '10002A',
        description: 'WOODEN TRAY',
        kind: 'stock',
        medianPrice: '5.00',
        cost: '2.75',
        sourceCodes: ['10002A', '10002a'],
      },
      {
        code: '20001',
        description: 'RED CANDLE',
        kind: 'stock',
        medianPrice: '0.29',
        cost: '0.16',
        sourceCodes: ['20001'],
      },
      {
        code: '10003',
        description: 'Item 10003, never named at a price',
        kind: 'stock',
        medianPrice: null,
        cost: '0.01',
        sourceCodes: ['10003'],
      },
    ])
  })

  it('register each customer once and one cash account per country', () => {
    expect(plan.customers).toEqual([
      { key: '90001', name: 'Customer 90001', country: 'United Kingdom', cash: false },
      { key: '90002', name: 'Customer 90002', country: 'France', cash: false },
      { key: 'CASH-EIRE', name: 'Cash sales, EIRE', country: 'EIRE', cash: true },
      { key: 'CASH-UNITED KINGDOM', name: 'Cash sales, United Kingdom', country: 'United Kingdom', cash: true },
    ])
  })
})

describe('the days', () => {
  it('begin with the opening stock on the day before the first, and cover the lowest point exactly', () => {
    expect(plan.dates).toEqual(['2012-01-02', '2012-01-03', '2012-01-05', '2012-02-06', '2012-03-12'])
    expect(day('2012-01-02').receipts).toEqual([
      { item: '10001', quantity: '20', unitCost: '1.38' },
      { item: '10002A', quantity: '6', unitCost: '2.75' },
      { item: '20001', quantity: '113', unitCost: '0.16' },
    ])
    expect(day('2012-02-06').receipts).toEqual([{ item: '10001', quantity: '19', unitCost: '1.38' }])
    expect(day('2012-03-12').receipts).toEqual([])
  })

  it('make an order of each invoice, with the code as typed, dated by the first of two times', () => {
    const [first, anonymous] = day('2012-01-03').orders
    expect(first).toMatchObject({ sourceInvoice: '700001', customer: '90001', moment: '2012-01-03 09:00:00' })
    expect(first?.lines.map((line) => line.sourceLine)).toEqual([1, 2, 3])
    expect(anonymous).toEqual({
      sourceInvoice: '700002',
      customer: 'CASH-UNITED KINGDOM',
      country: 'United Kingdom',
      date: '2012-01-03',
      moment: '2012-01-03 09:10:00',
      tax: 'standard',
      lines: [
        { sourceLine: 4, item: '10002A', sourceCode: '10002a', quantity: '2', unitPrice: '5.25', kind: 'stock' },
        { sourceLine: 5, item: 'DOT', sourceCode: 'DOT', quantity: '1', unitPrice: '8.40', kind: 'service' },
        { sourceLine: 6, item: '20001', sourceCode: '20001', quantity: '1', unitPrice: '0.00', kind: 'free' },
      ],
    })
  })

  it('gather interleaved invoices, keep the country of the document and a price of 0.001', () => {
    const orders = day('2012-01-05').orders
    expect(orders.map(({ sourceInvoice, country, tax }) => [sourceInvoice, country, tax])).toEqual([
      ['700009', 'Belgium', 'zero'],
      ['700010', 'United Kingdom', 'standard'],
      ['700013', 'United Kingdom', 'standard'],
      ['700014', 'United Kingdom', 'standard'],
      ['700015', 'EIRE', 'zero'],
    ])
    expect(orders[0]?.lines.map((line) => line.sourceLine)).toEqual([16, 18])
    expect(orders[1]?.lines[1]).toMatchObject({ item: 'PADS', unitPrice: '0.001', kind: 'service' })
    expect(orders.slice(2).map((order) => order.lines[0]?.kind)).toEqual(['free', 'service', 'free'])
  })

  it('turn remarks into stock adjustments and bad debt into a manual entry', () => {
    expect(day('2012-01-03').adjustments.map(({ item, quantity, remark }) => [item, quantity, remark])).toEqual([
      ['20001', '-3', 'smashed'],
      ['10003', '5', ''],
      ['10001', '2', 'found, top shelf'],
    ])
    expect(day('2012-01-05').journals).toEqual([
      {
        sourceInvoice: 'A700012',
        sourceLine: 21,
        customer: 'CASH-UNITED KINGDOM',
        date: '2012-01-05',
        item: 'B',
        sourceCode: 'B',
        quantity: '1',
        unitPrice: '-20.00',
        text: 'Adjust bad debt',
      },
    ])
  })

  it('link a cancellation to what is open: same price first, then the latest', () => {
    const linked = (date: string) =>
      day(date).cancellations.flatMap((cancellation) =>
        cancellation.lines.map((line) => [
          cancellation.sourceInvoice,
          `${line.kind} ${line.quantity} at ${line.unitPrice}`,
          line.links.map((link) => `${link.quantity} of ${link.sourceInvoice}/${link.sourceLine}`).join(', '),
          line.unlinkedQuantity,
        ]),
      )
    expect(linked('2012-01-03')).toEqual([
      ['C700007', 'stock 4 at 2.50', '4 of 700001/2', '0'],
      ['C700007', 'stock 6 at 5.00', '4 of 700001/3', '2'],
      ['C700007', 'stock 1 at 0.29', '', '1'],
      ['C700008', 'service 1 at 100.00', '', '1'],
    ])
    expect(linked('2012-01-05')).toEqual([['C700011', 'stock 50 at 0.30', '7 of 700009/16, 43 of 700006/10', '0']])
    expect(linked('2012-02-06')).toEqual([
      ['C700017', 'stock 17 at 2.50', '1 of 700016/26, 6 of 700001/2, 10 of 700001/1', '0'],
      ['C700019', 'service 1 at 18.00', '1 of 700006/11', '0'],
    ])
  })

  it('set credit notes against open invoices and pay the rest when it is due', () => {
    const settled = [...days.values()].flatMap((each) => each.cancellations.map((one) => one.setAgainst))
    expect(settled).toEqual([['700001'], [], ['700009', '700006'], ['700016'], ['700006']])
    expect(day('2012-01-03').payments).toEqual([
      { sourceInvoice: '700002', customer: 'CASH-UNITED KINGDOM', term: 'cash' },
    ])
    // 700009 was closed by its credit note, so nobody pays it.
    expect(day('2012-02-06').payments.map((payment) => payment.sourceInvoice)).toEqual([
      '700001',
      '700006',
      '700010',
      '700018',
    ])
    expect(day('2012-03-12').payments).toEqual([{ sourceInvoice: '700016', customer: '90001', term: '30 days' }])
    expect(plan.synthesised.invoicesLeftOpen).toBe(1)
  })

  it('stop after the month that was asked for, and resume where they stopped', () => {
    const until = [...plan.days({ until: '2012-01' })]
    const rest = [...plan.days({ from: until.length })]
    expect(until.map((each) => each.date)).toEqual(['2012-01-02', '2012-01-03', '2012-01-05'])
    expect([...until, ...rest]).toEqual([...days.values()])
    expect(plan.day(3)).toEqual(day('2012-02-06'))
  })
})

describe('the control totals', () => {
  it('equal the control to the last digit, added up from the events', async () => {
    const comparison = compareTotals(await readControl(CONTROL), plan.expected)
    expect(comparison.filter((entry) => !entry.equal)).toEqual([])
    expect(comparison).toHaveLength(27)
  })

  it('turn red when one line is missing, or a price is off by a thousandth', async () => {
    const control = await readControl(CONTROL)
    const damage = [
      (one: PlanDay) => ({ ...one, adjustments: one.adjustments.slice(1) }),
      (one: PlanDay) => ({ ...one, journals: one.journals.map((entry) => ({ ...entry, unitPrice: '-20.001' })) }),
    ]
    const red = damage.map((change) => {
      const totals = new TotalsAccumulator()
      for (const each of plan.days()) {
        totals.recordDay(change(each))
      }
      const differing = compareTotals(control, totals.totals()).filter((entry) => !entry.equal)
      return differing.map(({ month, measure, recorded }) => `${month} ${measure} ${recorded}`)
    })
    expect(red).toEqual([
      ['2012-01 lines 23', '2012-01 invoices 11', '2012-01 qty_noncancel 153'],
      ['2012-01 value_noncancel 120.79'],
    ])
  })

  it('count a month that was not recorded as zero, unless the run was to stop before it', async () => {
    const totals = new TotalsAccumulator()
    for (const each of plan.days({ until: '2012-02' })) {
      totals.recordDay(each)
    }
    const control = await readControl(CONTROL)
    expect(compareTotals(control, totals.totals()).filter((entry) => !entry.equal)).toHaveLength(6)
    expect(compareTotals(control, totals.totals(), '2012-02').filter((entry) => !entry.equal)).toEqual([])
  })
})

describe('the fingerprint', () => {
  it('is the same for the same lines, packed or not', async () => {
    const packed = planReplay(await loadSource(`${FIXTURE}.xz`))
    expect(packed.fingerprint).toBe(plan.fingerprint)
    expect(packed.fingerprint).toMatch(/^[0-9a-f]{64}$/)
  })
})
