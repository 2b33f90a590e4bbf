// The instruments themselves: a bench that measures wrongly is worse than none.
import { spawn } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { ownCpuMs, processCpuMs } from './cpu.ts'
import { LatencyLog } from './latency.ts'
import { runLoad } from './load.ts'
import { residentBytes, summariseMemory, watchMemory } from './memory.ts'
import { formatNumber, formatTable } from './table.ts'

describe('latencies', () => {
  test('percentiles are nearest ranks, also beyond the first block of memory', () => {
    const log = new LatencyLog()
    for (let value = 10_000; value >= 1; value -= 1) {
      log.add(value)
    }
    expect(log.summary()).toEqual({ p50Ms: 5000, p95Ms: 9500, p99Ms: 9900, maxMs: 10_000, meanMs: 5000.5 })
  })

  test('a single value is every percentile, and none is zero', () => {
    const log = new LatencyLog()
    expect(log.summary().p99Ms).toBe(0)
    log.add(7)
    expect(log.summary()).toEqual({ p50Ms: 7, p95Ms: 7, p99Ms: 7, maxMs: 7, meanMs: 7 })
  })
})

describe('the load', () => {
  test('runs exactly the count, never more at once than there are clients, and counts failures by kind', async () => {
    let running = 0
    let most = 0
    let calls = 0
    const result = await runLoad({
      clients: 4,
      count: 100,
      work: async () => {
        running += 1
        most = Math.max(most, running)
        calls += 1
        const fails = calls % 10 === 0
        await new Promise((resolve) => setTimeout(resolve, 1))
        running -= 1
        if (fails) {
          throw Object.assign(new Error('short'), { code: 'SHORT' })
        }
      },
    })
    expect(calls).toBe(100)
    expect(most).toBe(4)
    expect(result).toMatchObject({ completed: 90, failed: 10, errors: { 'SHORT: short': 10 } })
  })

  test('refuses to run for ever', async () => {
    await expect(runLoad({ clients: 1, work: async () => {} })).rejects.toThrow('duration or a count')
  })
})

describe.runIf(process.platform === 'linux')('readings of processes', () => {
  test("another process's CPU grows while it works, and ours does not grow with it", async () => {
    const child = spawn(process.execPath, ['-e', 'for (;;) {}'])
    try {
      const pid = child.pid ?? 0
      const ownBefore = ownCpuMs()
      while (processCpuMs(pid) < 300) {
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      expect(ownCpuMs() - ownBefore).toBeLessThan(300)
      expect(residentBytes(pid)).toBeGreaterThan(10_000_000)
    } finally {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
    }
    expect(() => processCpuMs(child.pid ?? 0)).toThrow('gone')
  })

  test('a watch on a process that has ended says so', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await new Promise((resolve) => child.once('exit', resolve))
    await expect(watchMemory({ pid: child.pid ?? 0, everyMs: 5 }).stop()).rejects.toThrow()
  })
})

test('growth of memory is the last fifth against the first, and unknown from few samples', () => {
  const sample = (megabytes: number) => ({ atMs: 0, residentBytes: megabytes * 1e6, heapBytes: null })
  const samples = [100, 100, 500, 500, 500, 500, 500, 500, 110, 110].map(sample)
  expect(summariseMemory(samples).residentGrowthPercent).toBeCloseTo(10)
  expect(summariseMemory(samples).heapGrowthPercent).toBeNull()
  expect(summariseMemory(samples.slice(1)).residentGrowthPercent).toBeNull()
})

test('tables align figures to the right and keep small ones readable', () => {
  expect([1647, 1647.4, 38.24, 4.756, 0.8123].map(formatNumber)).toEqual(['1,647', '1,647', '38.2', '4.76', '0.812'])
  expect(formatTable([{ name: 'a', ms: 12.5 }, { name: 'bcd' }])).toBe(
    ['name    ms', '----  ----', 'a     12.5', 'bcd      -'].join('\n'),
  )
})
