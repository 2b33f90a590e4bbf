// The books of stock are proved from the facts, and every planted corruption turns red exactly the checks that it breaks.
import { beforeAll, expect, test } from 'vitest'
import { checkModules } from '#kernel/module'
import { verify } from '#kernel/verify'
import costing from '../../../src/modules/costing/module.ts'
import { modules } from '../../../src/modules/index.ts'
import inventory from '../../../src/modules/inventory/module.ts'
import warehouse from '../../../src/modules/warehouse/module.ts'
import { pick } from '../../../src/modules/warehouse/shipment/pick.ts'
import { ship } from '../../../src/modules/warehouse/shipment/ship.ts'
import { openShop, type Shop } from './shop.ts'

const all = [...costing.invariants, ...inventory.invariants, ...warehouse.invariants]
let s: Shop
beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
  await s.item('PLAIN')
  await s.item('LAYER', { costing: 'fifo' })
  await s.item('LOT', { tracking: 'lot' })
  await s.item('SERIAL', { tracking: 'serial' })
  for (const warehouseCode of ['W1', 'W2'] as const) {
    await s.stock(warehouseCode, 'PLAIN', '50')
    await s.stock(warehouseCode, 'LAYER', '50', '3')
    await s.stock(warehouseCode, 'LOT', '50', '4', { lot: 'L1', expiresOn: '2026-12-01' })
  }
  for (const lot of ['S1', 'S2', 'S3']) await s.stock('W2', 'SERIAL', '1', '100', { lot })
  const lines = [
    { item: 'PLAIN', quantity: '5' },
    { item: 'LAYER', quantity: '5' },
    { item: 'LOT', quantity: '5' },
  ]
  await s.run(ship, [await s.release(await s.order('W2', [...lines, { item: 'SERIAL', quantity: '1' }]))])
  await s.order('W2', [{ item: 'SERIAL', quantity: '1' }])
  await s.run(pick, [await s.release(await s.order('W1', lines))])
  await s.release(await s.order('W1', lines))
})

const red = async () =>
  (await verify(s.kernel.pool, [1, 2], all)).checks
    .filter((one) => !one.ok)
    .map((one) => one.id)
    .sort()

test('the modules hold together, and the books are in order after a day of work', async () => {
  expect(() => checkModules(modules)).not.toThrow()
  const ids = modules.flatMap((one) => one.invariants.map((check) => check.id))
  expect(new Set(ids).size).toBe(ids.length)
  expect(await red()).toEqual([])
})

const item = (code: string) => `(select id from catalog.item where code = '${code}')`
const place = (code: string, kind: string) =>
  `(select l.id from inventory.location l join company.warehouse w on w.id = l.warehouse_id where w.code = '${code}' and l.kind = '${kind}')`
const free = (table: string, ...constraints: string[]) =>
  constraints.map((name) => `alter table ${table} drop constraint if exists ${name}`)

