// What the scenarios of a site cover, by process, role, exception and channel, and how much of it is green: pure.
import type { Kept } from './library.ts'

export const DIMENSIONS = ['process', 'role', 'exception', 'channel', 'risk'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export type Covered = {
  readonly dimension: Dimension
  readonly value: string
  readonly scenarios: number
  readonly passed: number
  readonly failed: number
  readonly open: number
}

/** Verdicts by scenario; what has none has not been played under this configuration. */
export type Verdicts = ReadonlyMap<string, 'open' | 'passed' | 'failed'>

const valuesOf: Readonly<Record<Dimension, (one: Kept) => readonly string[]>> = {
  process: (one) => [one.process],
  role: (one) => one.roles,
  exception: (one) => one.exceptions,
  channel: (one) => one.channels,
  risk: (one) => [one.critical ? 'critical' : 'normal', ...one.marks],
}

/** One row a value of each dimension, in their order. */
export function coverageOf(scenarios: readonly Kept[], verdicts: Verdicts): readonly Covered[] {
  return DIMENSIONS.flatMap((dimension) => {
    const values = new Set(scenarios.flatMap(valuesOf[dimension]))
    return [...values].sort().map((value) => {
      const own = scenarios.filter((one) => valuesOf[dimension](one).includes(value))
      const count = (verdict: string) => own.filter((one) => (verdicts.get(one.id) ?? 'open') === verdict).length
      return {
        dimension,
        value,
        scenarios: own.length,
        passed: count('passed'),
        failed: count('failed'),
        open: count('open'),
      }
    })
  })
}
