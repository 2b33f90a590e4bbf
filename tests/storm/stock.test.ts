// Stock under storm: hot items until they are sold out, the same item twice in an order, one serial number, shuffled lines.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import type { Kernel } from '#kernel/kernel'
import { draft as draftAdjustment } from '../../src/modules/inventory/adjustment/draft.ts'
import { post as postAdjustment } from '../../src/modules/inventory/adjustment/post.ts'
import { cancel } from '../../src/modules/sales/order/cancel.ts'
import { confirm } from '../../src/modules/sales/order/confirm.ts'
import { draft } from '../../src/modules/sales/order/draft.ts'
import { receive } from '../../src/modules/warehouse/receipt/receive.ts'
import { release } from '../../src/modules/warehouse/shipment/release.ts'
import { ship } from '../../src/modules/warehouse/shipment/ship.ts'
import { openShop, type Shop } from '../modules/warehouse/shop.ts'
import { contextOf } from '../support/world.ts'
import { CLIENTS, deadlocks, dice, storm, watched, wideKernel } from './crowd.ts'

let s: Shop
let kernel: Kernel
beforeAll(async () => {
  s = await openShop()
  kernel = wideKernel(s.url)
  for (let n = 0; n < 16; n++) await s.customer(`C${n}`)
})
afterAll(() => kernel.close())

type Line = { item: string; quantity: string }

/** Drafts many orders in one call; the storm is about promising them. */
async function drafted(orders: readonly (readonly Line[])[], warehouse = 'W2'): Promise<readonly string[]> {
  const answer = await draft.run(kernel, contextOf(), {
    input: orders.map((lines, at) => ({ customer: `C${at % 16}`, warehouse, reference: newId(), lines })),
  })
  // As the database does by itself within the first minutes: plans made for empty tables do not last.
  await s.admin.query('analyze')
  return answer.ids
}
const confirming = (ids: readonly string[]) =>
  ids.map((id) => () => confirm.run(kernel, contextOf(), { ids: [id], input: {} }))
const figure = async (text: string, values: unknown[] = []) => await s.value<string>(text, values)
const balances = (items: readonly string[]) =>
  figure(`select sum(on_hand) || ' ' || sum(reserved) from inventory.balance where item_id = any($1)`, [items])
const promises = (items: readonly string[]) =>
  figure(`select coalesce(sum(quantity), 0)::text from inventory.reservation where item_id = any($1)`, [items])

describe.each([
  ['one hot item', 1, 300],
  ['ten hot items', 10, 30],
])('F13 INV-02 T-AVL-02: %s, 64 clients', (name, count, each) => {
  test('sold out to the last piece, with cancellations, receipts and counts in between', async () => {
    const roll = dice(count)
    const codes = Array.from({ length: count }, (_, n) => `${name.slice(0, 3).toUpperCase()}-${n}`)
    const items: string[] = []
    for (const code of codes) items.push(await s.item(code))
    for (const code of codes) await s.stock('W2', code, String(each))
    const orders = await drafted(
      Array.from({ length: 240 }, () => [{ item: codes[roll(count)] ?? '', quantity: String(1 + roll(3)) }]),
    )
    const turns: (() => Promise<unknown>)[] = confirming(orders)
    // Every eighth order is cancelled some time after it was promised.
    const cancelled = orders.filter((_, at) => at % 8 === 0)
    const others: (() => Promise<unknown>)[] = [
      ...cancelled.map(
        (id) => () => cancel.run(kernel, contextOf({ reason: 'changed their mind' }), { ids: [id], input: {} }),
      ),
      ...Array.from(
        { length: 20 },
        () => () =>
          receive.run(kernel, contextOf(), {
            input: [
              { warehouse: 'W2', lines: codes.map((item) => ({ item, quantity: '2', unitCost: '9.99' })).reverse() },
            ],
          }),
      ),
      ...Array.from({ length: 10 }, (_, n) => async () => {
        const { ids } = await draftAdjustment.run(kernel, contextOf(), {
          input: [
            {
              warehouse: 'W2',
              reason: 'COUNT',
              lines: [{ item: codes[n % count] ?? '', quantity: n % 2 === 0 ? '1' : '-1' }],
            },
          ],
        })
        await postAdjustment.run(kernel, contextOf(), { ids, input: {} })
      }),
    ]
    for (const [at, turn] of others.entries()) turns.splice(60 + at * 3, 0, turn)
    const { result, worst, looks } = await watched(s.admin, () => storm(turns))
    expect(result.faults).toEqual([])
    expect([...result.refused.keys()].filter((code) => !['APPROVAL_NEEDED', 'WRONG_STATE'].includes(code))).toEqual([])
    expect(looks).toBeGreaterThan(5)
    expect(worst).toBeLessThanOrEqual(0)
    // What the books say is what the clients were told.
    const [onHand = '', reserved = ''] = (await balances(items)).split(' ')
    expect(reserved).toBe(await promises(items))
    const posted = await figure(
      `select coalesce(sum(case when to_kind = 'stock' then quantity else -quantity end), 0)::text from (select m.quantity, l.kind as to_kind from inventory.move m join inventory.location l on l.id = m.to_id where m.item_id = any($1)) x`,
      [items],
    )
    expect(onHand).toBe(posted)
    // No undersell: while somebody waits, nothing lies free. Who came last is served from what was cancelled meanwhile.
    const rest = await drafted([codes.map((item) => ({ item, quantity: '5000' }))])
    await confirm.run(kernel, contextOf(), { ids: rest, input: {} })
    const [all, promised] = (await balances(items)).split(' ')
    expect(promised).toBe(all)
    expect(promised).toBe(await promises(items))
    console.info(
      `${name}: ${result.done} done in ${Math.trunc(result.milliseconds)} ms, ${looks} looks, deadlocks ${await deadlocks(s.admin)}`,
    )
  }, 40_000)
})