// What is planted, in a transaction that is rolled back, and what turns red: the check itself and those that follow from it.
const corruptions: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'a receipt of another worth than was booked',
    ['update warehouse.receipt_line set unit_cost = unit_cost + 1 where line = 1'],
    ['I26'],
  ],
  [
    'a supplier’s bill that nobody received goods for',
    [
      `update ledger.journal_line set credit = credit + 7 where (company_id, entry_id, line) in (select company_id, entry_id, line from ledger.journal_line where account = '2110' limit 1)`,
    ],
    ['I26'],
  ],
  [
    'a balance without a move',
    [
      `update inventory.balance set on_hand = on_hand + 1 where item_id = ${item('PLAIN')} and location_id = ${place('W2', 'stock')}`,
    ],
    ['I01', 'W04'],
  ],
  [
    'more promised than there is',
    [
      ...free('inventory.balance', 'never_oversold'),
      `update inventory.balance set reserved = on_hand + 1 where item_id = ${item('PLAIN')} and location_id = ${place('W2', 'stock')}`,
    ],
    ['I02', 'I03'],
  ],
  [
    'a promise that nobody counted',
    [
      `update inventory.reservation set quantity = quantity + 1 where item_id = ${item('PLAIN')} and location_id = ${place('W1', 'pack')}`,
    ],
    ['I03'],
  ],
  [
    'negative stock without a waiver',
    [
      ...free('inventory.balance', 'never_oversold', 'never_negative'),
      `update inventory.balance set on_hand = -1 where item_id = ${item('PLAIN')} and location_id = ${place('W2', 'stock')}`,
    ],
    ['I01', 'I02', 'I04', 'W04'],
  ],
  [
    'negative stock of which nobody knows since when',
    [
      `update inventory.balance set negative_since = '2026-01-01' where item_id = ${item('PLAIN')} and location_id = ${place('W2', 'stock')}`,
    ],
    ['I04'],
  ],
  [
    'a move to where it came from',
    [
      ...free('inventory.move', 'move_check'),
      `update inventory.move set to_id = from_id where item_id = ${item('PLAIN')} and event = 'shipped'`,
    ],
    ['I01', 'I05'],
  ],
  [
    'a serial number in two places',
    [
      ...free('inventory.balance', 'serial_is_one', 'serial_in_one_place'),
      `update inventory.balance set on_hand = 2 where item_id = ${item('SERIAL')} and reserved = 1`,
    ],
    ['I01', 'I06', 'W04'],
  ],
  [
    'a serial number promised twice',
    [
      'drop index inventory.reservation_serial',
      `insert into inventory.reservation select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'source_line', gen_random_uuid()))).* from inventory.reservation r where r.serial`,
    ],
    ['I03', 'I07'],
  ],
  [
    'a reversal of something else',
    [
      `update inventory.move m set reverses_id = (select id from inventory.move where event = 'received' and item_id = ${item('LOT')} limit 1) where m.item_id = ${item('PLAIN')} and m.event = 'shipped'`,
    ],
    ['I10'],
  ],
  [
    'the same move reversed twice',
    [
      `insert into inventory.move select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'from_id', m.to_id, 'to_id', m.from_id, 'reverses_id', m.id))).* from inventory.move m cross join generate_series(1, 2) where m.item_id = ${item('PLAIN')} and m.event = 'shipped'`,
    ],
    ['I01', 'I11'],
  ],
  ['an expired lot at a customer', [`update inventory.lot set expires_on = '2026-03-02' where code = 'L1'`], ['I12']],
  [
    'a lot that left and never came',
    [`delete from inventory.move where item_id = ${item('LOT')} and event = 'received'`],
    ['I01', 'I13'],
  ],
  [
    'a quantity without its value',
    [`update costing.item_cost set quantity = quantity + 1 where item_id = ${item('PLAIN')}`],
    ['I25', 'W04'],
  ],
  [
    'a value that no entry explains',
    [
      `insert into costing.valuation (company_id, id, posting_date, move_id, item_id, quantity, value, event, source_id, source_line) select 1, gen_random_uuid(), '2026-03-02', gen_random_uuid(), ${item('PLAIN')}, 0, 1, 'negative-settled', gen_random_uuid(), gen_random_uuid()`,
      `update costing.item_cost set value = value + 1 where item_id = ${item('PLAIN')}`,
    ],
    ['I24'],
  ],
  [
    'a value on the wrong day',
    [`update costing.valuation set posting_date = '2026-03-05' where item_id = ${item('LAYER')} and event = 'shipped'`],
    ['I24'],
  ],
  [
    'value in an empty layer',
    [
      ...free('costing.layer', 'layer_check'),
      `update costing.layer set remaining_quantity = 0 where id = (select id from costing.layer order by id limit 1)`,
    ],
    ['I25'],
  ],
  [
    'a shipment that was never posted',
    [
      `delete from ledger.journal_line where entry_id in (select id from ledger.entry where event = 'shipped')`,
      `delete from ledger.entry where event = 'shipped'`,
    ],
    ['I24', 'W01', 'W05'],
  ],
  [
    'an order that says more was shipped than left',
    [`update sales.order_line set shipped = shipped - 1 where shipped > 0 and item_id = ${item('PLAIN')}`],
    ['W02'],
  ],
  [
    'a list that takes what is promised to nobody',
    [
      `update warehouse.shipment_line n set quantity = n.quantity + 1 from warehouse.shipment h where h.id = n.shipment_id and h.state = 'released' and n.item_id = ${item('PLAIN')}`,
    ],
    ['W03'],
  ],
  [
    'a shipped cost that was not posted',
    [`update sales.order_line set shipped_cost = shipped_cost + 1 where shipped > 0 and item_id = ${item('LOT')}`],
    ['W05'],
  ],
]

test.each(corruptions)('planted: %s', async (_, plant, expected) => {
  const undo: string[] = []
  // The checks read in sessions of their own, so the corruption is committed and the tables are put back from copies.
  const tables = [
    'inventory.balance',
    'inventory.reservation',
    'inventory.move',
    'inventory.lot',
    'costing.item_cost',
    'costing.valuation',
    'costing.layer',
    'ledger.entry',
    'ledger.journal_line',
    'sales.order_line',
    'warehouse.shipment_line',
    'warehouse.receipt_line',
  ]
  await s.admin.query(`set session_replication_role = replica`)
  for (const table of tables) {
    const copy = `kept_${table.replace('.', '_')}`
    await s.admin.query(`create temporary table ${copy} as select * from ${table}`)
    const columns = await s.value<string>(
      `select string_agg(quote_ident(attname), ', ') from pg_attribute where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    )
    undo.push(
      `delete from ${table}`,
      `insert into ${table} (${columns}) select ${columns} from ${copy}`,
      `drop table ${copy}`,
    )
  }
  for (const statement of plant) await s.admin.query(statement)
  try {
    expect(await red()).toEqual([...expected].sort())
  } finally {
    for (const statement of undo) await s.admin.query(statement)
    await s.admin.query(`set session_replication_role = origin`)
  }
  expect(await red()).toEqual([])
})
