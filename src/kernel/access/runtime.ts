// Who is at the door: turns a session token or an API key into a principal, and remembers the answer for less than a second.
import type { Principal } from '#kernel/context'
import { transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { type Company, companiesOf, readCompanies } from './companies.ts'
import { findKey } from './keys.ts'
import { type AccountRow, principalOf } from './principal.ts'
import { findSession, SESSION_TIMES, type SessionTimes } from './sessions.ts'
import { hashToken, isToken, readKey } from './tokens.ts'

/** Somebody who is signed in. `session` is the hash of the session's token; null with an API key. */
export type SignedIn = {
  readonly principal: Principal
  readonly email: string
  readonly via: 'session' | 'key'
  readonly session: Buffer | null
  readonly companies: readonly Company[]
}

export type AccessOptions = { readonly clock: () => Date; readonly sessionTimes?: SessionTimes }

export type Access = {
  readonly kernel: Kernel
  readonly clock: () => Date
  readonly sessionTimes: SessionTimes
  bySession(token: string): Promise<SignedIn | undefined>
  byKey(key: string): Promise<SignedIn | undefined>
  companies(): Promise<readonly Company[]>
  /** Forgets what was remembered, after a change made here. */
  forget(): void
}

// A right taken away must be gone within a second, the look-up included.
const REMEMBER = 800
const MOST = 10_000

/** Opens the access part on a kernel. Times come from `clock`. */
export function openAccess(kernel: Kernel, options: AccessOptions): Access {
  const { clock } = options
  const sessionTimes = options.sessionTimes ?? SESSION_TIMES
  const directory = remembered(clock, () => readCompanies(kernel))
  const people = remembered(clock, async (text: string) => await find(text))

  async function find(text: string): Promise<SignedIn | undefined> {
    const now = clock()
    const viaKey = text.startsWith('tw_')
    const hash = viaKey ? null : hashToken(text)
    const lookUp = (): Promise<AccountRow | undefined> =>
      transaction(kernel.pool, { companies: [] }, (tx) =>
        hash ? findSession(tx, hash, now, sessionTimes) : findKey(tx, text, now),
      )
    const [account, companies] = await Promise.all([lookUp(), directory('')])
    if (!account) return undefined
    const principal = principalOf(account, companies, now)
    return {
      principal,
      email: account.email,
      via: viaKey ? 'key' : 'session',
      session: hash,
      companies: companiesOf(principal, companies),
    }
  }

  return {
    kernel,
    clock,
    sessionTimes,
    bySession: async (token) => (isToken(token) ? await people(token) : undefined),
    byKey: async (key) => (readKey(key) ? await people(key) : undefined),
    companies: () => directory(''),
    forget: () => {
      directory.forget()
      people.forget()
    },
  }
}

type Remembered<T> = ((key: string) => Promise<T>) & { forget(): void }

/** Remembers answers by key for a moment, on the given clock and on the wall; simultaneous askers share one question. */
function remembered<T>(clock: () => Date, ask: (key: string) => Promise<T>): Remembered<T> {
  const kept = new Map<string, { at: number; clockAt: number; answer: Promise<T> }>()
  const recall = (key: string): Promise<T> => {
    const at = performance.now()
    const clockAt = clock().getTime()
    const found = kept.get(key)
    if (found && at - found.at < REMEMBER && Math.abs(clockAt - found.clockAt) < REMEMBER) return found.answer
    if (kept.size >= MOST) kept.clear()
    const entry = { at, clockAt, answer: ask(key) }
    kept.set(key, entry)
    const drop = () => {
      if (kept.get(key) === entry) kept.delete(key)
    }
    // What is not there is not remembered, so a flood of guesses does not push out those who are.
    entry.answer.then((answer) => (answer === undefined ? drop() : undefined), drop)
    return entry.answer
  }
  return Object.assign(recall, { forget: () => kept.clear() })
}
