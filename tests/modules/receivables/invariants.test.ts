// Each invariant of receivables and returns is green on honest documents and turns red on a planted fault.
import { beforeAll, expect, test } from 'vitest'
import { verify } from '#kernel/verify'
import { invariants } from '../../../src/modules/receivables/invariants.ts'
import { credit } from '../../../src/modules/receivables/invoice/credit.ts'
import { receive as pay } from '../../../src/modules/receivables/payment/receive.ts'
import { invariants as returns } from '../../../src/modules/returns/invariants.ts'
import { create } from '../../../src/modules/returns/reason/create.ts'
import { authorise } from '../../../src/modules/returns/rma/authorise.ts'
import { inspect } from '../../../src/modules/returns/rma/inspect.ts'
import { receive } from '../../../src/modules/returns/rma/receive.ts'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, BETA, contextOf } from '../../support/world.ts'
import { invoiced, layShop, lineOf } from './shop.ts'

const { kernel, admin } = await testDatabase()
const c = contextOf({ reason: 'wrong' })

beforeAll(async () => {
  const shop = await layShop(kernel, admin)
  await admin.query(
    `insert into company.rate (company_id, currency, valid_on, rate, source) values (1, 'EUR', '2026-03-02', 1.10, 'test'), (1, 'EUR', '2026-03-03', 1.20, 'test')`,
  )
  await invoiced(shop, 'C1', '10')
  const { invoice } = await invoiced(shop, 'C1', '10')
  await pay.run(kernel, c, {
    input: [
      { customer: 'C1', amount: '100', apply: [{ invoice }] },
      { customer: 'C1', amount: '30', kind: 'deposit' },
    ],
  })
  const euros = await invoiced(shop, 'E1', '1')
  await pay.run(kernel, contextOf({ today: '2026-03-03' }), {
    input: [{ customer: 'E1', amount: '110', apply: [{ invoice: euros.invoice }] }],
  })
  const sold = await invoiced(shop, 'C3', '10')
  await credit.run(kernel, c, {
    ids: [sold.invoice],
    input: {
      lines: [
        {
          line: (await admin.query('select id from receivables.invoice_line where invoice_id = $1', [sold.invoice]))
            .rows[0].id,
          quantity: '1',
        },
      ],
    },
  })
  await create.run(kernel, c, { input: [{ code: 'WRONG', name: 'Wrong' }] })
  const { id } = await lineOf(admin, sold.order)
  const [rma = ''] = (
    await authorise.run(kernel, c, {
      input: [{ customer: 'C3', warehouse: 'W2', reason: 'WRONG', lines: [{ orderLine: id, quantity: '2' }] }],
    })
  ).ids
  await receive.run(kernel, c, { ids: [rma], input: {} })
  const line = (await admin.query('select id from returns.rma_line')).rows[0].id
  await inspect.run(kernel, c, { ids: [rma], input: { lines: [{ line, scrap: '1' }] } })
  await admin.query(
    'alter table receivables.invoice drop constraint invoice_check, drop constraint invoice_company_id_number_key, drop constraint open_within_total, drop constraint base_open_within',
  )
  await admin.query('alter table receivables.application drop constraint difference_explained')
  await admin.query('alter table sales.order_line drop constraint quantities')
})

const red = async (): Promise<string> => {
  const verdict = await verify(kernel.pool, [ALPHA, BETA], [...invariants, ...returns])
  return verdict.checks
    .filter((check) => !check.ok)
    .map((check) => check.id)
    .join(' ')
}
const one = `(select id from receivables.invoice where number = 'INV-2026-000001')`

test('honest documents are green', async () => {
  expect(await red()).toBe('')
})

