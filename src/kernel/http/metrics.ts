// Counts for operators, in the text format of Prometheus; no label is taken from a request.
import type pg from 'pg'

export type Metrics = {
  /** A request has been answered. `route` is the route's pattern, never the path asked for. */
  answered(method: string, route: string, status: number, seconds: number): void
  refused(code: string): void
  text(pool: pg.Pool): string
}

// Upper bounds in seconds.
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

type Histogram = { counts: number[]; sum: number; count: number }

/** Counts from nothing. */
export function metrics(): Metrics {
  const requests = new Map<string, number>()
  const refusals = new Map<string, number>()
  const latency = new Map<string, Histogram>()
  const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
  return {
    answered(method, route, status, seconds) {
      add(requests, `method="${method}",route="${route}",status="${status}"`)
      let histogram = latency.get(method)
      if (!histogram) {
        histogram = { counts: BUCKETS.map(() => 0), sum: 0, count: 0 }
        latency.set(method, histogram)
      }
      histogram.sum += seconds
      histogram.count++
      const bucket = BUCKETS.findIndex((most) => seconds <= most)
      if (bucket >= 0) histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + 1
    },
    refused: (code) => add(refusals, `code="${code}"`),
    text: (pool) =>
      [
        ...family('tradewright_http_requests_total', 'counter', 'Requests answered, by route and status.', [
          ...requests,
        ]),
        ...family('tradewright_refusals_total', 'counter', 'Refusals, by code.', [...refusals]),
        ...histograms(latency),
        ...family('tradewright_database_connections', 'gauge', 'Connections of this process to the database.', [
          ['state="open"', pool.totalCount],
          ['state="idle"', pool.idleCount],
        ]),
        ...family('tradewright_database_waiting', 'gauge', 'Requests that wait for a connection.', [
          ['', pool.waitingCount],
        ]),
        ...family('tradewright_memory_bytes', 'gauge', 'Resident memory of this process.', [
          ['', process.memoryUsage.rss()],
        ]),
        '',
      ].join('\n'),
  }
}

function family(name: string, type: string, help: string, values: readonly (readonly [string, number])[]): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...values.map(([labels, value]) => (labels ? `${name}{${labels}} ${value}` : `${name} ${value}`)),
  ]
}

function histograms(latency: ReadonlyMap<string, Histogram>): string[] {
  const name = 'tradewright_http_request_seconds'
  const lines = [`# HELP ${name} Time to answer, by method.`, `# TYPE ${name} histogram`]
  for (const [method, { counts, sum, count }] of latency) {
    let below = 0
    for (const [at, most] of BUCKETS.entries()) {
      below += counts[at] ?? 0
      lines.push(`${name}_bucket{method="${method}",le="${most}"} ${below}`)
    }
    lines.push(
      `${name}_bucket{method="${method}",le="+Inf"} ${count}`,
      `${name}_sum{method="${method}"} ${sum}`,
      `${name}_count{method="${method}"} ${count}`,
    )
  }
  return lines
}
