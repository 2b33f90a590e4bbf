// What the screens of finance ask: receivables by age, what settled what, the journal, and how far each period is.
import { beforeAll, expect, test } from 'vitest'
import type { Query } from '#kernel/query'
import { entryLines, journal } from '../../../src/modules/ledger/journal.ts'
import { periods } from '../../../src/modules/ledger/periods.ts'
import { beforeClose } from '../../../src/modules/receivables/before-close.ts'
import { ageing } from '../../../src/modules/receivables/customer/ageing.ts'
import { applications } from '../../../src/modules/receivables/customer/applications.ts'
import { receive } from '../../../src/modules/receivables/payment/receive.ts'
import { unapply } from '../../../src/modules/receivables/payment/unapply.ts'
import { testDatabase } from '../../support/database.ts'
import { contextOf, person } from '../../support/world.ts'
import { invoiced, layShop, type Shop, shipped } from './shop.ts'

const { kernel, admin } = await testDatabase()
let shop: Shop
const on = (today: string) => contextOf({ today, now: new Date(`${today}T15:00:00Z`), reason: 'as it is' })
const ask = <Row>(question: Query, parameters: object, today: string) =>
  question.ask<Row>(kernel, on(today), parameters)
const value = async (text: string, ...given: unknown[]): Promise<unknown> =>
  Object.values((await admin.query(text, given)).rows[0] ?? {})[0]

let invoice = ''
let payment = ''
beforeAll(async () => {
  shop = await layShop(kernel, admin)
  // 220 due 1 April, 110 due 30 April; of 150 that came on 10 March, 100 went to the first.
  invoice = (await invoiced(shop, 'C1', '10', { context: on('2026-03-02') })).invoice
  await invoiced(shop, 'C1', '5', { context: on('2026-03-31') })
  const came = [{ customer: 'C1', amount: '150', apply: [{ invoice, amount: '100' }] }]
  payment = (await receive.run(kernel, on('2026-03-10'), { input: came })).ids[0] ?? ''
})

test.each([
  // current, 1-30, 31-60, 61-90, older, on account
  ['2026-03-10', '120 0 0 0 0 -50'],
  ['2026-04-02', '110 120 0 0 0 -50'],
  ['2026-07-01', '0 0 0 110 120 -50'],
])('ACC-14: receivables by age on %s are %s, and come to the receivable account', async (asOf, expected) => {
  const rows = await ask<{ bucket: string; amount: string }>(ageing, { asOf }, '2026-07-02')
  expect(rows.map((row) => row.bucket).join(' ')).toBe('current days_30 days_60 days_90 older on_account')
  expect(rows.map((row) => Number(row.amount)).join(' ')).toBe(expected)
  const account = await value(
    `select sum(debit - credit) from ledger.journal_line where company_id = 1 and account = '1100' and posting_date <= $1`,
    asOf,
  )
  expect(rows.reduce((sum, row) => sum + Number(row.amount), 0)).toBe(Number(account))
})

test('what settled what stays told after it was taken back', async () => {
  type Told = { id: string; amount: string; payment_id: string; undone_on: string | null }
  const [made, ...others] = await ask<Told>(applications, { invoice }, '2026-04-01')
  expect([Number(made?.amount), made?.payment_id, made?.undone_on, others.length]).toEqual([100, payment, null, 0])
  await unapply.run(kernel, on('2026-04-03'), { ids: [payment], input: { applications: [made?.id] } })
  const [undone] = await ask<Told>(applications, { customer: shop.customers.C1 }, '2026-04-04')
  expect(undone?.undone_on).toBe('2026-04-03')
})

test('the journal goes back page by page and tells each entry once, with what it comes to', async () => {
  type Entry = { id: string; number: string; posting_date: string; amount: string; lines: number }
  const all = await ask<Entry>(journal, { limit: 500 }, '2026-07-01')
  expect(all.length).toBe(Number(await value('select count(*) from ledger.entry where company_id = 1')))
  const paged: Entry[] = []
  for (;;) {
    const last = paged.at(-1)
    const after = last ? { beforeDate: last.posting_date, beforeNumber: last.number } : {}
    const page = await ask<Entry>(journal, { ...after, limit: 2 }, '2026-07-01')
    if (page.length === 0) break
    paged.push(...page)
  }
  expect(paged).toEqual(all)
  const one = all[0]
  const lines = await ask<{ debit: string; credit: string; name: string }>(entryLines, { entry: one?.id }, '2026-07-01')
  expect(lines.length).toBe(one?.lines)
  expect(lines.reduce((sum, line) => sum + Number(line.debit), 0)).toBe(Number(one?.amount))
  expect(lines.every((line) => line.name !== '')).toBe(true)
})

test('a period tells its entries, its balance and whether it is over; the days after today are not told', async () => {
  type Told = { period: string; entries: number; over: boolean; balanced: boolean; suspense: string; state: string }
  const rows = await ask<Told>(periods, {}, '2026-04-15')
  expect(rows[0]).toMatchObject({ period: '2026-04', over: false, balanced: true })
  const march = rows.find((row) => row.period === '2026-03')
  expect(march).toMatchObject({ over: true, balanced: true, suspense: '0', state: 'open' })
  expect(march?.entries).toBe(
    Number(
      await value(
        `select count(*) from ledger.entry where company_id = 1 and posting_date between '2026-03-01' and '2026-03-31'`,
      ),
    ),
  )
})

test('before a close one is told of goods not invoiced and money not applied, up to the end of the period', async () => {
  await shipped(shop, 'C3', '3', { context: on('2026-04-20') })
  type Check = { check: string; count: number; amount: string }
  const told = async (until: string) =>
    Object.fromEntries(
      (await ask<Check>(beforeClose, { until }, '2026-05-02')).map((row) => [
        row.check,
        `${row.count} ${Number(row.amount)}`,
      ]),
    )
  expect(await told('2026-03-31')).toMatchObject({
    'not-invoiced': '0 0',
    'credit-drafts': '0 0',
    'not-applied': '1 150',
  })
  expect((await told('2026-04-30'))['not-invoiced']).toMatch(/^1 \d/)
  const nobody = contextOf({ principal: person('Nobody', ['sales.order.read']) })
  await expect(beforeClose.ask(kernel, nobody, { until: '2026-04-30' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
})