test('F14: the same item twice in one order is promised once', async () => {
  const item = await s.item('TWICE')
  await s.stock('W2', 'TWICE', '100')
  const orders = await drafted(
    Array.from({ length: CLIENTS }, () => [
      { item: 'TWICE', quantity: '2' },
      { item: 'TWICE', quantity: '3' },
    ]),
  )
  const { result, worst } = await watched(s.admin, () => storm(confirming(orders)))
  expect([result.faults, worst <= 0]).toEqual([[], true])
  expect(await balances([item])).toBe('100 100')
  expect(await promises([item])).toBe('100')
})

test('F15: one serial number, 64 clients: one gets it, and it leaves once', async () => {
  const item = await s.item('ONLY', { tracking: 'serial' })
  await s.stock('W2', 'ONLY', '1', '10', { lot: 'S-1' })
  const orders = await drafted(Array.from({ length: CLIENTS }, () => [{ item: 'ONLY', quantity: '1' }]))
  const confirmed = await storm(confirming(orders))
  expect([confirmed.faults, await balances([item]), await promises([item])]).toEqual([[], '1 1', '1'])
  const released = await storm(orders.map((order) => () => release.run(kernel, contextOf(), { input: [{ order }] })))
  expect([released.done, released.faults, [...released.refused]]).toEqual([1, [], [['NOTHING_TO_SHIP', CLIENTS - 1]]])
  const list = await figure(`select shipment_id from warehouse.shipment_line where item_id = $1`, [item])
  const shipped = await storm(
    Array.from({ length: CLIENTS }, () => () => ship.run(kernel, contextOf(), { ids: [list], input: {} })),
  )
  expect([shipped.done, shipped.faults, [...shipped.refused]]).toEqual([1, [], [['WRONG_STATE', CLIENTS - 1]]])
  expect(
    await figure(`select count(*)::text from inventory.move where item_id = $1 and event = 'shipped'`, [item]),
  ).toBe('1')
})

test('F16: orders of 20 lines in any order over 40 items do not deadlock', async () => {
  const roll = dice(16)
  const codes = Array.from({ length: 40 }, (_, n) => `SH-${n}`)
  const items: string[] = []
  for (const code of codes) items.push(await s.item(code))
  await receive.run(kernel, contextOf(), {
    input: [{ warehouse: 'W2', lines: codes.map((item) => ({ item, quantity: '60', unitCost: '10' })) }],
  })
  const before = await deadlocks(s.admin)
  const orders = await drafted(
    Array.from({ length: 96 }, () =>
      [...codes]
        .sort(() => roll(3) - 1)
        .slice(0, 20)
        .map((item) => ({ item, quantity: '1' })),
    ),
  )
  const { result, worst } = await watched(s.admin, () =>
    storm([
      ...confirming(orders),
      ...Array.from(
        { length: 12 },
        () => () =>
          receive.run(kernel, contextOf(), {
            input: [
              {
                warehouse: 'W2',
                lines: [...codes].sort(() => roll(3) - 1).map((item) => ({ item, quantity: '1', unitCost: '11' })),
              },
            ],
          }),
      ),
    ]),
  )
  const after = await deadlocks(s.admin)
  console.info(`shuffled: ${result.done} done in ${Math.trunc(result.milliseconds)} ms, deadlocks ${after - before}`)
  expect([result.faults, worst <= 0]).toEqual([[], true])
  expect(after - before).toBe(0)
  const [onHand, reserved] = (await balances(items)).split(' ')
  expect([onHand, reserved]).toEqual([String(40 * 72), await promises(items)])
}, 40_000)

test('orders, releases, shipments and cancellations of the same items and customers do not meet head on', async () => {
  const roll = dice(7)
  const codes = Array.from({ length: 12 }, (_, n) => `MX-${n}`)
  for (const code of codes) await s.item(code, { costing: code.endsWith('1') ? 'fifo' : 'average' })
  await receive.run(kernel, contextOf(), {
    input: [{ warehouse: 'W2', lines: codes.map((item) => ({ item, quantity: '400', unitCost: '10' })) }],
  })
  const before = await deadlocks(s.admin)
  const orders = await drafted(
    Array.from({ length: 90 }, () =>
      [...codes]
        .sort(() => roll(3) - 1)
        .slice(0, 5)
        .map((item) => ({ item, quantity: String(1 + roll(4)) })),
    ),
  )
  const life = orders.map((id, at) => async () => {
    await confirm.run(kernel, contextOf(), { ids: [id], input: {} })
    if (at % 6 === 5)
      return await cancel.run(kernel, contextOf({ reason: 'changed their mind' }), { ids: [id], input: {} })
    const list = await release.run(kernel, contextOf(), { input: [{ order: id }] })
    return await ship.run(kernel, contextOf(), { ids: list.ids, input: {} })
  })
  const { result, worst } = await watched(s.admin, () => storm(life))
  const after = await deadlocks(s.admin)
  console.info(`mixed: ${result.done} done in ${Math.trunc(result.milliseconds)} ms, deadlocks ${after - before}`)
  expect([result.faults, [...result.refused], worst <= 0, after - before]).toEqual([[], [], true, 0])
}, 40_000)
