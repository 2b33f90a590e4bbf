// Invoices and credit notes: never more than shipped, one a month where the customer wants it, credited as a person chose.
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { decide } from '#kernel/approvals'
import { transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import { type Kernel, openKernel } from '#kernel/kernel'
import { Refusal } from '#kernel/refusal'
import { verify } from '#kernel/verify'
import { issueMonthly } from '#receivables'
import { invariants as ledger } from '../../../src/modules/ledger/invariants.ts'
import { apply } from '../../../src/modules/receivables/credit-note/apply.ts'
import { cancel } from '../../../src/modules/receivables/credit-note/cancel.ts'
import { draft } from '../../../src/modules/receivables/credit-note/draft.ts'
import { issue as issueNote } from '../../../src/modules/receivables/credit-note/issue.ts'
import { unapply } from '../../../src/modules/receivables/credit-note/unapply.ts'
import { invariants } from '../../../src/modules/receivables/invariants.ts'
import { credit } from '../../../src/modules/receivables/invoice/credit.ts'
import { issue } from '../../../src/modules/receivables/invoice/issue.ts'
import { issuePeriod } from '../../../src/modules/receivables/invoice/issue-period.ts'
import { receive } from '../../../src/modules/receivables/payment/receive.ts'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, contextOf, person } from '../../support/world.ts'
import { booksOf } from '../ledger/books.ts'
import { invoiced, layShop, lineOf, owes, type Shop, shipped } from './shop.ts'

const { kernel, admin, url } = await testDatabase()
let shop: Shop
const c = contextOf({ reason: 'price was wrong' })

beforeAll(async () => {
  shop = await layShop(kernel, admin)
})
afterEach(async () => {
  const verdict = await verify(kernel.pool, [ALPHA], [...ledger, ...invariants])
  expect(verdict.checks.filter((check) => !check.ok).map((check) => [check.id, check.examples])).toEqual([])
})

const refused = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return '-'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
const openOf = async (id: string): Promise<string> =>
  (await admin.query('select trim_scale(open)::text as open from receivables.invoice where id = $1', [id])).rows[0]
    ?.open
const lineIn = async (invoice: string): Promise<string> =>
  (await admin.query('select id from receivables.invoice_line where invoice_id = $1 order by line', [invoice])).rows[0]
    ?.id
type Credited = { creditNotes: string[]; issued: string[]; numbers: string[] }
const credited = async (invoice: string, input: object) =>
  (await credit.run(kernel, c, { ids: [invoice], input })).result as Credited

test('T-SHP-05 ACC-01: seven of ten are shipped; ten cannot be invoiced, seven are', async () => {
  const order = await shipped(shop, 'C1', '7')
  const { id } = await lineOf(admin, order)
  await admin.query('update sales.order_line set ordered = 10, quantity = 10, net = 200 where id = $1', [id])
  expect(await refused(issue.run(kernel, c, { input: [{ order, lines: [{ line: id, quantity: '10' }] }] }))).toBe(
    'INVOICE_MORE_THAN_SHIPPED',
  )
  const [invoice = ''] = (await issue.run(kernel, c, { input: [{ order }] })).ids
  expect(await lineOf(admin, order)).toMatchObject({ shipped: '7', invoiced: '7' })
  expect(await openOf(invoice)).toBe('154')
  expect(await refused(issue.run(kernel, c, { input: [{ order }] }))).toBe('NOTHING_TO_INVOICE')
  await admin.query('update sales.order_line set ordered = 7, quantity = 7, net = 140 where id = $1', [id])
})

describe('T-Q2C-10 ACC-01: one invoice for the month', () => {
  test('three shipments make one invoice, and a second run makes none', async () => {
    for (const quantity of ['1', '2', '3']) await shipped(shop, 'M1', quantity)
    const made = await issueMonthly(kernel, c, '2026-03-31')
    expect(made.length).toBe(1)
    const found = await admin.query(
      'select trim_scale(total)::text as total, order_id, number from receivables.invoice where id = $1',
      [made[0]],
    )
    expect(found.rows).toEqual([{ total: '132', order_id: null, number: expect.stringMatching(/^INV-2026-\d{6}$/) }])
    expect(await issueMonthly(kernel, c, '2026-03-31')).toEqual([])
  })

  test('two runs at once make one', async () => {
    await shipped(shop, 'M1', '4')
    const runs = await Promise.allSettled([
      issueMonthly(kernel, c, '2026-03-31'),
      issueMonthly(kernel, c, '2026-03-31'),
    ])
    const made = runs.flatMap((run) => (run.status === 'fulfilled' ? run.value : []))
    expect(made.length).toBe(1)
    const lost = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason.code] : []))
    expect(['', 'NOTHING_TO_INVOICE_CUSTOMER']).toContain(lost.join())
    expect(
      await refused(issuePeriod.run(kernel, c, { input: [{ customer: shop.customers.M1, currency: 'USD' }] })),
    ).toBe('NOTHING_TO_INVOICE_CUSTOMER')
  })
})

