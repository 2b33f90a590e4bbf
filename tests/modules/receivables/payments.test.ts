// Money against invoices: discount, write-off, currencies, deposits, undoing one of several, and money that comes back.
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { Refusal } from '#kernel/refusal'
import { verify } from '#kernel/verify'
import { invariants as ledger } from '../../../src/modules/ledger/invariants.ts'
import { invariants } from '../../../src/modules/receivables/invariants.ts'
import { apply } from '../../../src/modules/receivables/payment/apply.ts'
import { receive } from '../../../src/modules/receivables/payment/receive.ts'
import { reverse } from '../../../src/modules/receivables/payment/reverse.ts'
import { unapply } from '../../../src/modules/receivables/payment/unapply.ts'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, contextOf } from '../../support/world.ts'
import { booksOf } from '../ledger/books.ts'
import { invoiced, layShop, owes, type Shop, shipped } from './shop.ts'

const { kernel, admin } = await testDatabase()
let shop: Shop
const c = contextOf({ reason: 'as the bank says' })
const on = (today: string) => contextOf({ today, now: new Date(`${today}T15:00:00Z`), reason: 'as the bank says' })

beforeAll(async () => {
  shop = await layShop(kernel, admin)
})

// Whatever a test does, the books stay right.
afterEach(async () => {
  const verdict = await verify(kernel.pool, [ALPHA], [...ledger, ...invariants])
  expect(verdict.checks.filter((check) => !check.ok).map((check) => [check.id, check.examples])).toEqual([])
})

type Pay = { customer: string; amount: string; [other: string]: unknown }
const pay = async (given: Pay, context = c) => (await receive.run(kernel, context, { input: [given] })).ids[0] ?? ''
const openOf = async (invoice: string) =>
  (
    await admin.query(
      `select trim_scale(open) || ' / ' || trim_scale(base_open) as text from receivables.invoice where id = $1`,
      [invoice],
    )
  ).rows[0]?.text
const applicationsOf = async (invoice: string): Promise<string[]> =>
  (
    await admin.query<{ id: string }>('select id from receivables.application where invoice_id = $1 order by id', [
      invoice,
    ])
  ).rows.map((row) => row.id)
const refused = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return '-'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

test('T-PAY-01: 220 with 2 % in 10 days is settled by 215.60, and the discount has its account', async () => {
  const { invoice } = await invoiced(shop, 'C2', '10')
  const payment = await pay({ customer: 'C2', amount: '215.60', apply: [{ invoice }] })
  expect(await booksOf(admin, payment)).toBe('Dr1300 215.6 Dr4200 4.4 Cr1100 220')
  expect(await openOf(invoice)).toBe('0 / 0')
  expect(await owes(admin, shop.customers.C2)).toBe('0 less 0')
})

test('T-PAY-01: after the tenth day the terms give nothing', async () => {
  const { invoice } = await invoiced(shop, 'C2', '10')
  expect(
    await refused(pay({ customer: 'C2', amount: '215.60', apply: [{ invoice, discount: '4.40' }] }, on('2026-03-13'))),
  ).toBe('DISCOUNT_TOO_LARGE')
  expect(await refused(pay({ customer: 'C2', amount: '200', apply: [{ invoice, discount: '4.41' }] }))).toBe(
    'DISCOUNT_TOO_LARGE',
  )
  await pay({ customer: 'C2', amount: '100', apply: [{ invoice, discount: '2' }] })
  expect(await refused(pay({ customer: 'C2', amount: '100', apply: [{ invoice, discount: '2.41' }] }))).toBe(
    'DISCOUNT_TOO_LARGE',
  )
  await pay({ customer: 'C2', amount: '115.60', apply: [{ invoice, discount: '2.40' }] }, on('2026-03-12'))
  expect(await openOf(invoice)).toBe('0 / 0')
})

