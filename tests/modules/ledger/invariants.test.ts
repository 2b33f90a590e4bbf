// Each invariant of the ledger is green on honest books and turns red, alone or with those that depend on it, on a planted fault.
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { verify } from '#kernel/verify'
import { post } from '../../../src/modules/ledger/entry/post.ts'
import { invariants } from '../../../src/modules/ledger/invariants.ts'
import { lock } from '../../../src/modules/ledger/period/lock.ts'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, BETA, contextOf, layCompanies } from '../../support/world.ts'
import { layBooks } from './books.ts'

const { kernel, admin } = await testDatabase()
const c = contextOf({ reason: 'month end' })
const [one, two] = [newId(), newId()]

beforeAll(async () => {
  await layCompanies(admin)
  await layBooks(admin)
  const rent = (id: string, date: string) => ({
    id,
    date,
    description: 'rent',
    lines: [
      { account: '6000', debit: '10' },
      { account: '1300', credit: '10' },
    ],
  })
  await post.run(kernel, c, { input: [rent(one, '2026-03-02'), rent(two, '2026-04-02')] })
  const march = await admin.query(`select id from ledger.period where company_id = $1 and code = '2026-03'`, [ALPHA])
  await lock.run(kernel, { ...c, now: new Date('2026-03-31T20:00:00Z') }, { ids: [march.rows[0].id], input: {} })
  // Faults are planted behind every guard.
  await admin.query(
    'alter table ledger.journal_line drop constraint journal_line_check, drop constraint journal_line_company_id_account_fkey',
  )
  await admin.query(
    'alter table ledger.entry drop constraint entry_company_id_source_id_event_key, drop constraint entry_company_id_number_key',
  )
  await admin.query('set session_replication_role = replica')
})

const red = async (): Promise<string> => {
  const verdict = await verify(kernel.pool, [ALPHA, BETA], invariants)
  return verdict.checks
    .filter((check) => !check.ok)
    .map((check) => check.id)
    .join(' ')
}
const line = `company_id = ${ALPHA} and entry_id = '${one}' and line = 1`
const balance = `company_id = ${ALPHA} and account = '6000' and debit = 10 and period_id = (select period_id from ledger.entry where id = '${one}')`

test('honest books are green', async () => {
  expect(await red()).toBe('')
})

test.each([
  [
    'I16 I29',
    `update ledger.journal_line set debit = debit + 0.01 where ${line}`,
    `update ledger.journal_line set debit = 10 where ${line}`,
  ],
  [
    'I17',
    `update ledger.journal_line set amount_currency = 11 where ${line}`,
    `update ledger.journal_line set amount_currency = 10 where ${line}`,
  ],
  [
    'I18 I29 I30',
    `update ledger.journal_line set account = '7777' where ${line}; delete from ledger.balance where ${balance}`,
    `update ledger.journal_line set account = '6000' where ${line};
     insert into ledger.balance (company_id, account, period_id, shard, debit) select company_id, '6000', period_id, 0, 10 from ledger.entry where id = '${one}'`,
  ],
  [
    'I19',
    `insert into ledger.journal_line (company_id, entry_id, line, posting_date, account, currency, amount_currency) values (${ALPHA}, '${one}', 9, '2026-03-02', '6000', 'USD', 0)`,
    `delete from ledger.journal_line where line = 9`,
  ],
  [
    'I20',
    `update ledger.entry set posted_at = '2026-04-02' where id = '${one}'`,
    `update ledger.entry set posted_at = '2026-03-02' where id = '${one}'`,
  ],
  [
    'I23',
    `update ledger.account set control = 'ar' where company_id = ${ALPHA} and code = '6000'`,
    `update ledger.account set control = 'none' where company_id = ${ALPHA} and code = '6000'`,
  ],
  [
    'I28',
    `update ledger.entry set source_id = '${one}' where id = '${two}'`,
    `update ledger.entry set source_id = '${two}' where id = '${two}'`,
  ],
  [
    'I29 I30',
    `update ledger.balance set debit = 10.01 where ${balance}`,
    `update ledger.balance set debit = 10 where debit = 10.01`,
  ],
  [
    'I29',
    `update ledger.balance set debit = 10.01 where ${balance}; update ledger.balance set credit = 10.01 where account = '1300' and credit = 10 and period_id = (select period_id from ledger.entry where id = '${one}')`,
    `update ledger.balance set debit = 10 where debit = 10.01; update ledger.balance set credit = 10 where credit = 10.01`,
  ],
])('%s: a planted fault turns it red', async (expected, plant, undo) => {
  await admin.query(plant)
  expect(await red()).toBe(expected)
  await admin.query(undo)
  expect(await red()).toBe('')
})

test('T-FIN-02: a difference of one cent is found with the entry that has it', async () => {
  await admin.query(
    `update ledger.journal_line set credit = 10.01 where company_id = ${ALPHA} and entry_id = '${two}' and credit = 10`,
  )
  const verdict = await verify(kernel.pool, [ALPHA], invariants)
  expect(verdict.checks.find((check) => check.id === 'I16')?.examples).toEqual([
    { company_id: ALPHA, entry_id: two, debit: '10', credit: '10.01' },
  ])
})
