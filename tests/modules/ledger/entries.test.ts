// Entries by hand, the chart, the mapping, and what the books come to: against a trial balance added up by plain SQL.
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { decide } from '#kernel/approvals'
import { sql, transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import { checkModules, module } from '#kernel/module'
import type { Query } from '#kernel/query'
import { Refusal } from '#kernel/refusal'
import { post as postEntries } from '#ledger'
import company from '../../../src/modules/company/module.ts'
import { change } from '../../../src/modules/ledger/account/change.ts'
import { close } from '../../../src/modules/ledger/account/close.ts'
import { create } from '../../../src/modules/ledger/account/create.ts'
import { unmapped } from '../../../src/modules/ledger/account-card.ts'
import { draft } from '../../../src/modules/ledger/entry/draft.ts'
import { post } from '../../../src/modules/ledger/entry/post.ts'
import { reverse } from '../../../src/modules/ledger/entry/reverse.ts'
import { create as map } from '../../../src/modules/ledger/mapping/create.ts'
import { set } from '../../../src/modules/ledger/mapping/set.ts'
import ledger from '../../../src/modules/ledger/module.ts'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, contextOf, layCompanies, person } from '../../support/world.ts'
import { booksOf, layBooks } from './books.ts'

const { kernel, admin } = await testDatabase()
const c = contextOf({ reason: 'wrong account' })
const bob = person('bob', ['*'], { role: 'finance-controller' })
let warehouse = ''

beforeAll(async () => {
  warehouse = (await layCompanies(admin)).warehouses.W1
  await layBooks(admin)
})

type Line = { account: string; debit?: string; credit?: string; party?: string; warehouse?: string }
const journal = (lines: Line[], date = '2026-03-02') => ({ date, description: 'by hand', lines })
const rent = (amount: string, date?: string) =>
  journal(
    [
      { account: '6000', debit: amount, warehouse },
      { account: '1300', credit: amount },
    ],
    date,
  )
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return '-'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
const ask = <Row>(question: Query, parameters: object = {}) => question.ask<Row>(kernel, c, parameters)

test('the module holds together', () => {
  const bare = (name: string) => module(name, { needs: [] })
  expect(() => checkModules([company, bare('party'), bare('tax'), ledger])).not.toThrow()
})

describe('When an entry by hand is refused, nothing is posted', () => {
  test.each([
    [
      'ENTRY_UNBALANCED',
      [
        { account: '6000', debit: '10' },
        { account: '1300', credit: '9.99' },
      ],
    ],
    [
      'ACCOUNT_UNKNOWN',
      [
        { account: '7777', debit: '10' },
        { account: '1300', credit: '10' },
      ],
    ],
    [
      'CONTROL_ACCOUNT',
      [
        { account: '1100', debit: '10' },
        { account: '1300', credit: '10' },
      ],
    ],
    [
      'CONTROL_ACCOUNT',
      [
        { account: '6000', debit: '10' },
        { account: '1200', credit: '10' },
      ],
    ],
    [
      'ENTRY_ONE_SIDE',
      [
        { account: '6000', debit: '10', credit: '10' },
        { account: '1300', credit: '10' },
      ],
    ],
    ['ENTRY_ONE_SIDE', [{ account: '6000' }, { account: '1300', credit: '10' }]],
    [
      'ENTRY_ONE_SIDE',
      [
        { account: '6000', debit: '0' },
        { account: '1300', credit: '0' },
      ],
    ],
    [
      'ENTRY_ONE_SIDE',
      [
        { account: '6000', debit: '0.001' },
        { account: '1300', credit: '0.001' },
      ],
    ],
  ])('%s', async (code, lines) => {
    expect(await codeOf(post.run(kernel, c, { input: [journal(lines)] }))).toBe(code)
    expect((await admin.query(`select 1 from ledger.entry where description = 'by hand'`)).rowCount).toBe(0)
  })
})

test('an entry is posted once under its id, and reversed once by an entry of its own', async () => {
  const id = newId()
  await post.run(kernel, c, { input: [{ ...rent('12.50'), id }] })
  expect(await booksOf(admin, id)).toBe('Dr6000 12.5 Cr1300 12.5')
  expect(await codeOf(post.run(kernel, c, { input: [{ ...rent('12.50'), id }] }))).toBe('ENTRY_POSTED')
  const [reversal] = (await reverse.run(kernel, c, { input: [{ entry: id, date: '2026-04-01' }] })).ids
  expect(await booksOf(admin, id, 'reversed')).toBe('Dr1300 12.5 Cr6000 12.5')
  expect(
    (await admin.query('select reverses_id, description from ledger.entry where id = $1', [reversal])).rows,
  ).toEqual([{ reverses_id: id, description: 'wrong account' }])
  expect(await codeOf(reverse.run(kernel, c, { input: [{ entry: id }] }))).toBe('ENTRY_REVERSED')
  expect(await codeOf(reverse.run(kernel, c, { input: [{ entry: newId() }] }))).toBe('ENTRY_UNKNOWN')
})

/** Posts as another module would. */
const fromDocument = (lines: [string | null, string | null, string, string][]) => {
  const id = randomUUID()
  return transaction(kernel.pool, { companies: [ALPHA] }, (tx) =>
    postEntries(
      { tx, kernel, context: c, companyId: ALPHA, actor: c.principal.id, now: c.now },
      {
        date: '2026-03-02',
        count: 1,
        entries: sql`select ${id}::uuid as entry_id, 'STK' as journal, 'shipped' as event, 'warehouse.shipment' as source, ${id}::uuid as source_id, '' as description`,
        lines: sql`select ${id}::uuid as entry_id, role, account, null::uuid as party_id, null::uuid as item_id, null::uuid as warehouse_id, debit, credit, 'USD' as currency, debit - credit as amount_currency
          from unnest(${lines.map((l) => l[0])}::text[], ${lines.map((l) => l[1])}::text[], ${lines.map((l) => l[2])}::numeric[], ${lines.map((l) => l[3])}::numeric[]) as l (role, account, debit, credit)`,
      },
    ),
  ).then(() => id)
}

