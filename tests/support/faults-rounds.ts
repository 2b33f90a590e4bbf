// Rounds of a fault: four requests, each stopped at a boundary of its own, then the blow, then the same requests again.
import { clientOf } from '../http/support/client.ts'
import { type Boundary, type Trap, trap } from './faults-proxy.ts'
import type { Case, Verb } from './faults-world.ts'

/** An answer as it came, or 'lost' when the connection ended without one. */
export type Reply = { readonly status: number; readonly body: Readonly<Record<string, unknown>> } | 'lost'

/** Sends the request of a case once. */
export async function ask(origin: string, apiKey: string, one: Case): Promise<Reply> {
  try {
    const { status, body } = await clientOf(origin, { key: apiKey }).post(one.path, one.body, {
      'idempotency-key': one.key,
    })
    return { status, body }
  } catch {
    return 'lost'
  }
}

/** Sends it again and again, with the same key, for as long as the answer is none or says to try again. */
export async function insist(origin: () => string, apiKey: string, one: Case, seconds = 30): Promise<Reply> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    const reply = await ask(origin(), apiKey, one)
    const again = reply === 'lost' || (reply.status === 503 && reply.body.retry === 'yes')
    if (!again || performance.now() > end) return reply
    await pause(30)
  }
}

export const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** What became of one request: what was answered before the blow, and what in the end. */
export type Outcome = {
  readonly one: Case
  readonly boundary: Boundary | null
  /** False when the request never came to its boundary: it was answered before, or waited for another. */
  readonly reached: boolean
  readonly first: Reply
  readonly last: Reply
}

export type Tasks = Record<Verb, { boundary: Boundary | null; everything?: boolean }[]>

export type Round = {
  /** Where requests go before the blow, and where they are asked again after it. */
  origin(): string
  after(): string
  readonly apiKey: string
  arm(traps: readonly Trap[]): void
  /** The blow, and everything until requests can be answered again. */
  strike(): Promise<void>
  /** Takes the next unused case of a verb. */
  take(verb: Verb): Case
}

// Requests that wait for the locks of one that is stopped are not waited for: they come again in a later round, and are
// given more time then, for it may be the machine that is slow.
const PATIENCE = 700
const ALONE = 20_000
const TRIES = 6

/** Plays rounds until no verb has a task left. A task whose boundary was not reached is put back, a few times at most. */
export async function rounds(round: Round, tasks: Tasks): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  const tries = new Map<unknown, number>()
  const verbs = Object.keys(tasks) as Verb[]
  while (verbs.some((verb) => tasks[verb].length > 0)) {
    const picked = verbs.flatMap((verb) => {
      const task = tasks[verb].shift()
      return task ? [{ verb, task, one: round.take(verb) }] : []
    })
    const traps = picked.map(({ task, one }) => trap(one.key, task.boundary, task.everything))
    round.arm(traps)
    // One alone waits for nobody else's locks.
    const alone = picked.length === 1
    const patience = alone ? ALONE : PATIENCE * Math.max(...picked.map(({ task }) => 1 + (tries.get(task) ?? 0)))
    const firsts = picked.map(({ one }) => ask(round.origin(), round.apiKey, one))
    await Promise.race([
      Promise.all(firsts.map((first, at) => Promise.race([first, traps[at]?.sprung]))),
      pause(patience),
    ])
    const struck = round.strike()
    const replies = await Promise.all(firsts)
    await struck
    round.arm([])
    const lasts = await Promise.all(picked.map(({ one }) => insist(round.after, round.apiKey, one)))
    picked.forEach(({ verb, task, one }, at) => {
      const reached = traps[at]?.reached ?? false
      outcomes.push({ one, boundary: task.boundary, reached, first: replies[at] ?? 'lost', last: lasts[at] ?? 'lost' })
      const tried = (tries.get(task) ?? 0) + 1
      tries.set(task, tried)
      if (!reached && task.boundary && !task.everything && tried < TRIES) tasks[verb].push(task)
    })
  }
  return outcomes
}

/** All boundaries of a verb with so many statements, from before `begin` to after `commit`. */
export const boundariesOf = (statements: number): { boundary: Boundary }[] =>
  Array.from({ length: statements }, (_, at) => at + 1).flatMap((statement) => [
    { boundary: { moment: 'ask', statement } },
    { boundary: { moment: 'answer', statement } },
  ])
