// A closed loop of clients: each starts its next piece of work when the last has ended; nothing here judges a time.
import { LatencyLog, type LatencySummary } from './latency.ts'

export type LoadOptions = {
  clients: number
  /** Stop starting work after this time or after this number of pieces, whichever is given and comes first. */
  durationMs?: number
  count?: number
  /** One piece of work. `client` is 0 to clients - 1; `iteration` counts from 0 for each client. */
  work: (client: number, iteration: number) => Promise<void>
}

export type LoadResult = {
  completed: number
  failed: number
  /** How often each kind of error came, by its code or message. */
  errors: Record<string, number>
  elapsedMs: number
  perSecond: number
  latency: LatencySummary
}

/**
 * Runs the loop once and reports what happened. Failed work is counted, kept out of the latencies, and never stops the
 * loop. Work that has begun is always waited for, so the elapsed time covers whole pieces only.
 */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { clients, work } = options
  const limit = options.count ?? Number.POSITIVE_INFINITY
  const durationMs = options.durationMs ?? Number.POSITIVE_INFINITY
  if (limit === Number.POSITIVE_INFINITY && durationMs === Number.POSITIVE_INFINITY) {
    throw new Error('A load needs a duration or a count, or it would never end.')
  }
  const latencies = new LatencyLog()
  const errors: Record<string, number> = {}
  const startMs = performance.now()
  let started = 0
  let failed = 0

  const runClient = async (client: number) => {
    for (let iteration = 0; started < limit && performance.now() - startMs < durationMs; iteration += 1) {
      started += 1
      const beginMs = performance.now()
      try {
        await work(client, iteration)
        latencies.add(performance.now() - beginMs)
      } catch (error) {
        failed += 1
        const kind = errorKind(error)
        errors[kind] = (errors[kind] ?? 0) + 1
        // Work that fails without waiting for anything would never let timers and sockets have their turn.
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => runClient(client)))

  const elapsedMs = performance.now() - startMs
  const completed = latencies.count
  return {
    completed,
    failed,
    errors,
    elapsedMs,
    perSecond: (completed * 1000) / elapsedMs,
    latency: latencies.summary(),
  }
}

function errorKind(error: unknown): string {
  if (error instanceof Error) {
    const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : ''
    return `${code}${error.message}`.slice(0, 120)
  }
  return String(error).slice(0, 120)
}