test('T-PAY-01: where the law asks for it, the discount takes its share of tax along', async () => {
  await admin.query(
    `update company.company set settings = settings || '{"settlement-discount-tax": "on"}' where id = $1`,
    [ALPHA],
  )
  const { invoice } = await invoiced(shop, 'C2', '10')
  const payment = await pay({ customer: 'C2', amount: '215.60', apply: [{ invoice }] })
  expect(await booksOf(admin, payment)).toBe('Dr1300 215.6 Dr2200 0.4 Dr4200 4 Cr1100 220')
  await admin.query(`update company.company set settings = settings - 'settlement-discount-tax' where id = $1`, [ALPHA])
  // Undoing takes back what was booked, whatever the setting says by now.
  await unapply.run(kernel, c, { ids: [payment], input: { applications: await applicationsOf(invoice) } })
  expect(await booksOf(admin, payment, 'unapplied%')).toBe('Dr1100 4.4 Cr2200 0.4 Cr4200 4')
})

test('T-PAY-02 ACC-05: undoing the second of three payments touches neither of the others', async () => {
  const { invoice } = await invoiced(shop, 'C1', '10')
  const payments = [
    await pay({ customer: 'C1', amount: '50', apply: [{ invoice }] }),
    await pay({ customer: 'C1', amount: '60', apply: [{ invoice }] }),
    await pay({ customer: 'C1', amount: '70', apply: [{ invoice }] }),
  ]
  const [, second = ''] = payments
  const applications = await admin.query<{ id: string; payment_id: string }>(
    'select id, payment_id from receivables.application where invoice_id = $1',
    [invoice],
  )
  const chosen = applications.rows.find((row) => row.payment_id === second)?.id ?? ''
  expect(await refused(unapply.run(kernel, c, { ids: [payments[0] ?? ''], input: { applications: [chosen] } }))).toBe(
    'NOT_APPLIED',
  )
  await unapply.run(kernel, c, { ids: [second], input: { applications: [chosen] } })
  expect(await openOf(invoice)).toBe('100 / 100')
  const left = await admin.query(
    'select trim_scale(unapplied)::text as unapplied from receivables.payment where id = any($1) order by amount',
    [payments],
  )
  expect(left.rows.map((row) => row.unapplied)).toEqual(['0', '60', '0'])
  expect(await owes(admin, shop.customers.C1)).toBe('100 less 60')
  expect(await refused(unapply.run(kernel, c, { ids: [second], input: { applications: [chosen] } }))).toBe(
    'NOT_APPLIED',
  )
  // Money on account and money applied stand on the same account: neither step is an entry in one currency.
  await apply.run(kernel, c, { ids: [second], input: { apply: [{ invoice }] } })
  await pay({ customer: 'C1', amount: '40', apply: [{ invoice }] })
  expect(await owes(admin, shop.customers.C1)).toBe('0 less 0')
})

test('T-PAY-04: 990 for 1,000 with a bank fee of 10 within tolerance', async () => {
  await admin.query(`update company.company set settings = settings || '{"write_off_limit": "10"}' where id = $1`, [
    ALPHA,
  ])
  const { invoice } = await invoiced(shop, 'C3', '50', { price: '18.181818' })
  expect(await openOf(invoice)).toBe('1000 / 1000')
  expect(await refused(pay({ customer: 'C3', amount: '989.99', apply: [{ invoice, writeOff: '10.01' }] }))).toBe(
    'WRITE_OFF_TOO_LARGE',
  )
  const payment = await pay({ customer: 'C3', amount: '990', apply: [{ invoice, writeOff: '10' }] })
  expect(await booksOf(admin, payment)).toBe('Dr1300 990 Dr6210 10 Cr1100 1000')
})

