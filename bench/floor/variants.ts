// The three ways to run the floor's cycle: plain pipelined statements, a function for each transaction, sets of a hundred.
import type pg from 'pg'
import { createOrderSource, type FloorOrder } from './orders.ts'
import { IdBlocks, runPipelinedCycle } from './pipelined.ts'

export type FloorVariant = {
  name: string
  clients: number
  cyclesPerWork: number
  pipeline: boolean
  /** Makes the work of one client on its own connection. */
  createWork: (client: pg.Client, seed: number) => () => Promise<void>
}

const SET_SIZE = 100

export const floorVariants: readonly FloorVariant[] = [
  {
    name: 'pipelined SQL, 4 transactions',
    clients: 8,
    cyclesPerWork: 1,
    pipeline: true,
    createWork: (client, seed) => {
      const orders = createOrderSource(seed)
      const ids = new IdBlocks(client)
      return () => runPipelinedCycle(client, ids, orders.next())
    },
  },
  {
    name: 'one function a transaction',
    clients: 8,
    cyclesPerWork: 1,
    pipeline: false,
    createWork: (client, seed) => {
      const orders = createOrderSource(seed)
      return () => runFunctionCycle(client, orders.next())
    },
  },
  {
    name: `sets of ${SET_SIZE}`,
    clients: 4,
    cyclesPerWork: SET_SIZE,
    pipeline: false,
    createWork: (client, seed) => {
      const orders = createOrderSource(seed)
      return () => runSetCycle(client, Array.from({ length: SET_SIZE }, orders.next))
    },
  },
]

async function runFunctionCycle(client: pg.Client, input: FloorOrder): Promise<void> {
  const order = await call(client, 'select floor.confirm($1, $2, $3) as id', [
    input.customer,
    input.items,
    input.quantities,
  ])
  await call(client, 'select floor.ship($1) as id', [order])
  const invoice = await call(client, 'select floor.invoice($1) as id', [order])
  await call(client, 'select floor.pay($1) as id', [invoice])
}

async function runSetCycle(client: pg.Client, inputs: readonly FloorOrder[]): Promise<void> {
  const orders = await call(client, 'select floor.confirm_set($1, $2, $3, $4)::text as id', [
    inputs.map((input) => input.customer),
    inputs.flatMap((input, at) => input.items.map(() => at + 1)),
    inputs.flatMap((input) => input.items),
    inputs.flatMap((input) => input.quantities),
  ])
  await call(client, 'select floor.ship_set($1) as id', [orders])
  const invoices = await call(client, 'select floor.invoice_set($1)::text as id', [orders])
  await call(client, 'select floor.pay_set($1) as id', [invoices])
}

/** The statement's text is its name too: planned once a connection. */
async function call(client: pg.Client, text: string, values: unknown[]): Promise<string> {
  const answer = await client.query<{ id: string }>({ name: text, text, values })
  return answer.rows[0]?.id ?? ''
}
