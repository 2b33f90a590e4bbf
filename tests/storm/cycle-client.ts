// One client of the storm: what it asks, what it is told, and what nobody may ever be told.
import { randomUUID } from 'node:crypto'
import { clientOf } from '../http/support/client.ts'
import type { Books, Goods } from './cycle-books.ts'

export type Told = Readonly<Record<string, unknown>>

export type Site = {
  readonly origin: string
  readonly apiKey: string
  readonly books: Books
  readonly goods: readonly Goods[]
  readonly customers: readonly string[]
  readonly tally: Tally
}

/** `faults` are answers that no client may ever get: a fault of the product, or "not now" without any need. */
export type Tally = {
  readonly done: Map<string, number>
  readonly refused: Map<string, number>
  readonly faults: string[]
}

export type Client = Site & {
  roll(sides: number): number
  /** Does a verb. Undefined when it is refused. */
  act(path: string, body: object): Promise<Told | undefined>
  read(path: string): Promise<Told>
}

const count = (map: Map<string, number>, name: string) => map.set(name, (map.get(name) ?? 0) + 1)

export function newClient(site: Site, roll: (sides: number) => number): Client {
  const http = clientOf(site.origin, { key: site.apiKey })
  const { tally } = site
  const fault = (path: string, answer: { status: number; text: string }) =>
    tally.faults.push(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`)
  return {
    ...site,
    roll,
    async act(path, body) {
      const answer = await http.post(`/api/${path}`, body, { 'idempotency-key': randomUUID() })
      if (answer.status === 200) {
        count(tally.done, path)
        return answer.body
      }
      if (answer.status >= 500) fault(path, answer)
      else count(tally.refused, `${path} ${String(answer.body.code)}`)
      return undefined
    },
    async read(path) {
      const answer = await http(`/api/${path}`)
      if (answer.status !== 200) fault(path, answer)
      return answer.body
    },
  }
}

/** Two clerks press the button at the same moment: at most one of them is told that it is done. */
export async function pressedTwice(client: Client, path: string, body: object): Promise<Told | undefined> {
  const told = await Promise.all([client.act(path, body), client.act(path, body)])
  const done = told.filter((one) => one !== undefined)
  if (done.length > 1) client.tally.faults.push(`${path} was done twice: ${JSON.stringify(done)}`)
  return done[0]
}

/** The rows of a document's lines or of a question. */
export function rowsOf(told: Told, name: 'lines' | 'items'): readonly Readonly<Record<string, string>>[] {
  const rows = told[name]
  if (!Array.isArray(rows)) throw new Error(`no ${name} in ${JSON.stringify(told).slice(0, 300)}`)
  return rows
}

export function firstId(told: Told): string {
  const [id] = Array.isArray(told.ids) ? told.ids : []
  return String(id)
}

/** Cents out of an amount as it is written; whole pieces out of a quantity. */
export function cents(text: unknown): bigint {
  const [whole = '', fraction = ''] = String(text).split('.')
  return BigInt(whole + fraction.padEnd(2, '0').slice(0, 2))
}
export const pieces = (text: unknown): bigint => BigInt(String(text).split('.')[0] ?? '0')
export const money = (amount: bigint): string => `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`
