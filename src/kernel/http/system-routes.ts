// For operators: is it alive, can it work, how is it doing.

import { sql, transaction } from '#kernel/db'
import { migrations } from '#kernel/migrate'
import type { Metrics } from './metrics.ts'
import { anybody, type Call, holder, type Route } from './route.ts'

/** The public ones and /metrics, which needs a permission that a monitoring machine can be given. */
export function systemRoutes(metrics: Metrics): readonly Route[] {
  const newest = migrations().at(-1)?.id ?? ''
  return [
    {
      method: 'GET',
      url: '/healthz',
      operation: 'system.alive',
      tag: 'system',
      summary: 'The process answers',
      needs: anybody,
      handle: () => ({ ok: true }),
    },
    {
      method: 'GET',
      url: '/readyz',
      operation: 'system.ready',
      tag: 'system',
      summary: 'The database is reachable and migrated',
      needs: anybody,
      handle: (call) => ready(call, newest),
    },
    {
      method: 'GET',
      url: '/metrics',
      operation: 'system.metrics',
      tag: 'system',
      summary: 'Measurements for Prometheus',
      needs: holder('access.metrics.read'),
      produces: 'text/plain',
      handle: ({ reply, kernel }) =>
        reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics.text(kernel.pool)),
    },
  ]
}

/** 503 while the database is away or has not the newest migration; says no more than that. */
async function ready({ kernel, reply }: Call, newest: string) {
  let migrated = false
  try {
    const row = await transaction(
      kernel.pool,
      { companies: [] },
      (tx) => tx.first(sql<{ ok: boolean }>`select access.has_migration(${newest}) as ok`),
      { retries: 0 },
    )
    migrated = row?.ok === true
  } catch (error) {
    reply.log.error({ err: error }, 'not ready')
  }
  if (migrated) return { ok: true }
  reply.code(503).header('retry-after', '5')
  return { ok: false }
}
