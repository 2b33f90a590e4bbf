// Scenario: a steward makes one customer of two; everything comes over, together they owe what they owed, and nothing is lost.
import { beforeAll, describe, expect, it } from 'vitest'
import { layTwins, type Twins } from '../../../../tests/modules/stewardship/duplicates.ts'
import { PLACES, STAYS } from './places.ts'

let t: Twins
beforeAll(async () => {
  t = await layTwins()
})
const sums = (accounts: Awaited<ReturnType<Twins['accounts']>>) =>
  (['open_orders', 'unbilled', 'receivable', 'unapplied'] as const).map((what) =>
    accounts.reduce((sum, one) => sum + Number(one[what]), 0),
  )
const make = (from: string, into: string, given: object = {}) =>
  t.run('stewardship.merge.make', [{ kind: 'customer', from, into }], given)

describe('MDM-03: two records of one customer', () => {
  it('the preview says what would come over and how the credit would stand, and changes nothing', async () => {
    const before = [await t.owners(), await t.accounts()]
    const preview = await make('C2', 'C1', { dryRun: true })
    expect(preview.dryRun).toBe(true)
    expect(preview.result).toMatchObject({
      merges: [
        {
          from: 'C2',
          into: 'C1',
          undoUntil: '2026-04-01',
          moved: {
            'sales.orders.customer_id': 4,
            'warehouse.shipment.customer_id': 3,
            'receivables.invoice.customer_id': 1,
            'receivables.payment.customer_id': 1,
            'party.ship_to.customer_id': 2,
            'party.contact.party_id': 1,
            'pricing.condition.subject_id': 1,
            'catalog.cross_reference copied': 1,
          },
          stays: STAYS,
          credit: { limit: '1000000' },
        },
      ],
    })
    expect([await t.owners(), await t.accounts()]).toEqual(before)
  })

  it.each([
    ['itself', 'MERGE_ITSELF', () => make('C1', 'c1')],
    ['somebody unknown', 'UNKNOWN_CODE', () => make('NOBODY', 'C1')],
    ['another currency', 'MERGE_CURRENCY', () => make('E1', 'C1')],
    [
      'a proposal',
      'MERGE_STATE',
      async () => {
        await t.run('party.customer.request', [{ code: 'NEW1', name: 'Quite another firm', country: 'US' }])
        return make('NEW1', 'C1')
      },
    ],
    [
      'a hierarchy',
      'MERGE_HIERARCHY',
      async () => {
        await t.use('party.customer.change', [t.customers.C3], { parent: 'C9' })
        return make('C3', 'C1')
      },
    ],
    [
      'a credit hold',
      'MERGE_HELD',
      async () => {
        await t.use('credit.account.hold', [t.customers.M1])
        return make('M1', 'C1')
      },
    ],
    [
      'an invoice before its shipment',
      'MERGE_PREPAID_LINES',
      async () => {
        const { ids } = await t.run('sales.order.draft', [
          { customer: 'E1', warehouse: 'W2', lines: [{ item: 'P1', quantity: '1' }] },
        ])
        await t.use('sales.order.confirm', ids)
        await t.admin.query(`update party.customer set currency = 'USD', invoice_policy = 'ordered' where code = 'E1'`)
        await t.admin.query(`update sales.order_line set invoiced = 1 where order_id = $1`, [ids[0]])
        try {
          return await make('E1', 'C1')
        } finally {
          await t.admin.query(`update sales.order_line set invoiced = 0 where order_id = $1`, [ids[0]])
          await t.admin.query(
            `update party.customer set currency = 'EUR', invoice_policy = 'shipped' where code = 'E1'`,
          )
        }
      },
    ],
    [
      'prices of both for the same goods',
      'MERGE_OVERLAP',
      async () => {
        const added = await t.run('pricing.condition.add', [
          { kind: 'contract', customer: 'C1', item: 'P1', currency: 'USD', method: 'price', amount: '17' },
        ])
        try {
          return await make('C2', 'C1')
        } finally {
          await t.admin.query('delete from pricing.condition where id = $1', [added.ids[0]])
        }
      },
    ],
    ['no reason', 'REASON_NEEDED', () => make('C2', 'C1', { reason: '' })],
  ])('refuses %s with %s and leaves everything as it was', async (_, code, work) => {
    const before = await t.accounts()
    await expect(work()).rejects.toMatchObject({ code })
    expect(await t.accounts()).toEqual(before)
    expect((await t.of('C2')).state).toBe('active')
  })

  it('makes them one: totals before and after are equal, and every invariant holds', async () => {
    const [before, owned] = [await t.accounts(), await t.owners()]
    await make('C2', 'C1')
    const after = await t.accounts()
    expect(sums(after)).toEqual(sums(before))
    expect(Math.min(...sums(before))).toBeGreaterThan(0)
    expect(after.find((one) => one.code === 'C2')).toEqual({
      code: 'C2',
      open_orders: '0',
      unbilled: '0',
      receivable: '0',
      unapplied: '0',
    })
    const now = await t.owners()
    for (const place of [
      'sales.orders.customer_id',
      'receivables.invoice.customer_id',
      'receivables.payment.customer_id',
      'warehouse.shipment.customer_id',
    ]) {
      const theirs = Object.entries(owned[place] ?? {}).filter(([, owner]) => owner === t.customers.C2)
      expect(theirs.length).toBeGreaterThan(0)
      for (const [id] of theirs) expect(now[place]?.[id], place).toBe(t.customers.C1)
    }
    expect(await t.red()).toEqual([])
    expect(await t.of('C2')).toEqual({ state: 'inactive', merged_into: t.customers.C1 })
    await expect(make('C2', 'C9')).rejects.toMatchObject({ code: 'MERGE_DONE_ALREADY' })
    await expect(t.use('party.customer.reactivate', [t.customers.C2])).rejects.toMatchObject({ code: 'MERGED_AWAY' })
  })

  it('who still writes the old code, the old address or their own item number is understood', async () => {
    const { ids } = await t.run('sales.order.draft', [
      { customer: 'c2', shipTo: 'SHOP', warehouse: 'W2', lines: [{ item: 'THEIR-1', quantity: '1' }] },
    ])
    const { rows } = await t.admin.query(
      `select o.customer_id, l.price::float as price from sales.orders o join sales.order_line l on l.order_id = o.id where o.id = $1`,
      [...ids],
    )
    expect(rows).toEqual([{ customer_id: t.customers.C1, price: 18 }])
    const docks = await t.admin.query(`select code from party.ship_to where customer_id = $1 order by code`, [
      t.customers.C1,
    ])
    expect(docks.rows.map((one) => one.code)).toEqual(['DOCK', expect.stringMatching(/^DOCK [0-9a-f]{8}$/), 'SHOP'])
  })

  it('what came over goes on: it is shipped, invoiced and paid as if it had always been his', async () => {
    const list = (await t.admin.query(`select id from warehouse.shipment where order_id = $1`, [t.moving])).rows[0].id
    await t.use('warehouse.shipment.ship', [list])
    const invoice = (await t.run('receivables.invoice.issue', [{ order: t.moving }])).ids[0] ?? ''
    await t.run('receivables.payment.receive', [
      {
        customer: 'C1',
        amount: '50',
        reference: 'both',
        apply: [
          { invoice: t.invoice, amount: '20' },
          { invoice, amount: '30' },
        ],
      },
    ])
    expect(await t.red()).toEqual([])
  })
})

