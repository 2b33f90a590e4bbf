// Passwords: long rather than intricate, never one of the commonest, kept as argon2id.
import { type Algorithm, hash, verify } from '@node-rs/argon2'
import { isCommon } from './common-passwords.ts'
import { refuse } from './refusals.ts'

const LEAST = 12
const MOST = 128

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. `Algorithm` is a const enum of
// declarations only, so its value is written out: 2 is argon2id.
const COST = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

// Hashes of one moment are bounded: each takes 19 MiB and a thread, and a flood of sign-ins must not take them all.
const AT_ONCE = 4
const WAITING_MOST = 64
let running = 0
const waiting: (() => void)[] = []

/** Refuses with PASSWORD_TOO_SHORT, PASSWORD_TOO_LONG or PASSWORD_TOO_COMMON. `about` are words that belong to the person. */
export function checkPassword(password: string, about: readonly string[]): void {
  const length = [...password].length
  if (length < LEAST) refuse('PASSWORD_TOO_SHORT', { least: LEAST })
  if (length > MOST) refuse('PASSWORD_TOO_LONG', { most: MOST })
  if (isCommon(password, about)) refuse('PASSWORD_TOO_COMMON')
}

/** The argon2id hash in PHC format, with a random salt. */
export const hashPassword = (password: string): Promise<string> => bounded(() => hash(password.normalize('NFKC'), COST))

/** Whether the password fits. Without a stored hash it works as long on a dummy one, so that time tells nothing. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hash('nobody has this password', COST)
  const against = stored ?? (await dummy)
  const fits = await bounded(() => verify(against, password.slice(0, MOST * 2).normalize('NFKC')))
  return fits && stored !== null
}
let dummy: Promise<string> | undefined

async function bounded<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING_MOST) refuse('TOO_MANY_ATTEMPTS', { seconds: 5 })
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  running++
  try {
    return await work()
  } finally {
    running--
    waiting.shift()?.()
  }
}
