// Memory of a process over a run, and by how much it grew, so that "flat" is a figure.
import { readFileSync } from 'node:fs'

export type MemorySample = { atMs: number; residentBytes: number; heapBytes: number | null }

export type MemorySummary = {
  samples: number
  firstResidentBytes: number
  lastResidentBytes: number
  maxResidentBytes: number
  /** Mean of the last fifth of the samples against the mean of the first fifth, in per cent; null below ten samples. */
  residentGrowthPercent: number | null
  heapGrowthPercent: number | null
}

export type MemoryWatch = { stop: () => Promise<MemorySummary>; samples: readonly MemorySample[] }

/**
 * Samples the resident memory of a process until stopped. The heap of another process cannot be seen from outside: give
 * `readHeapBytes` when the process tells it (its metrics page, say). Start after the warm-up, or growth is start-up.
 */
export function watchMemory(options: {
  pid: number
  everyMs: number
  readHeapBytes?: () => Promise<number>
}): MemoryWatch {
  const samples: MemorySample[] = []
  const startMs = performance.now()
  let stopped = false

  const watching = (async () => {
    while (!stopped) {
      const heapBytes = options.readHeapBytes === undefined ? null : await options.readHeapBytes()
      samples.push({ atMs: performance.now() - startMs, residentBytes: residentBytes(options.pid), heapBytes })
      await new Promise((resolve) => setTimeout(resolve, options.everyMs))
    }
  })()
  // A sample that fails is reported by stop(); until then it must not end the process as an unhandled rejection.
  watching.catch(() => undefined)

  return {
    samples,
    stop: async () => {
      stopped = true
      await watching
      return summariseMemory(samples)
    },
  }
}

/** Resident memory of a process, in bytes, shared pages included. Linux only. */
export function residentBytes(pid: number): number {
  if (process.platform !== 'linux') {
    throw new Error(`The bench reads memory from /proc and so runs on Linux only; this is ${process.platform}.`)
  }
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kibibytes = /^VmRSS:\s+([0-9]+) kB$/m.exec(status)?.[1]
  if (kibibytes === undefined) {
    throw new Error(`Process ${pid} tells no resident memory: it has ended.`)
  }
  return Number(kibibytes) * 1024
}

/** The summary of samples in the order they were taken. */
export function summariseMemory(samples: readonly MemorySample[]): MemorySummary {
  const resident = samples.map((sample) => sample.residentBytes)
  const heap = samples.flatMap((sample) => (sample.heapBytes === null ? [] : [sample.heapBytes]))
  return {
    samples: samples.length,
    firstResidentBytes: resident[0] ?? 0,
    lastResidentBytes: resident.at(-1) ?? 0,
    maxResidentBytes: resident.reduce((max, value) => Math.max(max, value), 0),
    residentGrowthPercent: growthPercent(resident),
    heapGrowthPercent: growthPercent(heap),
  }
}

function growthPercent(values: readonly number[]): number | null {
  if (values.length < 10) {
    return null
  }
  const fifth = Math.floor(values.length / 5)
  const mean = (part: readonly number[]) => part.reduce((sum, value) => sum + value, 0) / part.length
  const first = mean(values.slice(0, fifth))
  const last = mean(values.slice(-fifth))
  return (last / first - 1) * 100
}
