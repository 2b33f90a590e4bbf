// The floor in plain SQL: four transactions a cycle, each sent as one pipeline of named statements and awaited once.
import type pg from 'pg'
import type { FloorOrder } from './orders.ts'
import { confirmSteps, invoiceSteps, paySteps, type Step, shipSteps } from './pipelined-steps.ts'

const IDS_PER_BLOCK = 1000

/** Ids for documents without a round trip each: blocks of 1,000 from a sequence. One for each connection. */
export class IdBlocks {
  #client: pg.Client
  #next = 0
  #end = 0

  constructor(client: pg.Client) {
    this.#client = client
  }

  async take(count: number): Promise<number[]> {
    if (this.#next + count > this.#end) {
      const answer = await this.#client.query<{ block: string }>({
        name: 'floor-id-block',
        text: `select nextval('floor.id_block') as block`,
      })
      this.#next = Number(answer.rows[0]?.block) * IDS_PER_BLOCK
      this.#end = this.#next + IDS_PER_BLOCK
    }
    const first = this.#next
    this.#next += count
    return Array.from({ length: count }, (_, at) => first + at)
  }
}

/** One whole cycle on one pipelining connection. Rejects when a statement fails or touches other rows than it should. */
export async function runPipelinedCycle(client: pg.Client, ids: IdBlocks, input: FloorOrder): Promise<void> {
  const [order = 0, shipment = 0, issue = 0, invoice = 0, sale = 0, payment = 0, receipt = 0] = await ids.take(7)
  await runTransaction(client, confirmSteps(order, shipment, input))
  await runTransaction(client, shipSteps(order, shipment, issue))
  await runTransaction(client, invoiceSteps(order, invoice, sale))
  await runTransaction(client, paySteps(order, invoice, payment, receipt))
}

/**
 * Sends everything from begin to commit without waiting in between. A statement that fails aborts the transaction in the
 * server, and the commit that was already sent then rolls back; a wrong number of rows is only seen afterwards, and
 * then fails the bench.
 */
async function runTransaction(client: pg.Client, steps: readonly Step[]): Promise<void> {
  const begun = client.query({ name: 'begin', text: 'begin' })
  const answers = steps.map((step) => client.query({ name: step.name, text: step.text, values: step.values }))
  const committed = client.query({ name: 'commit', text: 'commit' })
  const outcomes = await Promise.allSettled([begun, ...answers, committed])
  const failure = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failure?.status === 'rejected') {
    throw failure.reason
  }
  for (const [at, step] of steps.entries()) {
    const answer = await answers[at]
    if (answer?.rowCount !== step.rows) {
      throw new Error(`${step.name} touched ${answer?.rowCount} rows instead of ${step.rows}`)
    }
  }
}
