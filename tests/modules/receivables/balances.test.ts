// What customers owe on any day, as they see it, and who is held for it.
import { beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '#kernel/db'
import type { Query } from '#kernel/query'
import { refreshCreditHolds } from '#receivables'
import { aged, openItems, overdue, statement } from '../../../src/modules/receivables/customer/questions.ts'
import { credit } from '../../../src/modules/receivables/invoice/credit.ts'
import { jobs } from '../../../src/modules/receivables/jobs.ts'
import { on as listeners } from '../../../src/modules/receivables/on.ts'
import { receive } from '../../../src/modules/receivables/payment/receive.ts'
import { reverse } from '../../../src/modules/receivables/payment/reverse.ts'
import { unapply } from '../../../src/modules/receivables/payment/unapply.ts'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, contextOf } from '../../support/world.ts'
import { invoiced, layShop, type Shop } from './shop.ts'

const { kernel, admin } = await testDatabase()
let shop: Shop
const on = (today: string) => contextOf({ today, now: new Date(`${today}T15:00:00Z`), reason: 'as it is' })
const ask = <Row>(question: Query, parameters: object, today: string) =>
  question.ask<Row>(kernel, on(today), parameters)

type Aged = {
  customer: string
  current: string
  days_30: string
  days_60: string
  days_90: string
  older: string
  on_account: string
  total: string
  base_total: string
  deposits: string
}
const ageOf = async (today: string, asOf?: string, customer = 'C1'): Promise<string> => {
  const rows = await ask<Aged>(aged, asOf ? { asOf } : {}, today)
  const row = rows.find((one) => one.customer === customer)
  return row
    ? [row.current, row.days_30, row.days_60, row.days_90, row.older, row.on_account, row.total].map(Number).join(' ')
    : '-'
}
/** What stood on the receivable account at the end of a day. */
const accountOn = async (day: string): Promise<number> =>
  Number(
    (
      await admin.query(
        `select coalesce(sum(debit - credit), 0) as balance from ledger.journal_line where company_id = 1 and account = '1100' and posting_date <= $1`,
        [day],
      )
    ).rows[0].balance,
  )

let first = ''
let cheque = ''
beforeAll(async () => {
  shop = await layShop(kernel, admin)
  // 220 due 1 April; 110 due 30 April; paid 100 on 10 March by a cheque that comes back on 20 April.
  first = (await invoiced(shop, 'C1', '10', { context: on('2026-03-02') })).invoice
  await invoiced(shop, 'C1', '5', { context: on('2026-03-31') })
  cheque =
    (
      await receive.run(kernel, on('2026-03-10'), {
        input: [{ customer: 'C1', amount: '150', apply: [{ invoice: first, amount: '100' }] }],
      })
    ).ids[0] ?? ''
  await reverse.run(kernel, on('2026-04-20'), { ids: [cheque], input: {} })
  await admin.query(`update credit.account set holds = '{}'`)
  const transfer =
    (
      await receive.run(kernel, on('2026-04-25'), {
        input: [{ customer: 'C1', amount: '220', apply: [{ invoice: first }] }],
      })
    ).ids[0] ?? ''
  const [application] = (await admin.query('select id from receivables.application where payment_id = $1', [transfer]))
    .rows
  await unapply.run(kernel, on('2026-05-05'), { ids: [transfer], input: { applications: [application.id] } })
  await receive.run(kernel, on('2026-05-06'), { input: [{ customer: 'C3', amount: '40', kind: 'deposit' }] })
})