test('T-RET-04: a claim of 1.00 for each of ten gives money and leaves the quantity', async () => {
  const { order, invoice } = await invoiced(shop, 'C3', '10')
  const { creditNotes } = await credited(invoice, { lines: [{ line: await lineIn(invoice), price: '1.00' }] })
  expect(await booksOf(admin, creditNotes[0] ?? '', 'issued')).toBe('Dr2200 1 Dr4000 10 Cr1100 11')
  expect(await lineOf(admin, order)).toMatchObject({ shipped: '10', invoiced: '10', credited: '0' })
  expect(await openOf(invoice)).toBe('209')
  expect(await owes(admin, shop.customers.C3)).toBe('209 less 0')
})

test('T-RET-06: a credit reopens the quantity to bill only when somebody says so (C39)', async () => {
  const [kept, again] = [await invoiced(shop, 'C1', '10'), await invoiced(shop, 'C1', '10')]
  await credited(kept.invoice, {})
  expect(await lineOf(admin, kept.order)).toMatchObject({ invoiced: '10', credited: '10' })
  expect(await refused(issue.run(kernel, c, { input: [{ order: kept.order }] }))).toBe('NOTHING_TO_INVOICE')
  await credited(again.invoice, { reinvoice: true })
  expect(await lineOf(admin, again.order)).toMatchObject({ invoiced: '0', credited: '0' })
  const [second = ''] = (await issue.run(kernel, c, { input: [{ order: again.order }] })).ids
  expect(await openOf(second)).toBe('220')
})

test('a line is credited to the cent in whatever parts, and never beyond', async () => {
  const { invoice } = await invoiced(shop, 'C1', '3', { price: '3.33' })
  const line = await lineIn(invoice)
  for (const quantity of ['1', '1']) await credited(invoice, { lines: [{ line, quantity }] })
  expect(await refused(credited(invoice, { lines: [{ line, quantity: '2' }] }))).toBe('CREDIT_TOO_LARGE')
  expect(await refused(credited(invoice, { lines: [{ line, price: '3.34', quantity: '1' }] }))).toBe('CREDIT_TOO_LARGE')
  expect(await refused(credited(invoice, { lines: [{ line, price: '1', quantity: '1' }], reinvoice: true }))).toBe(
    'CREDIT_WITHOUT_QUANTITY',
  )
  expect(await refused(credited(invoice, { lines: [{ line: newId(), quantity: '1' }] }))).toBe('CREDIT_LINE_UNKNOWN')
  const { creditNotes } = await credited(invoice, {})
  // 3 x 3.33 = 9.99 and 1.00 of tax; three times 3.33 and 0.33 leave a cent of tax, which the customer keeps owing.
  expect(await openOf(invoice)).toBe('0.01')
  expect(await refused(credited(creditNotes[0] ?? '', {}))).toBe('CREDIT_OF_CREDIT')
  expect(await refused(credited(invoice, {}))).toBe('CREDIT_LINE_UNKNOWN')
})

test('a credit note above the limit waits for somebody else; what is left of one is applied and taken back', async () => {
  await admin.query(
    `insert into kernel.approval_rule (company_id, id, kind, role, above) values ($1, $2, 'credit-note', 'accountant', 100)`,
    [ALPHA, newId()],
  )
  const { invoice } = await invoiced(shop, 'C3', '10')
  const answer = await credited(invoice, {})
  expect(answer).toMatchObject({ issued: [], numbers: [] })
  const [note = ''] = answer.creditNotes
  expect(await refused(issueNote.run(kernel, c, { ids: [note], input: {} }))).toBe('APPROVAL_NEEDED')
  expect(await openOf(invoice)).toBe('220')
  const asked = (await admin.query('select id from kernel.approval where document_id = $1', [note])).rows[0]?.id
  const boss = contextOf({ principal: person('boss', ['*'], { role: 'accountant' }) })
  await transaction(kernel.pool, { companies: [ALPHA] }, (tx) => decide(tx, boss, asked, 'approved'))
  await admin.query('update receivables.invoice set open = 0, base_open = 0 where id = $1', [invoice])
  await issueNote.run(kernel, boss, { ids: [note], input: {} })
  await admin.query('update receivables.invoice set open = 220, base_open = 220 where id = $1', [invoice])
  expect(await openOf(note)).toBe('220')
  const applied = (await apply.run(kernel, c, { ids: [note], input: { apply: [{ invoice, amount: '120' }] } }))
    .result as { applications: { id: string }[] }
  expect(await openOf(invoice)).toBe('100')
  await unapply.run(kernel, c, { ids: [note], input: { applications: applied.applications.map((one) => one.id) } })
  expect([await openOf(invoice), await openOf(note)]).toEqual(['220', '220'])
  await apply.run(kernel, c, { ids: [note], input: { apply: [{ invoice }] } })
  expect([await openOf(invoice), await openOf(note)]).toEqual(['0', '0'])
  await admin.query('delete from kernel.approval_rule')
})

