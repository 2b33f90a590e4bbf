// Clients that do what an order desk, a warehouse and a till do all day, and ask again with the same key until they are answered.
import { clientOf } from '../http/support/client.ts'
import { pause } from './faults-rounds.ts'
import { orderOf, type Pair, type World } from './faults-world.ts'

/** What was acknowledged of one order's way. `refused` are answers that no client may ever see. */
export type Way = { readonly reference: string; readonly done: Map<string, string> }

export type Load = {
  readonly ways: readonly Way[]
  readonly refused: readonly string[]
  /** Lets every client end the way that it is on. */
  stop(): Promise<void>
}

const STEPS = ['draft', 'confirm', 'release', 'ship', 'issue', 'receive'] as const
type Step = (typeof STEPS)[number]

/** Starts one client for each pair. `origin` says where the server is just then. */
export function startLoad(world: World, pairs: readonly Pair[], origin: () => string): Load {
  const ways: Way[] = []
  const refused: string[] = []
  let over = false
  const client = async (pair: Pair) => {
    for (let turn = 1; !over; turn++) {
      const way: Way = { reference: `load ${pair.code} ${turn}`, done: new Map() }
      ways.push(way)
      for (const step of STEPS) {
        const id = await persist(
          world.key,
          origin,
          requestOf(world, pair, way, step),
          `load-${pair.code}-${turn}-${step}`,
        )
        if (id.startsWith('!')) refused.push(`${step} of ${way.reference}: ${id.slice(1)}`)
        if (id.startsWith('!')) break
        way.done.set(step, id)
        await pause(20)
      }
    }
  }
  const working = Promise.all(pairs.map(client))
  return {
    ways,
    refused,
    async stop() {
      over = true
      await working
    },
  }
}

function requestOf(world: World, pair: Pair, way: Way, step: Step): { path: string; body: object } {
  const { done, reference } = way
  const order = done.get('draft')
  switch (step) {
    case 'draft':
      return { path: '/api/sales/order/draft', body: { documents: [{ ...orderOf(world, pair), reference }] } }
    case 'confirm':
      return { path: '/api/sales/order/confirm', body: { ids: [order] } }
    case 'release':
      return { path: '/api/warehouse/shipment/release', body: { documents: [{ order }] } }
    case 'ship':
      return { path: '/api/warehouse/shipment/ship', body: { ids: [done.get('release')] } }
    case 'issue':
      return { path: '/api/receivables/invoice/issue', body: { documents: [{ order }] } }
    case 'receive': {
      const apply = [{ invoice: done.get('issue') }]
      const documents = [{ customer: pair.code, amount: '110.00', reference, apply }]
      return { path: '/api/receivables/payment/receive', body: { documents } }
    }
  }
}

/** The id that was answered, or '!' and the refusal. Lost connections and "try again" are tried again. */
async function persist(
  apiKey: string,
  origin: () => string,
  { path, body }: { path: string; body: object },
  key: string,
): Promise<string> {
  for (const end = performance.now() + 60_000; performance.now() < end; await pause(30)) {
    try {
      const answer = await clientOf(origin(), { key: apiKey }).post(path, body, { 'idempotency-key': key })
      const { ids, code, retry } = answer.body
      if (answer.status === 200 && Array.isArray(ids)) return String(ids[0])
      if (answer.status !== 503 || retry !== 'yes')
        return `!${answer.status} ${String(code)} ${answer.text.slice(0, 200)}`
    } catch {
      // Killed meanwhile: the next server is asked.
    }
  }
  return '!no answer within a minute'
}

/** What the clients were told, against what the database holds. Returns what does not agree. */
export async function disagreements(world: World, load: Load): Promise<readonly string[]> {
  const { rows } = await world.admin.query<{ reference: string; found: string }>(
    `select o.customer_reference as reference, concat_ws(' ', count(distinct o.id), min(o.id::text), count(distinct h.id), min(h.id::text) filter (where h.state = 'shipped'),
        count(distinct i.id), min(i.id::text) filter (where i.state = 'issued'), count(distinct p.id), min(p.id::text), count(distinct a.id), trim_scale(min(i.open))) as found
      from sales.orders o left join warehouse.shipment h on h.order_id = o.id left join receivables.invoice i on i.order_id = o.id
      left join receivables.payment p on p.reference = o.customer_reference left join receivables.application a on a.payment_id = p.id
     where o.customer_reference like 'load %' group by 1`,
  )
  const found = new Map(rows.map((row) => [row.reference, row.found]))
  const told = load.ways.filter((way) => way.done.has('receive'))
  return told.flatMap(({ reference, done }) => {
    const ids = ['draft', 'ship', 'issue', 'receive'].map((step) => `1 ${done.get(step)}`)
    const expected = `${ids.join(' ')} 1 0`
    return found.get(reference) === expected ? [] : [`${reference}: told ${expected}, found ${found.get(reference)}`]
  })
}
