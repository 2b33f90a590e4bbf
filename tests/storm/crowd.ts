// Many clients at once: runs their turns, keeps what happened, and watches the books while it lasts.
import type pg from 'pg'
import { errorCode } from '#kernel/db'
import { type Kernel, openKernel } from '#kernel/kernel'
import { Refusal } from '#kernel/refusal'

/** How many sessions the clients share; every one of them may hold locks at the same time. */
export const SESSIONS = 16
export const CLIENTS = 64

/** `faults` are errors that are no refusals: nobody may ever see one. */
export type Storm = { done: number; refused: Map<string, number>; faults: string[]; milliseconds: number }

/** Runs the turns, handing the next one to whichever client is free. */
export async function storm(turns: readonly (() => Promise<unknown>)[], clients = CLIENTS): Promise<Storm> {
  const result: Storm = { done: 0, refused: new Map(), faults: [], milliseconds: 0 }
  const started = performance.now()
  let next = 0
  const client = async () => {
    for (let turn = turns[next++]; turn; turn = turns[next++]) {
      try {
        await turn()
        result.done++
      } catch (error) {
        if (error instanceof Refusal) result.refused.set(error.code, (result.refused.get(error.code) ?? 0) + 1)
        else result.faults.push(`${errorCode(error) ?? ''} ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  result.milliseconds = performance.now() - started
  return result
}

/** A kernel with as many sessions as a storm needs. Close it. */
export const wideKernel = (url: string): Kernel => openKernel(url, { max: SESSIONS })

/** Looks again and again while `work` runs; returns the worst oversell that was ever visible (0 or less is good) and the looks. */
export async function watched<T>(
  admin: pg.Client,
  work: () => Promise<T>,
): Promise<{ result: T; worst: number; looks: number }> {
  let over = false
  let worst = Number.NEGATIVE_INFINITY
  let looks = 0
  const look = async () => {
    while (!over) {
      const { rows } = await admin.query<{ worst: string }>(
        'select coalesce(max(reserved - on_hand), 0)::text as worst from inventory.balance',
      )
      worst = Math.max(worst, Number(rows[0]?.worst))
      looks++
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const watching = look()
  try {
    const result = await work()
    return { result, worst, looks }
  } finally {
    over = true
    await watching
  }
}

/** A generator of the same "random" numbers every time, so that a storm can be repeated. */
export function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

/** How many deadlocks the database has had. Statistics arrive late, so it asks until they stand still. */
export async function deadlocks(admin: pg.Client): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  const { rows } = await admin.query<{ deadlocks: string }>(
    'select deadlocks::text from pg_stat_database where datname = current_database()',
  )
  return Number(rows[0]?.deadlocks)
}