describe('When a payment is refused, nothing is kept', () => {
  test.each([
    ['PAYS_TOO_MUCH', { amount: '300', apply: [{ amount: '220.01' }] }],
    ['MORE_THAN_RECEIVED', { amount: '100', apply: [{ amount: '100.01' }] }],
    ['AMOUNT_NOT_POSITIVE', { amount: '0' }],
    ['AMOUNT_TOO_FINE', { amount: '1.005' }],
    ['AMOUNT_TOO_FINE', { amount: '100', apply: [{ amount: '99.999' }] }],
    ['OTHER_CURRENCY', { amount: '100', currency: 'EUR', apply: [{}] }],
    ['INVOICE_UNKNOWN', { amount: '100', customer: 'C3', apply: [{}] }],
    ['INVOICE_UNKNOWN', { amount: '100', apply: [{ invoice: newId() }] }],
    ['UNKNOWN_CODE', { amount: '100', customer: 'NOBODY' }],
    ['RATE_UNKNOWN', { amount: '100', currency: 'JPY' }],
  ])('%s', async (code, given) => {
    await admin.query(
      `insert into company.rate (company_id, currency, valid_on, rate, source) values (1, 'EUR', '2026-03-02', 1.10, 'test') on conflict do nothing`,
    )
    const { invoice } = await invoiced(shop, 'C1', '10')
    const before = (await admin.query('select count(*) from receivables.payment')).rows[0].count
    const applied = 'apply' in given ? { apply: given.apply.map((part) => ({ invoice, ...part })) } : {}
    expect(await refused(pay({ customer: 'C1', ...given, ...applied }))).toBe(code)
    expect((await admin.query('select count(*) from receivables.payment')).rows[0].count).toBe(before)
    expect(await openOf(invoice)).toBe('220 / 220')
  })

  test('PAYMENT_TWICE: the same reference by the same method', async () => {
    await pay({ customer: 'C1', amount: '5', reference: 'BANK-1' })
    expect(await refused(pay({ customer: 'C1', amount: '5', reference: 'BANK-1' }))).toBe('PAYMENT_TWICE')
  })
})

test('one payment goes as far as it goes over several invoices', async () => {
  const [one, two] = [await invoiced(shop, 'C3', '10'), await invoiced(shop, 'C3', '10')]
  await pay({ customer: 'C3', amount: '300', apply: [{ invoice: one.invoice }, { invoice: two.invoice }] })
  expect(await openOf(one.invoice)).toBe('0 / 0')
  expect(await openOf(two.invoice)).toBe('140 / 140')
})

describe('ACC-12: realised exchange differences, for each partial payment in its period', () => {
  const rate = (day: string, value: string) =>
    admin.query(
      `insert into company.rate (company_id, currency, valid_on, rate, source) values (1, 'EUR', $1, $2, 'test') on conflict (company_id, currency, valid_on) do update set rate = excluded.rate`,
      [day, value],
    )
  // Ten at 100 less the tax that makes 1,000 with it.
  const thousand = () => invoiced(shop, 'E1', '10', { price: '90.909091' })

  test('T-PAY-05: 1,000 EUR at 1.10 paid at 1.08', async () => {
    await rate('2026-03-02', '1.10')
    const { invoice } = await thousand()
    expect(await openOf(invoice)).toBe('1000 / 1100')
    expect(await booksOf(admin, invoice)).toBe('Dr1100 1100 Dr5000 100 Cr1160 100 Cr2200 100 Cr4000 1000')
    await rate('2026-03-10', '1.08')
    const payment = await pay({ customer: 'E1', amount: '1000', apply: [{ invoice }] }, on('2026-03-10'))
    expect(await booksOf(admin, payment)).toBe('Dr1300 1080 Dr6100 20 Cr1100 1100')
  })

  test('T-PAY-06: 500 at 1.08 in March and 500 at 1.12 in April', async () => {
    await rate('2026-03-02', '1.10')
    const { invoice } = await thousand()
    await rate('2026-03-20', '1.08')
    await rate('2026-04-20', '1.12')
    const march = await pay({ customer: 'E1', amount: '500', apply: [{ invoice }] }, on('2026-03-20'))
    const april = await pay({ customer: 'E1', amount: '500', apply: [{ invoice }] }, on('2026-04-20'))
    expect(await booksOf(admin, march)).toBe('Dr1300 540 Dr6100 10 Cr1100 550')
    expect(await booksOf(admin, april)).toBe('Dr1300 560 Cr1100 550 Cr6100 10')
    // Undoing the first takes its loss back and leaves the gain.
    const [first = ''] = (
      await admin.query<{ id: string }>('select id from receivables.application where payment_id = $1', [march])
    ).rows.map((row) => row.id)
    await unapply.run(kernel, on('2026-04-21'), { ids: [march], input: { applications: [first] } })
    expect(await booksOf(admin, march, 'unapplied%')).toBe('Dr1100 10 Cr6100 10')
    expect(await openOf(invoice)).toBe('500 / 550')
  })

  test('cents that do not divide are settled by whoever settles the last, in whatever order they are undone', async () => {
    await rate('2026-03-02', '1.333333')
    const { invoice } = await invoiced(shop, 'E1', '1', { price: '90.909091' })
    expect(await openOf(invoice)).toBe('100 / 133.33')
    const thirds = ['33.33', '33.33', '33.34']
    const payments: string[] = []
    for (const amount of thirds) payments.push(await pay({ customer: 'E1', amount, apply: [{ invoice }] }))
    expect(await openOf(invoice)).toBe('0 / 0')
    const middle =
      (await admin.query<{ id: string }>('select id from receivables.application where payment_id = $1', [payments[1]]))
        .rows[0]?.id ?? ''
    await unapply.run(kernel, c, { ids: [payments[1] ?? ''], input: { applications: [middle] } })
    expect(await openOf(invoice)).toBe('33.33 / 44.44')
    await apply.run(kernel, c, { ids: [payments[1] ?? ''], input: { apply: [{ invoice }] } })
    expect(await openOf(invoice)).toBe('0 / 0')
  })
})