test("the books' side of a document is not reversed by hand", async () => {
  const id = await fromDocument([
    ['shipped-not-invoiced', null, '5', '0'],
    ['inventory', null, '0', '5'],
  ])
  expect(await codeOf(reverse.run(kernel, c, { input: [{ entry: id }] }))).toBe('ENTRY_OF_DOCUMENT')
})

test('ACC-07 ACC-15: a role without an account does not stop the posting; it waits on suspense with its cause', async () => {
  const id = await fromDocument([
    ['vendor-claim', null, '3', '0'],
    ['inventory', null, '0', '3'],
  ])
  expect(await booksOf(admin, id)).toBe('Dr9999 3 Cr1200 3')
  expect(await ask(unmapped)).toMatchObject([
    { cause: 'no account is mapped to vendor-claim', days: 0, source_id: id, debit: '3' },
  ])
  await admin.query(`update ledger.mapping set role = 'gone' where company_id = $1 and role = 'suspense'`, [ALPHA])
  expect(
    await codeOf(
      fromDocument([
        ['vendor-claim', null, '3', '0'],
        ['inventory', null, '0', '3'],
      ]),
    ),
  ).toBe('SUSPENSE_MISSING')
  await admin.query(`update ledger.mapping set role = 'suspense' where company_id = $1 and role = 'gone'`, [ALPHA])
})

test('ACC-13: accounts are created, renamed and closed when nothing stands on them; roles are pointed elsewhere', async () => {
  const [id] = (await create.run(kernel, c, { input: [{ code: '6300', name: 'Fees', type: 'expense' }] })).ids
  expect(await codeOf(create.run(kernel, c, { input: [{ code: '6300', name: 'Fees', type: 'expense' }] }))).toBe(
    'CODE_TAKEN',
  )
  await change.run(kernel, c, { ids: [id ?? ''], input: { name: 'Bank fees' } })
  const [mapped] = (await map.run(kernel, c, { input: [{ role: 'bank-fee', account: '6300' }] })).ids
  expect(await codeOf(map.run(kernel, c, { input: [{ role: 'x', account: '6399' }] }))).toBe('ACCOUNT_UNKNOWN')
  expect(await codeOf(map.run(kernel, c, { input: [{ role: 'bank-fee', account: '6300' }] }))).toBe('CODE_TAKEN')
  expect(await codeOf(close.run(kernel, c, { ids: [id ?? ''], input: {} }))).toBe('ACCOUNT_IN_USE')
  expect(await codeOf(set.run(kernel, c, { ids: [mapped ?? ''], input: { account: '6399' } }))).toBe('ACCOUNT_UNKNOWN')
  await set.run(kernel, c, { ids: [mapped ?? ''], input: { account: '6000' } })
  await post.run(kernel, c, {
    input: [
      journal([
        { account: '6300', debit: '1' },
        { account: '1300', credit: '1' },
      ]),
    ],
  })
  expect(await codeOf(close.run(kernel, c, { ids: [id ?? ''], input: {} }))).toBe('ACCOUNT_HAS_BALANCE')
  await post.run(kernel, c, {
    input: [
      journal([
        { account: '1300', debit: '1' },
        { account: '6300', credit: '1' },
      ]),
    ],
  })
  await close.run(kernel, c, { ids: [id ?? ''], input: {} })
  expect(
    await codeOf(
      post.run(kernel, c, {
        input: [
          journal([
            { account: '6300', debit: '1' },
            { account: '1300', credit: '1' },
          ]),
        ],
      }),
    ),
  ).toBe('ACCOUNT_UNKNOWN')
})

test('an entry above the limit waits for somebody else, and for exactly what was asked', async () => {
  await admin.query(
    `insert into kernel.approval_rule (company_id, id, kind, role, above) values ($1, $2, 'journal', 'finance-controller', 500)`,
    [ALPHA, newId()],
  )
  const id = newId()
  expect(await codeOf(draft.run(kernel, c, { input: [{ ...rent('500'), id }] }))).toBe('NO_APPROVAL_ASKED')
  expect(await codeOf(post.run(kernel, c, { input: [{ ...rent('500.01'), id }] }))).toBe('APPROVAL_NEEDED')
  await draft.run(kernel, c, { input: [{ ...rent('500.01'), id }] })
  expect(await codeOf(post.run(kernel, c, { input: [{ ...rent('500.01'), id }] }))).toBe('APPROVAL_NEEDED')
  const asked =
    (await admin.query<{ id: string }>(`select id from kernel.approval where document_id = $1`, [id])).rows[0]?.id ?? ''
  expect(await codeOf(transaction(kernel.pool, { companies: [ALPHA] }, (tx) => decide(tx, c, asked, 'approved')))).toBe(
    'OWN_REQUEST',
  )
  await transaction(kernel.pool, { companies: [ALPHA] }, (tx) =>
    decide(tx, contextOf({ principal: bob }), asked, 'approved'),
  )
  expect(await codeOf(post.run(kernel, c, { input: [{ ...rent('500.02'), id }] }))).toBe('APPROVAL_NEEDED')
  await post.run(kernel, c, { input: [{ ...rent('500.01'), id }] })
  expect(await booksOf(admin, id)).toBe('Dr6000 500.01 Cr1300 500.01')
})