test.each([
  [
    'I22',
    `update ledger.balance set debit = debit + 0.01 where ctid = (select min(ctid) from ledger.balance where account = '1100')`,
    `update ledger.balance set debit = debit - 0.01 where ctid = (select max(ctid) from ledger.balance where account = '1100')`,
  ],
  [
    'I22b',
    `update ledger.account set control = 'customer-deposits' where company_id = 1 and code = '1300'`,
    `update ledger.account set control = 'bank' where company_id = 1 and code = '1300'`,
  ],
  [
    'I22c',
    `update credit.account set receivable = receivable + 0.01 where code = 'C1'`,
    `update credit.account set receivable = receivable - 0.01 where code = 'C1'`,
  ],
  [
    'I28b',
    `update ledger.entry set event = 'lost' where source_id = ${one}`,
    `update ledger.entry set event = 'issued' where source_id = ${one}`,
  ],
  [
    'I32 I32b',
    `update sales.order_line set invoiced = 11 where order_id = (select order_id from receivables.invoice where id = ${one})`,
    `update sales.order_line set invoiced = 10 where order_id = (select order_id from receivables.invoice where id = ${one})`,
  ],
  [
    'I32b',
    `update sales.order_line set credited = credited + 1 where order_id = (select order_id from receivables.invoice where id = ${one})`,
    `update sales.order_line set credited = credited - 1 where order_id = (select order_id from receivables.invoice where id = ${one})`,
  ],
  [
    'I34',
    `update receivables.invoice set number = 'INV-2026-000099' where number = 'INV-2026-000002'`,
    `update receivables.invoice set number = 'INV-2026-000002' where number = 'INV-2026-000099'`,
  ],
  [
    'I34 I35',
    `update receivables.invoice set number = 'INV-2026-000001' where number = 'INV-2026-000002'`,
    `update receivables.invoice set number = 'INV-2026-000002' where number = 'INV-2026-000001' and id = (select invoice_id from receivables.application where amount = 100)`,
  ],
  [
    'I36',
    `update receivables.invoice set issued_on = '2026-03-09' where id = ${one}`,
    `update receivables.invoice set issued_on = '2026-03-02' where id = ${one}`,
  ],
  [
    'I39',
    `update receivables.invoice_line set net = net + 0.01 where invoice_id = ${one}`,
    `update receivables.invoice_line set net = net - 0.01 where invoice_id = ${one}`,
  ],
  [
    'I39b',
    `update receivables.invoice_line set sold = sold + 1 where invoice_id = ${one}`,
    `update receivables.invoice_line set sold = sold - 1 where invoice_id = ${one}`,
  ],
  [
    'I39 I40',
    `update receivables.tax_line set amount = amount + 0.01 where invoice_id = ${one}`,
    `update receivables.tax_line set amount = amount - 0.01 where invoice_id = ${one}`,
  ],
  [
    'I40',
    `update receivables.tax_line set rate = 0.11 where invoice_id = ${one}`,
    `update receivables.tax_line set rate = 0.10 where invoice_id = ${one}`,
  ],
  [
    'I22c I41',
    `update receivables.invoice set open = open - 1 where id = ${one}`,
    `update receivables.invoice set open = open + 1 where id = ${one}`,
  ],
  [
    'I22 I41',
    `update receivables.invoice set base_open = base_open - 1 where id = ${one}`,
    `update receivables.invoice set base_open = base_open + 1 where id = ${one}`,
  ],
  [
    'I22c I41b',
    `update receivables.payment set unapplied = unapplied + 1, amount = amount where amount = 100`,
    `update receivables.payment set unapplied = unapplied - 1 where amount = 100`,
  ],
  [
    'I42',
    `update receivables.application set exchange_difference = exchange_difference + 0.01 where exchange_difference <> 0`,
    `update receivables.application set exchange_difference = exchange_difference - 0.01 where exchange_difference <> 0`,
  ],
  [
    'RET-1 RET-3',
    `update returns.rma_line set received = received - 0.5`,
    `update returns.rma_line set received = received + 0.5`,
  ],
  ['RET-2', `update returns.rma_line set credited = 1`, `update returns.rma_line set credited = 0`],
  [
    'RET-3',
    `update inventory.move set event = 'received' where event = 'returned'`,
    `update inventory.move set event = 'returned' where event = 'received' and source = 'returns.rma'`,
  ],
])('%s: a planted fault turns it red', async (expected, plant, undo) => {
  await admin.query(plant)
  expect(await red()).toBe(expected)
  await admin.query(undo)
  expect(await red()).toBe('')
})
