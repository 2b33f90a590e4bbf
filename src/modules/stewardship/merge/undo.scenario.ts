// Scenario: the two were two after all; everything goes back exactly, with what has grown from it, as long as nothing is tied together.
import { beforeEach, describe, expect, it } from 'vitest'
import { layTwins, type Twins } from '../../../../tests/modules/stewardship/duplicates.ts'

let t: Twins
let merge: string
beforeEach(async () => {
  t = await layTwins()
})
const make = async (given: object = {}) => {
  const { ids } = await t.run('stewardship.merge.make', [{ kind: 'customer', from: 'C2', into: 'C1' }], given)
  merge = ids[0] ?? ''
}
const undo = (given: object = {}) => t.use('stewardship.merge.undo', [merge], {}, given)

describe('MDM-03: a merge is undone', () => {
  it('exactly: every row belongs again to whom it belonged, and both owe what they owed', async () => {
    const before = [await t.owners(), await t.accounts()]
    await make()
    expect([await t.owners(), await t.accounts()]).not.toEqual(before)
    await undo()
    expect([await t.owners(), await t.accounts()]).toEqual(before)
    expect(await t.red()).toEqual([])
    await expect(undo()).rejects.toMatchObject({ code: 'WRONG_STATE' })
    // And it may be made again, and undone again.
    await make()
    await undo()
    expect([await t.owners(), await t.accounts()]).toEqual(before)
  })

  it('with what has grown: shipments, invoices, returns and settlements of what came over go back with it', async () => {
    const before = await t.owners()
    await make()
    const list = (await t.admin.query('select id from warehouse.shipment where order_id = $1', [t.moving])).rows[0].id
    await t.use('warehouse.shipment.ship', [list])
    const { ids: invoices } = await t.run('receivables.invoice.issue', [{ order: t.moving }])
    const { ids: lists } = await t.run('warehouse.shipment.release', [{ order: t.open }])
    await t.use('receivables.payment.apply', [await payment()], { apply: [{ invoice: invoices[0], amount: '5' }] })
    const line = (await t.admin.query('select id from sales.order_line where order_id = $1', [t.moving])).rows[0].id
    await t.admin.query(`insert into returns.reason (company_id, code, name) values (1, 'WRONG', 'Wrong goods')`)
    const { ids: returned } = await t.run('returns.rma.authorise', [
      { customer: 'C1', warehouse: 'W2', reason: 'WRONG', lines: [{ orderLine: line, quantity: '1' }] },
    ])
    // What the one that stayed sold meanwhile is his own.
    const { ids: own } = await t.run('sales.order.draft', [
      { customer: 'C1', warehouse: 'W2', lines: [{ item: 'P1', quantity: '1' }] },
    ])
    await t.use('sales.order.confirm', own)
    await undo()
    const now = await t.owners()
    const theirs = t.customers.C2
    for (const [place, id] of [
      ['receivables.invoice.customer_id', invoices[0]],
      ['warehouse.shipment.customer_id', lists[0]],
      ['returns.rma.customer_id', returned[0]],
    ] as const) {
      expect(now[place]?.[id ?? ''], place).toBe(theirs)
    }
    expect(now['sales.orders.customer_id']?.[own[0] ?? '']).toBe(t.customers.C1)
    for (const [place, rows] of Object.entries(before)) expect(now[place]).toMatchObject(rows)
    expect(await t.red()).toEqual([])
  })
})

const payment = async () =>
  (await t.admin.query<{ id: string }>(`select id from receivables.payment where reference = 'C2-1'`)).rows[0]?.id ?? ''

describe('MDM-03: what is tied together must be untied first', () => {
  it('money of the one on an invoice of the other: the application is taken back, then it is undone', async () => {
    await make()
    const own = (
      await t.admin.query('select id, number from receivables.invoice where customer_id = $1 and id <> $2', [
        t.customers.C1,
        t.invoice,
      ])
    ).rows[0]
    const applied = await t.use('receivables.payment.apply', [await payment()], {
      apply: [{ invoice: own.id, amount: '5' }],
    })
    const before = await t.accounts()
    await expect(undo()).rejects.toMatchObject({
      code: 'UNDO_ENTANGLED',
      detail: { what: expect.stringContaining(own.number) },
    })
    expect(await t.accounts()).toEqual(before)
    const { applications } = applied.result as { applications: { id: string }[] }
    await t.use('receivables.payment.unapply', [await payment()], { applications: applications.map((one) => one.id) })
    await undo()
    expect(await t.red()).toEqual([])
  })

  it('an open order of the one that goes to an address of the other', async () => {
    await make()
    const { ids } = await t.run('sales.order.draft', [
      { customer: 'C1', shipTo: 'SHOP', warehouse: 'W2', lines: [{ item: 'P1', quantity: '1' }] },
    ])
    await expect(undo()).rejects.toMatchObject({
      code: 'UNDO_ENTANGLED',
      detail: { what: expect.stringContaining('address') },
    })
    await t.use('sales.order.cancel', ids)
    await undo()
    expect(await t.red()).toEqual([])
  })

  it('one invoice for orders of both', async () => {
    await make()
    const own = await t.run('sales.order.draft', [
      { customer: 'C1', warehouse: 'W2', lines: [{ item: 'P1', quantity: '1' }] },
    ])
    await t.use('sales.order.confirm', own.ids)
    const { ids: lists } = await t.run('warehouse.shipment.release', [{ order: own.ids[0] }])
    await t.use('warehouse.shipment.ship', lists)
    await t.run('receivables.invoice.issue-period', [{ customer: t.customers.C1, currency: 'USD', upTo: '2026-03-02' }])
    await expect(undo()).rejects.toMatchObject({
      code: 'UNDO_ENTANGLED',
      detail: { what: expect.stringContaining('orders of both') },
    })
  })

  it('a later merge of the one that stayed is undone first, or together with it', async () => {
    const before = [await t.owners(), await t.accounts()]
    await make()
    const first = merge
    const { ids } = await t.run('stewardship.merge.make', [{ kind: 'customer', from: 'C1', into: 'C3' }])
    // Whoever writes the code of the first means the last.
    const order = await t.run('sales.order.draft', [
      { customer: 'C2', warehouse: 'W2', lines: [{ item: 'P1', quantity: '1' }] },
    ])
    expect((await t.owners())['sales.orders.customer_id']?.[order.ids[0] ?? '']).toBe(t.customers.C3)
    await expect(undo()).rejects.toMatchObject({ code: 'UNDO_LATER_MERGE' })
    await t.use('stewardship.merge.undo', [first, ...ids])
    const now = await t.owners()
    for (const [place, rows] of Object.entries(before[0] ?? {})) expect(now[place]).toMatchObject(rows)
    expect(await t.accounts()).toEqual(before[1])
    expect(await t.red()).toEqual([])
  })

  it('after thirty days it is too late', async () => {
    await make()
    await expect(undo({ today: '2026-04-02' })).rejects.toMatchObject({
      code: 'UNDO_TOO_LATE',
      detail: { until: '2026-04-01' },
    })
    await undo({ today: '2026-04-01' })
  })
})
