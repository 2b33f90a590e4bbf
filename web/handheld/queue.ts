// What was scanned and has yet to reach the server: in order, each under a key made here, so that it is done exactly once.

import { newKey, send } from '../client/http.ts'
import { online } from '../client/live.ts'
import { asProblem } from '../client/problem.ts'
import { touched } from '../client/questions.ts'
import { companyCode, session } from '../client/session.ts'
import { store } from '../client/store.ts'
import { erase, readAll, write } from './kept.ts'

/** What an entry does to the lists that the device shows, until the server's own come. */
export type Effect =
  | { kind: 'pick'; shipment: string; line: number; picked: string; short: string }
  | { kind: 'pack'; shipment: string }
  | { kind: 'ship'; shipment: string }
  | { kind: 'receive' }

export type Entry = {
  /** The Idempotency-Key, made once. */
  readonly key: string
  /** Counts up on this device: entries go out in the order in which they were made. */
  readonly order: number
  readonly at: string
  readonly company: string
  readonly account: string
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  /** What was done, in words. */
  readonly told: string
  readonly effect: Effect
  readonly refused?: { readonly code: string; readonly message: string }
}

export const queue = store<readonly Entry[]>([])

/** What a sent entry did is taken over into the lists here. */
let taken: (effect: Effect) => void = () => undefined
export const onSent = (take: (effect: Effect) => void): void => {
  taken = take
}

/** Entries of the same list wait behind one that was refused. */
export const subjectOf = ({ effect, key }: Entry): string => ('shipment' in effect ? effect.shipment : key)

const sorted = (entries: readonly Entry[]): readonly Entry[] => [...entries].sort((a, b) => a.order - b.order)

/** The entries of the person and the company that are on this device. */
const mine = (entry: Entry): boolean =>
  entry.account === session.get()?.account.id && entry.company === companyCode.get()

export async function loadQueue(): Promise<void> {
  queue.set(sorted((await readAll<Entry>('queue')).filter(mine)))
}

/** Keeps it on the device first, then sends it when there is a line. */
export async function enqueue(given: Pick<Entry, 'path' | 'body' | 'told' | 'effect'>): Promise<void> {
  const entry: Entry = {
    ...given,
    key: newKey(),
    order: (queue.get().at(-1)?.order ?? 0) + 1,
    at: new Date().toISOString(),
    company: companyCode.get() ?? '',
    account: session.get()?.account.id ?? '',
  }
  queue.set([...queue.get(), entry])
  await write('queue', entry)
  void replay()
}

const replace = (entry: Entry): void => queue.set(queue.get().map((one) => (one.key === entry.key ? entry : one)))

/** Gone from the screen at once; should the device die before it is gone from the disk, it is sent again under its key. */
async function drop(entry: Entry): Promise<void> {
  queue.set(queue.get().filter((one) => one.key !== entry.key))
  await erase('queue', entry.key)
}

/** How often anything was sent so far; whoever reads lists meanwhile knows that they may be old. */
export let sent = 0

/** True while something is on its way, and nobody here knows whether it is done. */
export let sending = false

/** Sends one. Says whether the next may follow: not when there is no line. */
async function sendOne(entry: Entry): Promise<boolean> {
  try {
    sending = true
    await send(entry.path, entry.body, { key: entry.key, query: { company: entry.company } })
  } catch (error) {
    sending = false
    const problem = asProblem(error)
    if (problem.retry === 'yes') return false
    const refused = { ...entry, refused: { code: problem.code, message: problem.message } }
    await write('queue', refused)
    replace(refused)
    return true
  }
  sending = false
  sent += 1
  // Both at once: an effect that is counted in the lists and in the queue would be seen twice.
  const dropped = drop(entry)
  taken(entry.effect)
  await dropped
  if ('shipment' in entry.effect) touched('warehouse.shipment', [entry.effect.shipment])
  return true
}

let again: ReturnType<typeof setTimeout> | undefined

async function run(): Promise<void> {
  for (;;) {
    const entries = queue.get()
    const stuck = new Set(entries.filter((one) => one.refused).map(subjectOf))
    const next = entries.find((one) => !one.refused && !stuck.has(subjectOf(one)))
    if (!next) return
    if (await sendOne(next)) continue
    clearTimeout(again)
    again = setTimeout(() => void replay(), 4_000)
    return
  }
}

/** Sends what waits, one after the other. Two windows on one device take turns; whatever both send has one key. */
export async function replay(): Promise<void> {
  await navigator.locks.request('tradewright-handheld', { ifAvailable: true }, async (lock) => {
    if (lock) await run()
  })
  // What was added while the lock was being given back is not forgotten.
  const left = queue.get()
  const stuck = new Set(left.filter((one) => one.refused).map(subjectOf))
  if (left.some((one) => !one.refused && !stuck.has(subjectOf(one)))) {
    clearTimeout(again)
    again = setTimeout(() => void replay(), 1_000)
  }
}

/** A refused entry once more, under its old key: the server did nothing of it. */
export async function tryAgain(entry: Entry): Promise<void> {
  const { refused: _, ...fresh } = entry
  await write('queue', fresh)
  replace(fresh)
  await replay()
}

/** A refused entry is not wanted any more. */
export async function giveUp(entry: Entry): Promise<void> {
  await drop(entry)
  await replay()
}

online.listen(() => {
  if (online.get()) void replay()
})