test('T-Q2C-09: a deposit settles the prepaid invoice on the day it is issued', async () => {
  const deposit = await pay({ customer: 'C9', amount: '110', kind: 'deposit' })
  expect(await booksOf(admin, deposit)).toBe('Dr1300 110 Cr2150 110')
  const { invoice } = await invoiced(shop, 'C9', '5')
  expect(await booksOf(admin, invoice)).toBe('Dr1100 110 Dr5000 50 Cr1160 50 Cr2200 10 Cr4000 100')
  expect(await booksOf(admin, deposit, 'applied%')).toBe('Dr2150 110 Cr1100 110')
  expect(await openOf(invoice)).toBe('0 / 0')
  expect(await owes(admin, shop.customers.C9)).toBe('0 less 0')
})

test('T-Q2C-09: a deposit for one order waits for the invoice of that order', async () => {
  const order = await shipped(shop, 'C1', '5')
  await pay({ customer: 'C1', amount: '50', kind: 'deposit', order })
  const other = await invoiced(shop, 'C1', '5')
  expect(await openOf(other.invoice)).toBe('110 / 110')
  const { issue } = await import('../../../src/modules/receivables/invoice/issue.ts')
  const [own = ''] = (await issue.run(kernel, c, { input: [{ order }] })).ids
  expect(await openOf(own)).toBe('60 / 60')
})

test('CRD-06: a payment that comes back opens its invoices, takes the money out, and holds the customer', async () => {
  const { invoice } = await invoiced(shop, 'C3', '10')
  const payment = await pay({ customer: 'C3', amount: '250', apply: [{ invoice }], reference: 'CHEQUE-7' })
  await reverse.run(kernel, on('2026-03-09'), { ids: [payment], input: {} })
  expect(await booksOf(admin, payment, 'reversed')).toBe('Dr1100 250 Cr1300 250')
  expect(await openOf(invoice)).toBe('220 / 220')
  const held = await admin.query(
    `select holds -> 'returned-payment' ->> 'reason' as reason from credit.account where id = $1`,
    [shop.customers.C3],
  )
  expect(held.rows[0].reason).toBe('as the bank says')
  expect(await refused(reverse.run(kernel, c, { ids: [payment], input: {} }))).toBe('WRONG_STATE')
  expect(await refused(apply.run(kernel, c, { ids: [payment], input: { apply: [{ invoice }] } }))).toBe('WRONG_STATE')
  // The same cheque may come again.
  await admin.query(`update credit.account set holds = '{}' where id = $1`, [shop.customers.C3])
  await pay({ customer: 'C3', amount: '250', apply: [{ invoice }], reference: 'CHEQUE-7' })
})