it('MDM-03: suppliers are made one with their goods receipts and item numbers', async () => {
  const { ids } = await t.run('party.supplier.request', [
    { code: 'V1', name: 'Bolt works', country: 'US' },
    { code: 'V2', name: 'Zinc and more', country: 'DE' },
  ])
  await t.use('party.supplier.approve', ids)
  const { ids: receipts } = await t.run('warehouse.receipt.receive', [
    { warehouse: 'W2', supplier: 'V2', lines: [{ item: 'P1', quantity: '3', unitCost: '9' }] },
  ])
  await t.run('stewardship.merge.make', [{ kind: 'supplier', from: 'V2', into: 'V1' }])
  const { rows } = await t.admin.query('select supplier_id from warehouse.receipt where id = $1', [receipts[0]])
  expect(rows).toEqual([{ supplier_id: ids[0] }])
  expect(await t.red()).toEqual([])
})

it('MDM-03: no column that says whose something is was forgotten', async () => {
  const { rows } = await t.admin.query<{
    place: string
  }>(`select n.nspname || '.' || c.relname || '.' || a.attname as place
      from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition join pg_namespace n on n.oid = c.relnamespace
     where not a.attisdropped and n.nspname not in ('pg_catalog', 'information_schema')
       and (a.attname in ('customer_id', 'supplier_id', 'party_id', 'subject_id', 'bill_to', 'merged_into')
            or exists (select from pg_constraint f join pg_class p on p.oid = f.confrelid where f.contype = 'f' and f.conrelid = a.attrelid and a.attnum = any(f.conkey)
                 and p.oid in ('party.customer'::regclass, 'party.supplier'::regclass) and a.attname <> 'company_id'))`)
  const known = [...PLACES.customer, ...PLACES.supplier].map((one) => `${one.table}.${one.column}`)
  const own = ['party.party.merged_into']
  expect(
    rows
      .map((one) => one.place)
      .filter((one) => ![...known, ...STAYS, ...own].includes(one))
      .sort(),
  ).toEqual([])
  expect(rows.length).toBeGreaterThan(12)
})
