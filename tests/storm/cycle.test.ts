// The whole cycle under storm, over real HTTP, with an auditor who believes nothing but acknowledged answers.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { brokenChecks } from '../support/faults-judge.ts'
import { pause } from '../support/faults-rounds.ts'
import { type Servers, servers } from '../support/faults-server.ts'
import { layPairs, layWorld, type World } from '../support/faults-world.ts'
import { dice } from './crowd.ts'
import { disagreements, factsOf, type Goods, openBooks } from './cycle-books.ts'
import { type Client, newClient, type Site, type Tally } from './cycle-client.ts'
import { life } from './cycle-life.ts'
import { WAREHOUSES } from './cycle-order.ts'

const CLIENTS = 24
const SECONDS = 40
const ORDERS_MOST = 30

let db: TestDatabase
let world: World
let crew: Servers
let sites: readonly Site[]
const books = openBooks()
const tally: Tally = { done: new Map(), refused: new Map(), faults: [] }

beforeAll(async () => {
  db = await testDatabase()
  world = await layWorld(db.admin, db.kernel)
  const pairs = await layPairs(world, 'ST', 8, 0)
  const goods: Goods[] = pairs.map((one, at) => ({
    code: one.code,
    price: BigInt(2_000 + 100 * at),
    cost: BigInt(1_000 + 75 * at),
  }))
  for (const [at, one] of pairs.entries())
    await db.admin.query('update pricing.condition set amount = $1 where object_id = $2', [20 + at, one.item])
  crew = await servers(db.url)
  const customers = pairs.map((one) => one.code)
  const two = await Promise.all([crew.start(), crew.start()])
  sites = two.map(({ origin }) => ({ origin, apiKey: world.key, books, goods, customers, tally }))
})
afterAll(() => crew.clear())

/** Goods come in now and then: some items are always short, so that orders wait and ship in parts. */
async function supply(client: Client): Promise<void> {
  const warehouse = WAREHOUSES[client.roll(WAREHOUSES.length)] ?? 'W2'
  const coming = client.goods
    .filter(() => client.roll(2) === 0)
    .map((item) => ({ item, quantity: 1 + client.roll(12) }))
  if (coming.length === 0) return
  const lines = coming.map(({ item, quantity }) => ({
    item: item.code,
    quantity: String(quantity),
    unitCost: `${item.cost / 100n}.${String(item.cost % 100n).padStart(2, '0')}`,
  }))
  if (!(await client.act('warehouse/receipt/receive', { documents: [{ warehouse, lines }] }))) return
  for (const { item, quantity } of coming) books.goods(warehouse, item, BigInt(quantity), '2110')
}

/** A client of one of the two servers. */
const clientNumber = (n: number): Client => {
  const site = sites[n % sites.length]
  if (!site) throw new Error('there is no server')
  return newClient(site, dice(n))
}

const VERBS = [
  'warehouse/receipt/receive',
  'sales/order/draft',
  'sales/order/confirm',
  'sales/order/change',
  'sales/order/cancel',
  'sales/order/allocate',
  'warehouse/shipment/release',
  'warehouse/shipment/ship',
  'warehouse/shipment/cancel',
  'receivables/invoice/issue',
  'receivables/payment/receive',
  'receivables/payment/apply',
  'receivables/payment/unapply',
  'returns/rma/inspect',
  'returns/rma/credit',
]
// Who presses a button that somebody else has just pressed, or asks for what is gone meanwhile, is told so. Nothing else.
const MEANWHILE =
  /(WRONG_STATE|NOTHING_TO_INVOICE|NOTHING_TO_SHIP|NOTHING_TO_ALLOCATE|ALREADY_SHIPPED|BELOW_SHIPPED|SHIP_MORE_THAN_OPEN|PROMISE_CHANGED|ORDER_STOPPED|NOTHING_PICKED)$/

test('INV-01 INV-02 ORD-13: the whole cycle under storm: no fault is seen, and the books are what the clients were told', async () => {
  for (let n = 0; n < 8; n++) await supply(clientNumber(1_000 + n))
  await db.admin.query('analyze')
  const end = performance.now() + SECONDS * 1000
  const desk = async (n: number) => {
    const client = clientNumber(n)
    for (let order = 0; order < ORDERS_MOST && performance.now() < end; order++) await life(client, 12)
  }
  let over = false
  const dock = async (n: number) => {
    for (const client = clientNumber(n); !over; await pause(250)) await supply(client)
  }
  const docks = [dock(501), dock(502)]
  await Promise.all(Array.from({ length: CLIENTS }, (_, n) => desk(n + 1)))
  over = true
  await Promise.all(docks)
  const { done, refused, faults } = tally
  const verbs = [...done.values()].reduce((sum, n) => sum + n, 0)
  console.info(`${verbs} verbs, refused: ${[...refused].map(([what, n]) => `${n} ${what}`).join(', ')}`)
  expect(faults).toEqual([])
  expect([...refused.keys()].filter((what) => !MEANWHILE.test(what))).toEqual([])
  expect(VERBS.filter((verb) => (done.get(verb) ?? 0) < 5)).toEqual([])
  const inParts = await db.admin.query(
    `select from warehouse.shipment where state = 'shipped' group by order_id having count(*) > 1`,
  )
  expect(inParts.rowCount).toBeGreaterThan(10)
  expect(disagreements(books.figures, await factsOf(db.admin))).toEqual([])
  expect(await brokenChecks(world)).toEqual([])
})

/** One row each, changed behind the back of the product, and the figures in which the auditor must see it. */
const CORRUPTIONS: readonly [what: string, statement: string, seen: readonly RegExp[]][] = [
  [
    'one piece too many on a shelf',
    `update inventory.balance set on_hand = on_hand + 1 where ctid = (select b.ctid from inventory.balance b join inventory.location l on l.id = b.location_id where l.kind = 'stock' limit 1)`,
    [/^on hand W\d ST-\d: /],
  ],
  [
    'a promise that nobody has',
    `update inventory.reservation set quantity = quantity + 1 where ctid = (select ctid from inventory.reservation limit 1)`,
    [/^promised ST-\d: /],
  ],
  [
    'a cent that a customer does not owe',
    `update credit.account set receivable = receivable + 0.01 where ctid = (select ctid from credit.account limit 1)`,
    [/^receivable ST-\d: /],
  ],
  [
    'a payment that counts for somebody else',
    `update ledger.journal_line j set party_id = (select id from party.customer c where c.company_id = 1 and c.id <> j.party_id limit 1)
      where (j.entry_id, j.line) = (select l.entry_id, l.line from ledger.journal_line l join receivables.payment p on p.id = l.entry_id where l.account = '1100' limit 1)`,
    [/^owed ST-\d: /, /^owed ST-\d: /],
  ],
  [
    'a sale without its last entry line',
    `delete from ledger.journal_line where (entry_id, line) = (select entry_id, line from ledger.journal_line where account = '4000' limit 1)`,
    [/^account 4000: /],
  ],
]

test.each(CORRUPTIONS)('control: the auditor notices %s', async (_, statement, seen) => {
  await db.admin.query(`begin`)
  try {
    // Behind guards and constraints too, as a careless administrator could.
    await db.admin.query(`set local session_replication_role = replica`)
    expect((await db.admin.query(statement)).rowCount).toBe(1)
    const found = disagreements(books.figures, await factsOf(db.admin))
    expect(found).toEqual(seen.map((pattern) => expect.stringMatching(pattern)))
  } finally {
    await db.admin.query('rollback')
  }
})
