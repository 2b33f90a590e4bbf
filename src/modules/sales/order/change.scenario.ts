// Changing a confirmed order: what was promised follows at once, exactly, and can be seen before it is saved.
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { CLERK, refusal, type Shop, shop } from '../../../../tests/modules/sales/shop.ts'
import { change } from './change.ts'
import type { OrderState } from './snapshot.ts'

let s: Shop
let c1: string

beforeAll(async () => {
  s = await shop()
  await s.stock(await s.item('P1'), '100000')
  await s.stock(await s.item('P2', { price: '9', cost: '5' }), '1000')
  c1 = await s.customer('C1')
  await s.admin.query(
    `insert into party.ship_to (company_id, id, customer_id, code, name, country, tax_position, transit_days) values (1, gen_random_uuid(), $1, 'ABROAD', 'Abroad', 'MX', 'abroad', 5)`,
    [c1],
  )
})
let size = 0
/** A confirmed order of another size than all before it, so that none looks like another. */
const fresh = (more = {}) => {
  size += 100
  return s.confirmed('C1', [{ item: 'P1', quantity: String(size) }], more)
}
const edit = (id: string, input: object, more = {}) => s.run(change, CLERK, { ids: [id], input }, more)

describe('A change reaches everything that depends on it', () => {
  test('T-Q2C-04 T-Q2C-05 ORD-09: up and down, stock and credit follow', async () => {
    const one = await s.customer('C2')
    const id = await s.confirmed('C2', [{ item: 'P1', quantity: '10' }])
    await edit(id, { lines: [{ line: 1, quantity: '15' }] })
    expect([await s.reservedFor(id), (await s.exposure(one)).open_orders]).toEqual(['15', '330'])
    await edit(id, { lines: [{ line: 1, quantity: '4' }] })
    expect([await s.reservedFor(id), (await s.exposure(one)).open_orders]).toEqual(['4', '88'])
    expect(
      await s.one('select quantity::text, ordered::text, net::text from sales.order_line where order_id = $1', [id]),
    ).toEqual({ quantity: '4', ordered: '4', net: '80.00' })
    await s.sound()
  })

  test('ORD-09: with dryRun the effect is shown line by line, and nothing is done', async () => {
    const id = await fresh()
    const answer = await edit(
      id,
      { lines: [{ line: 1, quantity: '120' }], add: [{ item: 'P2', quantity: '3' }] },
      { dryRun: true },
    )
    const { before, after } = answer.result as { before: OrderState[]; after: OrderState[] }
    expect(before[0]?.lines).toMatchObject([{ line: 1, quantity: '100', reserved: '100', exposure: '2200.0000' }])
    expect(after[0]?.lines).toMatchObject([
      { line: 1, quantity: '120', reserved: '120', exposure: '2640.0000' },
      { line: 2, item: 'P2', reserved: '3', promise: '2026-03-03' },
    ])
    expect([await s.reservedFor(id), answer.dryRun]).toEqual(['100', true])
  })

  test('ORD-19: before and after of every field, with who and through which channel', async () => {
    const id = await fresh()
    await edit(
      id,
      { reference: 'NEW', shipTo: 'ABROAD', lines: [{ line: 1, cancel: true }], add: [{ item: 'P2', quantity: '7' }] },
      { channel: 'edi', reason: 'customer called' },
    )
    const leaf = JSON.parse(
      (
        await s.one<{ payload: string }>(
          `select payload from kernel.audit where document_id = $1 and verb = 'change'`,
          [id],
        )
      ).payload,
    )
    expect(leaf).toMatchObject({
      channel: 'edi',
      reason: 'customer called',
      actor: CLERK.id,
      changes: { head: { shipTo: [null, 'ABROAD'], reference: [null, 'NEW'], tax: [expect.any(String), '0.00'] } },
    })
    expect(leaf.changes.lines[1]).toMatchObject({
      cancelled: ['0', expect.any(String)],
      reserved: [expect.any(String), '0'],
      taxCode: ['STD', 'ZERO'],
    })
    expect(await s.one('select net::text, total::text from sales.orders where id = $1', [id])).toEqual({
      net: '63.00',
      total: '63.00',
    })
    await s.sound()
  })

  test('CRD-03: a bigger order is looked at again by credit, a smaller one is not', async () => {
    await s.customer('C3', { limit: '300' })
    const id = await s.confirmed('C3', [{ item: 'P1', quantity: '10' }])
    await s.admin.query(`update credit.account set receivable = 200 where code = 'C3'`)
    await edit(id, { lines: [{ line: 1, quantity: '9' }] })
    expect(await s.stateOf(id)).toBe('confirmed')
    const answer = await edit(id, { lines: [{ line: 1, quantity: '12' }] })
    expect(answer.states).toEqual({ [id]: 'on_hold' })
    expect([await s.openHolds(id), await s.reservedFor(id)]).toEqual(['credit', '0'])
    await edit(id, { lines: [{ line: 1, quantity: '4' }] })
    expect([await s.stateOf(id), await s.reservedFor(id)]).toEqual(['confirmed', '4'])
    await s.sound()
  })

  test('T-Q2C-06 C17: 5, 5 picked, to 3, to 5: five ship and nothing is left over', async () => {
    await s.customer('C4')
    const id = await s.confirmed('C4', [{ item: 'P1', quantity: '5' }])
    await edit(id, { lines: [{ line: 1, quantity: '3' }] })
    await edit(id, { lines: [{ line: 1, quantity: '5' }] })
    await s.ship(id, '5')
    expect(
      await s.one(
        'select ordered::text, shipped::text, cancelled::text, returned::text from sales.order_line where order_id = $1',
        [id],
      ),
    ).toEqual({ ordered: '5', shipped: '5', cancelled: '0', returned: '0' })
    await s.sound()
  })
})

