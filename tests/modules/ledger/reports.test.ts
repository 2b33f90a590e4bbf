// What the books come to, against sums that plain SQL makes of the lines.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Query } from '#kernel/query'
import { accountCard, entries } from '../../../src/modules/ledger/account-card.ts'
import { balanceSheet } from '../../../src/modules/ledger/balance-sheet.ts'
import { post } from '../../../src/modules/ledger/entry/post.ts'
import { profitAndLoss, resultByWarehouse } from '../../../src/modules/ledger/profit-and-loss.ts'
import { trialBalance } from '../../../src/modules/ledger/trial-balance.ts'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, contextOf, layCompanies } from '../../support/world.ts'
import { layBooks } from './books.ts'

const { kernel, admin } = await testDatabase()
const c = contextOf()
let warehouse = ''

beforeAll(async () => {
  warehouse = (await layCompanies(admin)).warehouses.W1
  await layBooks(admin)
})

const rent = (amount: string, date: string) => ({
  date,
  description: 'rent',
  lines: [
    { account: '6000', debit: amount, warehouse },
    { account: '1300', credit: amount },
  ],
})
const ask = <Row>(question: Query, parameters: object = {}) => question.ask<Row>(kernel, c, parameters)

describe('ACC-14: what the books come to', () => {
  beforeAll(async () => {
    for (const [date, amount] of [
      ['2026-01-31', '7'],
      ['2026-03-01', '11'],
      ['2026-03-31', '13'],
      ['2026-05-05', '17'],
    ] as const) {
      await post.run(kernel, c, { input: [rent(amount, date)] })
    }
  })

  test.each([
    '2025-12-31',
    '2026-01-31',
    '2026-03-01',
    '2026-03-02',
    '2026-03-15',
    '2026-03-30',
    '2026-04-30',
    '2026-12-31',
  ])('the trial balance on %s is the sum of the lines', async (asOf) => {
    const rows = await ask<{ account: string; balance: string }>(trialBalance, { asOf })
    const plain = await admin.query<{ account: string; balance: string }>(
      `select account, sum(debit - credit) as balance from ledger.journal_line where company_id = $1 and posting_date <= $2 group by account order by account`,
      [ALPHA, asOf],
    )
    const normal = (found: { account: string; balance: string }[]) =>
      found.map((row) => `${row.account} ${Number(row.balance)}`)
    expect(normal(rows)).toEqual(normal(plain.rows))
  })

  test('an opening balance, and movements from then on', async () => {
    const rows = await ask<{ account: string; opening: string; debit: string; balance: string }>(trialBalance, {
      from: '2026-03-31',
      asOf: '2026-05-31',
    })
    const bank = rows.find((row) => row.account === '6000')
    const plain = await admin.query(
      `select sum(debit - credit) as opening from ledger.journal_line where company_id = $1 and account = '6000' and posting_date < '2026-03-31'`,
      [ALPHA],
    )
    expect(Number(bank?.opening)).toBe(Number(plain.rows[0].opening))
    expect(Number(bank?.balance) - Number(bank?.opening)).toBe(13 + 17)
  })

  test('profit and loss, by warehouse, balance sheet and account card agree', async () => {
    const result = await ask<{ account: string; amount: string; result: string }>(profitAndLoss, {
      from: '2026-01-01',
      to: '2026-12-31',
    })
    const byWarehouse = await ask<{ warehouse: string | null; amount: string }>(resultByWarehouse, {
      from: '2026-01-01',
      to: '2026-12-31',
    })
    const sheet = await ask<{ section: string; account: string | null; amount: string }>(balanceSheet, {
      asOf: '2026-12-31',
    })
    const sum = (rows: { amount: string }[]) => rows.reduce((all, row) => all + Math.round(Number(row.amount) * 100), 0)
    expect(sum(byWarehouse)).toBe(sum(result))
    expect(byWarehouse.some((row) => row.warehouse === 'W1')).toBe(true)
    expect(Number(result[0]?.result) * 100).toBe(sum(result))
    expect(sum(sheet.filter((row) => row.section === 'assets'))).toBe(
      sum(sheet.filter((row) => row.section !== 'assets')),
    )
    expect(sum(sheet.filter((row) => row.account === null))).toBe(sum(result))
    const card = await ask<{ period: string; opening: string; closing: string }>(accountCard, { account: '6000' })
    expect(card.map((row) => row.period)).toEqual(['2026-01', '2026-03', '2026-05'])
    expect(card[0]).toMatchObject({ opening: '0', closing: '7' })
    expect(Number(card[1]?.opening)).toBe(Number(card[0]?.closing))
  })

  test('the card of an account that there is not is refused, one on which nothing moved is empty', async () => {
    await expect(ask(accountCard, { account: '6999' })).rejects.toMatchObject({
      code: 'ACCOUNT_UNSEEN',
      detail: { account: '6999' },
    })
    expect(await ask(accountCard, { account: '6210' })).toEqual([])
  })

  test('the lines of an account come page by page, none twice and none left out', async () => {
    type Row = { posting_date: string; entry_id: string; line: number }
    const seen: Row[] = []
    let last: Row | undefined
    do {
      const page: Row[] = await ask<Row>(entries, {
        account: '1300',
        from: '2026-01-01',
        to: '2026-12-31',
        limit: 2,
        ...(last ? { afterDate: last.posting_date, afterEntry: last.entry_id, afterLine: last.line } : {}),
      })
      seen.push(...page)
      last = page.at(-1)
    } while (last)
    const all = await admin.query(`select 1 from ledger.journal_line where company_id = $1 and account = '1300'`, [
      ALPHA,
    ])
    expect(seen.length).toBe(all.rowCount)
    expect(new Set(seen.map((row) => `${row.entry_id} ${row.line}`)).size).toBe(seen.length)
  })
})