describe('ACC-14: aged balances are exact on any day, also when asked long after', () => {
  test.each([
    // current, 1-30, 31-60, 61-90, older, on account, total
    ['2026-03-01', '-'],
    ['2026-03-02', '220 0 0 0 0 0 220'],
    ['2026-03-10', '120 0 0 0 0 -50 70'],
    ['2026-04-01', '230 0 0 0 0 -50 180'],
    ['2026-04-02', '110 120 0 0 0 -50 180'],
    ['2026-04-19', '110 120 0 0 0 -50 180'],
    ['2026-04-20', '110 220 0 0 0 0 330'],
    ['2026-04-25', '110 0 0 0 0 0 110'],
    ['2026-05-04', '0 110 0 0 0 0 110'],
    ['2026-05-05', '0 110 220 0 0 -220 110'],
    ['2026-06-01', '0 0 110 220 0 -220 110'],
    ['2026-09-01', '0 0 0 0 330 -220 110'],
  ])('on %s: %s', async (asOf, expected) => {
    expect(await ageOf('2026-09-02', asOf)).toBe(expected)
    const rows = await ask<Aged>(aged, { asOf }, '2026-09-02')
    expect(rows.reduce((sum, row) => sum + Number(row.base_total), 0)).toBe(await accountOn(asOf))
  })

  test('deposits stand apart', async () => {
    const rows = await ask<Aged>(aged, {}, '2026-05-06')
    expect(rows.find((row) => row.customer === 'C3')).toMatchObject({
      total: '0',
      deposits: expect.stringMatching(/^40(\.0+)?$/),
    })
  })
})

test('open items of a customer, the longest due first', async () => {
  type Item = { kind: string; open: string; days_overdue: number }
  const items = await ask<Item>(openItems, { customer: shop.customers.C1 }, '2026-05-06')
  expect(items.map((row) => `${row.kind} ${Number(row.open)} ${row.days_overdue}`)).toEqual([
    'invoice 220 35',
    'payment -220 11',
    'invoice 110 6',
  ])
})

test('a statement shows each step with its running balance', async () => {
  type Step = { kind: string; amount: string; balance: string }
  const steps = await ask<Step>(
    statement,
    { customer: shop.customers.C1, from: '2026-03-10', to: '2026-05-31' },
    '2026-06-01',
  )
  expect(steps.map((row) => `${row.kind} ${Number(row.amount)} ${Number(row.balance)}`)).toEqual([
    'balance brought forward 220 220',
    'payment -150 70',
    'invoice 110 180',
    'returned payment 150 330',
    'payment -220 110',
  ])
})

describe('CRD-06: who is overdue for longer than allowed is held, and freed when he has paid', () => {
  const refresh = (today: string) =>
    transaction(kernel.pool, { companies: [ALPHA] }, (tx) =>
      refreshCreditHolds({ tx, companyId: ALPHA, actor: on(today).principal.id, now: on(today).now, today }),
    )
  const held = async (): Promise<boolean> =>
    (await admin.query(`select holds ? 'overdue' as held from credit.account where id = $1`, [shop.customers.C1]))
      .rows[0].held

  test('the daily job sets it on the day after the last allowed one, once', async () => {
    expect(await refresh('2026-05-01')).toMatchObject({ held: [] })
    expect(await refresh('2026-05-02')).toMatchObject({ held: [shop.customers.C1] })
    expect(await refresh('2026-05-02')).toMatchObject({ held: [], lifted: [] })
    expect(await ask(overdue, { days: 5 }, '2026-05-06')).toMatchObject([
      { customer: 'C1', invoices: 2, days_overdue: 35 },
    ])
  })

  test('each job of the night has its time, and may run on any day', async () => {
    for (const [name, { run: task, at }] of Object.entries(jobs)) {
      expect(at).toMatch(/^0[1-5]:/)
      await transaction(kernel.pool, { companies: [ALPHA] }, (tx) =>
        task({ tx, kernel, context: on('2026-06-01'), payload: {}, jobId: name, attempt: 1 }),
      )
    }
    expect(await held()).toBe(true)
  })

  test('a credit note or a payment frees at once, through its event', async () => {
    await credit.run(kernel, on('2026-05-06'), { ids: [first], input: {} })
    const [note] = (await admin.query(`select id from receivables.invoice where kind = 'credit-note'`)).rows
    expect(await held()).toBe(true)
    const event = {
      topic: 'receivables.credit-note.apply',
      companyId: ALPHA,
      documentId: note.id,
      payload: {},
      at: new Date(),
    }
    await transaction(kernel.pool, { companies: [ALPHA] }, async (tx) =>
      listeners[event.topic]?.({ tx, kernel, context: on('2026-05-06'), event }),
    )
    expect(await held()).toBe(false)
  })
})
