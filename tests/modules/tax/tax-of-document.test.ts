// Rounding of tax: worked examples by hand, by every method, and the properties that make documents agree.
import { beforeAll, describe, expect, test } from 'vitest'
import { sql, transaction } from '#kernel/db'
import { taxOfDocument, totalsOfDocument } from '#tax'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { ALPHA, layCompanies } from '../../support/world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await layCompanies(db.admin)
  await db.admin.query(
    `insert into tax.code (company_id, code, name, account) values ($1, 'VAT', 'VAT 22 %', '2200')`,
    [ALPHA],
  )
})

type Line = { rate: string; net: string }
const lines = (method: string, digits: number, given: readonly Line[]) => sql<{
  document: string
  tax_rounding: string
  digits: number
  tax_code: string
  tax_rate: string
  net: string
}>`select 'D' as document, ${method}::text as tax_rounding, ${digits}::int as digits, 'VAT' as tax_code, rate as tax_rate, net
     from unnest(${given.map((line) => line.rate)}::numeric[], ${given.map((line) => line.net)}::numeric[]) as l (rate, net)`

const totals = async (method: string, given: readonly Line[], digits = 2) => {
  const found = await transaction(db.kernel.pool, { companies: [ALPHA] }, (tx) =>
    tx.rows(totalsOfDocument(lines(method, digits, given))),
  )
  return found.map(({ net, tax, total }) => `${net} + ${tax} = ${total}`).join()
}

// 348.35 x 16 = 5573.60, less 4 % = 5350.656.
const ONE_LINE = [{ rate: '0.22', net: '5350.656' }]
// The same goods as sixteen lines of one: 348.35 less 4 % = 334.416 each.
const SIXTEEN_LINES = Array.from({ length: 16 }, () => ({ rate: '0.22', net: '334.416' }))

describe('T-PRC-11 ACC-03: 348.35 x 16, less 4 %, with 22 % tax', () => {
  test.each([
    // 5350.656 x 0.22 = 1177.14432
    ['document-half-up', ONE_LINE, '5350.66 + 1177.14 = 6527.80'],
    ['document-half-even', ONE_LINE, '5350.66 + 1177.14 = 6527.80'],
    // 5350.66 x 0.22 = 1177.1452
    ['line-half-up', ONE_LINE, '5350.66 + 1177.15 = 6527.81'],
    ['line-half-even', ONE_LINE, '5350.66 + 1177.15 = 6527.81'],
    ['document-half-up', SIXTEEN_LINES, '5350.66 + 1177.14 = 6527.80'],
    // 334.42 x 0.22 = 73.5724: sixteen times 334.42 and 73.57
    ['line-half-up', SIXTEEN_LINES, '5350.72 + 1177.12 = 6527.84'],
  ])('%s of %j is %s', async (method, given, expected) => {
    expect(await totals(method, given)).toBe(expected)
  })
})

describe('ACC-03: halves', () => {
  const half = (net: string) => [{ rate: '0.1', net }]
  test.each([
    ['line-half-up', '0.25', '0.25 + 0.03 = 0.28'],
    ['line-half-even', '0.25', '0.25 + 0.02 = 0.27'],
    ['line-half-even', '0.35', '0.35 + 0.04 = 0.39'],
    ['document-half-up', '-0.25', '-0.25 + -0.03 = -0.28'],
    ['document-half-even', '-0.25', '-0.25 + -0.02 = -0.27'],
    ['document-half-even', '0.250000001', '0.25 + 0.03 = 0.28'],
  ])('%s of %s at 10 %% is %s', async (method, net, expected) => {
    expect(await totals(method, half(net))).toBe(expected)
  })

  test('a currency without cents rounds to whole units', async () => {
    expect(await totals('line-half-even', [{ rate: '0.1', net: '1005' }], 0)).toBe('1005 + 100 = 1105')
    expect(await totals('line-half-up', [{ rate: '0.1', net: '1005' }], 0)).toBe('1005 + 101 = 1106')
  })
})

test('ACC-03: a credit note of everything undoes its invoice to the cent, by every method', async () => {
  const invoice = ['10.005', '0.125', '33.335', '7.775'].map((net, at) => ({ rate: at % 2 ? '0.07' : '0.19', net }))
  const credit = invoice.map((line) => ({ ...line, net: `-${line.net}` }))
  for (const method of ['document-half-up', 'line-half-up', 'document-half-even', 'line-half-even']) {
    const [was, undone] = await Promise.all([totals(method, invoice), totals(method, credit)])
    expect(undone.replaceAll('-', '')).toBe(was)
    expect(undone.match(/-/g)).toHaveLength(3)
  }
})

test('tax is given per code and rate with the account it is posted to', async () => {
  const given = [
    { rate: '0.19', net: '100' },
    { rate: '0.07', net: '10' },
    { rate: '0.19', net: '0.05' },
  ]
  const found = await transaction(db.kernel.pool, { companies: [ALPHA] }, (tx) =>
    tx.rows(
      sql`select tax_rate, tax_account, base, tax from ${taxOfDocument(ALPHA, lines('document-half-up', 2, given))} t order by tax_rate`,
    ),
  )
  expect(found).toEqual([
    { tax_rate: '0.07', tax_account: '2200', base: '10.00', tax: '0.70' },
    { tax_rate: '0.19', tax_account: '2200', base: '100.05', tax: '19.01' },
  ])
})
