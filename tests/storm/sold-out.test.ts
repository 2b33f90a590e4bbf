// 64 clients over real HTTP on ten hot items until they are sold out: the sum is exact, and nobody sees how busy it was.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { brokenChecks } from '../support/faults-judge.ts'
import { type RunningServer, type Servers, servers } from '../support/faults-server.ts'
import { layPairs, layWorld, type Pair, type World } from '../support/faults-world.ts'
import { dice, watched } from './crowd.ts'
import { openBooks } from './cycle-books.ts'
import { type Client, firstId, newClient, type Tally } from './cycle-client.ts'

const CLIENTS = 64
const EACH = 30

let db: TestDatabase
let world: World
let crew: Servers
let server: RunningServer
let pairs: readonly Pair[]
beforeAll(async () => {
  db = await testDatabase()
  world = await layWorld(db.admin, db.kernel)
  pairs = await layPairs(world, 'HOT', 10, EACH)
  await db.admin.query('analyze')
  crew = await servers(db.url)
  server = await crew.start()
})
afterAll(() => crew.clear())

test('F13 INV-02: 64 clients order ten items until they are sold out, to the last piece and not beyond', async () => {
  const tally: Tally = { done: new Map(), refused: new Map(), faults: [] }
  const customers = pairs.map((one) => one.code)
  const site = { origin: server.origin, apiKey: world.key, books: openBooks(), goods: [], customers, tally }
  let wanted = 0
  const orders = async (client: Client) => {
    for (let turn = 0; turn < 3; turn++) {
      const lines = Array.from({ length: 1 + client.roll(3) }, () => ({
        item: customers[client.roll(10)],
        quantity: String(1 + client.roll(3)),
      }))
      const head = { customer: customers[client.roll(10)], warehouse: world.warehouse, reference: crypto.randomUUID() }
      const drafted = await client.act('sales/order/draft', { documents: [{ ...head, lines }] })
      if (drafted && (await client.act('sales/order/confirm', { ids: [firstId(drafted)] })))
        wanted += lines.reduce((sum, line) => sum + Number(line.quantity), 0)
    }
  }
  const { worst, looks } = await watched(db.admin, () =>
    Promise.all(Array.from({ length: CLIENTS }, (_, n) => orders(newClient(site, dice(n + 1))))),
  )
  console.info(`${wanted} pieces wanted of ${10 * EACH}, ${looks} looks`)
  expect([tally.faults, [...tally.refused], worst <= 0]).toEqual([[], [], true])
  expect([tally.done.get('sales/order/confirm'), looks > 5]).toEqual([CLIENTS * 3, true])
  // More was wanted than there is, of every item: so all of it is promised, and every promise is of an order that asked.
  const { rows } = await db.admin.query(
    `select i.code, trim_scale(b.on_hand)::int as here, trim_scale(b.reserved)::int as reserved,
        (select sum(quantity)::int from inventory.reservation r where r.item_id = i.id) as promised,
        (select sum(l.ordered)::int > $1 from sales.order_line l join sales.orders o on o.id = l.order_id and o.state = 'confirmed' where l.item_id = i.id) as short,
        exists (select from inventory.reservation r join sales.order_line l on l.id = r.source_line where r.item_id = i.id group by l.id, l.ordered having sum(r.quantity) > l.ordered) as over
      from inventory.balance b join catalog.item i on i.id = b.item_id join inventory.location p on p.id = b.location_id and p.kind = 'stock' order by i.id`,
    [EACH],
  )
  const full = pairs.map(({ code }) => ({ code, here: EACH, reserved: EACH, promised: EACH, short: true, over: false }))
  expect(rows).toEqual(full)
  expect(await brokenChecks(world)).toEqual([])
})