test('C17 ORD-13: any sequence of edits ends in demand = ordered - cancelled, reserved, counted and priced as such', async () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ quantity: fc.integer({ min: 1, max: 40 }) }),
      fc.constant({ cancel: true }),
      fc.record({ ship: fc.integer({ min: 1, max: 5 }) }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  let run = 0
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const code = `F${run++}`
      const account = await s.customer(code)
      const id = await s.confirmed(code, [{ item: 'P1', quantity: '10' }])
      let [wanted, shipped] = [10, 0]
      for (const step of sequence) {
        if ('ship' in step) {
          const possible = Math.min(step.ship, wanted - shipped)
          if (possible > 0) await s.ship(id, String(possible))
          shipped += possible
        } else {
          const next = 'cancel' in step ? shipped : step.quantity
          const done = await edit(id, {
            lines: [{ line: 1, ...('cancel' in step ? { cancel: true } : { quantity: String(step.quantity) }) }],
          }).then(
            () => true,
            () => false,
          )
          expect(done).toBe('cancel' in step ? wanted > shipped : next >= shipped)
          if (done) wanted = next
        }
      }
      const line = await s.one<Record<string, string>>(
        'select trim_scale(ordered - cancelled)::text as demand, shipped::text, trim_scale(quantity * unit_num / unit_den)::text as in_base, ordered::text from sales.order_line where order_id = $1',
        [id],
      )
      expect(line).toMatchObject({ demand: String(wanted), shipped: String(shipped), in_base: line.ordered })
      expect(await s.reservedFor(id)).toBe(String(wanted - shipped))
      expect(await s.exposure(account)).toEqual({
        open_orders: String((wanted - shipped) * 22),
        unbilled: String(shipped * 22),
      })
    }),
    { numRuns: 25 },
  )
  await s.sound()
})

describe('When change refuses, everything stays as it was', () => {
  test.each([
    ['fewer than shipped', 'BELOW_SHIPPED', { lines: [{ line: 1, quantity: '3' }] }],
    ['a line there is not', 'LINE_UNKNOWN', { lines: [{ line: 9, quantity: '3' }] }],
    ['half a piece', 'QUANTITY_NOT_WHOLE', { lines: [{ line: 1, quantity: '8.5' }] }],
    ['nothing of it', 'QUANTITY_NOT_POSITIVE', { lines: [{ line: 1, quantity: '0' }] }],
    ['a price without reason', 'PRICE_REASON_NEEDED', { lines: [{ line: 1, price: '19' }] }],
    ['an unknown item added', 'ITEM_UNKNOWN', { add: [{ item: 'NOPE', quantity: '1' }] }],
    ['an address nobody knows', 'UNKNOWN_CODE', { shipTo: 'NOWHERE' }],
  ])('%s: %s', async (_, code, input) => {
    const id = await fresh()
    await s.ship(id, '5')
    const before = await s.lineOf(id)
    expect(await refusal(edit(id, input))).toBe(code)
    expect(await s.lineOf(id)).toEqual(before)
  })

  test('NOTHING_OPEN, PRICE_AFTER_INVOICE, ONE_ORDER', async () => {
    const id = await fresh()
    await edit(id, { lines: [{ line: 1, cancel: true }] })
    expect(await refusal(edit(id, { lines: [{ line: 1, cancel: true }] }))).toBe('NOTHING_OPEN')
    const other = await fresh()
    await s.ship(other, '1')
    await s.admin.query('update sales.order_line set invoiced = 1 where order_id = $1', [other])
    expect(await refusal(edit(other, { lines: [{ line: 1, price: '21', reason: 'x' }] }))).toBe('PRICE_AFTER_INVOICE')
    await s.admin.query('update sales.order_line set invoiced = 0 where order_id = $1', [other])
    expect(
      await refusal(s.run(change, CLERK, { ids: [id, other], input: { lines: [{ line: 1, quantity: '1' }] } })),
    ).toBe('ONE_ORDER')
  })
})

test('ORD-10: an order gets another backorder rule for a reason, and only one that there is', async () => {
  const id = await fresh()
  expect(await refusal(edit(id, { backorderRule: 'COMPLETE' }))).toBe('REASON_NEEDED')
  expect(await refusal(edit(id, { backorderRule: 'NONE' }, { reason: 'the customer rang' }))).toBe('UNKNOWN_CODE')
  await edit(id, { backorderRule: 'COMPLETE' }, { reason: 'the customer wants it in one' })
  expect(await s.one('select backorder_rule from sales.orders where id = $1', [id])).toEqual({
    backorder_rule: 'COMPLETE',
  })
  const kept = await s.one<{ payload: string }>(
    `select payload from kernel.audit where document_id = $1 and verb = 'change'`,
    [id],
  )
  expect(kept.payload).toContain('COMPLETE')
  expect(kept.payload).toContain('the customer wants it in one')
  await s.sound()
})