test('a draft that is dropped has no number, and leaves no gap', async () => {
  const { invoice } = await invoiced(shop, 'C1', '10')
  const [dropped = ''] = (await draft.run(kernel, c, { input: [{ invoice }] })).ids
  expect(await refused(draft.run(kernel, c, { input: [{ invoice: newId() }] }))).toBe('INVOICE_UNKNOWN')
  await cancel.run(kernel, c, { ids: [dropped], input: {} })
  const [kept = ''] = (await draft.run(kernel, c, { input: [{ invoice }] })).ids
  const { result } = await issueNote.run(kernel, c, { ids: [kept], input: {} })
  expect(result).toEqual({ numbers: [expect.stringMatching(/^CN-2026-/)] })
})

test("ACC-10: a company's own format, and a format that could not count", async () => {
  const set = (format: string) =>
    admin.query(
      `update company.company set settings = settings || jsonb_build_object('numbering', jsonb_build_object('receivables.invoice', $1::text)) where id = 1`,
      [format],
    )
  await set('R{year}/{seq:4}')
  expect((await invoiced(shop, 'C1', '1')).number).toBe('R2026/0001')
  expect((await invoiced(shop, 'C1', '1')).number).toBe('R2026/0002')
  await set('ALWAYS-THE-SAME')
  expect((await invoiced(shop, 'C1', '1')).number).toMatch(/^INV-2026-\d{6}$/)
  await admin.query(`update company.company set settings = settings - 'numbering' where id = 1`)
})

test('T-FIN-03 ACC-10: fifty people invoice at once: no error, no gap, no number twice', {
  timeout: 120_000,
}, async () => {
  const orders: string[] = []
  for (let at = 0; at < 50; at++) orders.push(await shipped(shop, 'C1', '1'))
  const many = openKernel(url, { max: 50 })
  try {
    const answers = await Promise.all(
      orders.map((order) =>
        issue.run(many, contextOf({ principal: { ...contextOf().principal, id: newId() } }), { input: [{ order }] }),
      ),
    )
    const numbers = answers
      .flatMap((answer) => (answer.result as { numbers: string[] }).numbers)
      .map((number) => Number(number.slice(-6)))
      .sort((a, b) => a - b)
    expect(new Set(numbers).size).toBe(50)
    expect((numbers[49] ?? 0) - (numbers[0] ?? 0)).toBe(49)
  } finally {
    await many.close()
  }
})

/** How many statements some work sends, begin and commit included. */
async function statements(work: (counted: Kernel) => Promise<unknown>): Promise<number> {
  let sent = 0
  const connect = async () => {
    const client = await kernel.pool.connect()
    const query = client.query.bind(client)
    const counted = (...given: Parameters<typeof query>) => {
      sent++
      return query(...given)
    }
    return new Proxy(client, { get: (target, key) => (key === 'query' ? counted : Reflect.get(target, key, target)) })
  }
  const pool = new Proxy(kernel.pool, {
    get: (target, key) => (key === 'connect' ? connect : Reflect.get(target, key, target)),
  })
  await work({ ...kernel, pool })
  return sent
}

test('a hundred invoices or payments take as many statements as one: at most 12 and 10', {
  timeout: 120_000,
}, async () => {
  const orders: string[] = []
  for (let at = 0; at < 101; at++) orders.push(await shipped(shop, 'C1', '1'))
  const keyed = () => ({ ...c, key: `key-${newId()}` })
  const billing = (some: readonly string[]) =>
    statements((counted) => issue.run(counted, keyed(), { input: some.map((order) => ({ order })) }))
  const one = await billing(orders.slice(0, 1))
  expect(await billing(orders.slice(1))).toBe(one)
  expect(one).toBeLessThanOrEqual(12)
  const invoices = await admin.query<{ id: string }>('select id from receivables.invoice where order_id = any($1)', [
    orders,
  ])
  const paying = (some: readonly { id: string }[]) =>
    statements((counted) =>
      receive.run(counted, keyed(), {
        input: some.map(({ id }) => ({ customer: 'C1', amount: '22', apply: [{ invoice: id }] })),
      }),
    )
  const paid = await paying(invoices.rows.slice(0, 1))
  expect(await paying(invoices.rows.slice(1))).toBe(paid)
  expect(paid).toBeLessThanOrEqual(10)
})
