// Picking, told as a picker would: the walk, the missing goods, the other lot, the cart with several lists, and what is refused.
import { beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from '../../../../tests/modules/warehouse/shop.ts'
import { pack } from './pack.ts'
import { pick } from './pick.ts'
import { ship } from './ship.ts'

let s: Shop
beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
})

const bin = async (warehouse: 'W1', code: string, sequence: number) =>
  s.value<string>(
    `insert into inventory.location (company_id, id, warehouse_id, code, name, kind, pick_sequence) values (1, gen_random_uuid(), $1, $2, $2, 'stock', $3) returning id`,
    [s.warehouses[warehouse], code, sequence],
  )

test('T-WHS-01 WMS-02: in three steps goods go from stock to packing to the dock and out, and only shipping posts', async () => {
  const item = await s.item('THREE')
  await s.stock('W1', 'THREE', '100')
  const entries = () => s.value<string>('select count(*) from ledger.entry')
  const list = await s.release(await s.order('W1', [{ item: 'THREE', quantity: '10' }]))
  const before = await entries()
  await s.run(pick, [list])
  expect(await s.where(item)).toEqual({ stock: '90/0', pack: '10/10' })
  await s.run(pack, [list], { parcels: 1 })
  expect(await s.where(item)).toEqual({ stock: '90/0', dock: '10/10' })
  expect(await entries()).toBe(before)
  await s.run(ship, [list], { carrier: 'Own van' })
  expect(await s.where(item)).toEqual({ stock: '90/0' })
  expect([
    await s.account('1160'),
    await s.value('select shipped::text from sales.order_line where item_id = $1', [item]),
  ]).toEqual(['100', '10'])
})

test('T-WHS-05 WMS-05: what a bin does not hold comes from another bin on the same list, the rest waits as a backorder', async () => {
  const item = await s.item('SHORT')
  const [near, far] = [await bin('W1', 'A-01', 1), await bin('W1', 'A-02', 2)]
  await s.stock('W1', 'SHORT', '10', '10', { location: near })
  await s.stock('W1', 'SHORT', '2', '10', { location: far })
  const order = await s.order('W1', [{ item: 'SHORT', quantity: '10' }])
  const list = await s.release(order)
  const answer = await s.run(pick, [list], { lines: [{ line: 1, picked: '7', reason: 'bin was emptier' }] })
  expect(answer.states).toEqual({ [list]: 'released' })
  expect(answer.result).toEqual({
    short: [expect.objectContaining({ item: 'SHORT', short: '3', elsewhere: '2', reason: 'bin was emptier' })],
  })
  // The missing three are kept apart on the books, where nobody is promised them, until somebody counts.
  expect(await s.where(item)).toEqual({ pack: '7/7', stock: '2/2', quarantine: '3/0' })
  expect(
    await s.value('select count(*)::int from warehouse.shortage where item_id = $1 and settled_at is null', [item]),
  ).toBe(1)
  expect((await s.run(pick, [list])).states).toEqual({ [list]: 'picked' })
  await s.run(pack, [list])
  await s.run(ship, [list])
  expect(await s.value(`select shipped || ' of ' || ordered from sales.order_line where order_id = $1`, [order])).toBe(
    '9 of 10',
  )
})

test('a list of which nothing was found ends, and its order waits', async () => {
  const item = await s.item('EMPTY')
  await s.stock('W1', 'EMPTY', '4')
  const list = await s.release(await s.order('W1', [{ item: 'EMPTY', quantity: '4' }]))
  const answer = await s.run(pick, [list], { lines: [{ line: 1, picked: '0', reason: 'bin is empty' }] })
  expect(answer.states).toEqual({ [list]: 'cancelled' })
  expect(await s.where(item)).toEqual({ quarantine: '4/0' })
})

test('a partial pick leaves the rest for the next walk; two lists on one cart are each exact (T-WHS-06)', async () => {
  const item = await s.item('CART')
  await s.stock('W1', 'CART', '20')
  const [one, two] = [
    await s.release(await s.order('W1', [{ item: 'CART', quantity: '6' }])),
    await s.release(await s.order('W1', [{ item: 'CART', quantity: '5' }])),
  ]
  const answer = await s.run(pick, [one, two], {
    partial: true,
    lines: [
      { shipment: one, line: 1, picked: '4' },
      { shipment: two, line: 1, picked: '5' },
    ],
  })
  expect(answer.states).toEqual({ [one]: 'released', [two]: 'picked' })
  expect(await s.where(item)).toEqual({ stock: '11/2', pack: '9/9' })
  await s.run(pick, [one])
  expect(await s.where(item)).toEqual({ stock: '9/0', pack: '11/11' })
})

test('another lot than the listed one may be taken when it is free: the promise goes over to it', async () => {
  const item = await s.item('LOTS', { tracking: 'lot' })
  await s.stock('W1', 'LOTS', '5', '10', { lot: 'L1', expiresOn: '2026-06-01' })
  await s.stock('W1', 'LOTS', '5', '10', { lot: 'L2', expiresOn: '2026-07-01' })
  const list = await s.release(await s.order('W1', [{ item: 'LOTS', quantity: '4' }]))
  expect(
    await s.value(
      'select t.code from warehouse.shipment_line n join inventory.lot t on t.id = n.lot_id where n.item_id = $1',
      [item],
    ),
  ).toBe('L1')
  await expect(s.run(pick, [list], { lines: [{ line: 1, picked: '4', lot: 'L9' }] })).rejects.toMatchObject({
    code: 'LOT_UNKNOWN',
  })
  await s.run(pick, [list], { lines: [{ line: 1, picked: '4', lot: 'L2' }] })
  expect(
    await s.value(
      `select string_agg(t.code || ' ' || b.on_hand || '/' || b.reserved, ', ' order by t.code, b.on_hand desc) from inventory.balance b join inventory.lot t on t.id = b.lot_id where b.item_id = $1 and b.on_hand > 0`,
      [item],
    ),
  ).toBe('L1 5/0, L2 4/4, L2 1/0')
  const second = await s.release(await s.order('W1', [{ item: 'LOTS', quantity: '4' }]))
  await expect(s.run(pick, [second], { lines: [{ line: 1, picked: '4', lot: 'L2' }] })).rejects.toMatchObject({
    code: 'LOT_NOT_FREE',
    detail: { free: '1', wanted: '4' },
  })
})

test('what picking refuses, and then nothing has moved', async () => {
  const item = await s.item('NO')
  await s.stock('W1', 'NO', '10')
  const list = await s.release(await s.order('W1', [{ item: 'NO', quantity: '10' }]))
  const table = [
    [{ lines: [{ line: 1, picked: '11' }] }, 'PICK_TOO_MUCH'],
    [{ lines: [{ line: 1, picked: '9' }] }, 'SHORT_REASON_NEEDED'],
    [{ lines: [{ line: 7, picked: '1' }] }, 'LINE_NOT_HERE'],
    [
      {
        lines: [
          { line: 1, picked: '1' },
          { line: 1, picked: '2' },
        ],
      },
      'LINE_TWICE',
    ],
  ] as const
  for (const [input, code] of table) await expect(s.run(pick, [list], input)).rejects.toMatchObject({ code })
  await expect(s.run(ship, [list])).rejects.toMatchObject({ code: 'WRONG_STEP' })
  expect(await s.where(item)).toEqual({ stock: '10/10' })
})
