// Every latency of a run, kept exactly: eight bytes each, so a million of them cost 8 MB and no percentile is a guess.

export type LatencySummary = { p50Ms: number; p95Ms: number; p99Ms: number; maxMs: number; meanMs: number }

export class LatencyLog {
  #values = new Float64Array(4096)
  #count = 0

  get count(): number {
    return this.#count
  }

  add(milliseconds: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#count] = milliseconds
    this.#count += 1
  }

  /** Percentiles by nearest rank: the smallest latency that at least p per cent of all do not exceed. Zeros when empty. */
  summary(): LatencySummary {
    const sorted = this.#values.slice(0, this.#count).sort()
    const rank = (percent: number) => sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0
    let sum = 0
    for (const value of sorted) {
      sum += value
    }
    return {
      p50Ms: rank(50),
      p95Ms: rank(95),
      p99Ms: rank(99),
      maxMs: rank(100),
      meanMs: sorted.length === 0 ? 0 : sum / sorted.length,
    }
  }
}
