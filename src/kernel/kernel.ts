// What the running program holds: the pool, the number source and the separation pairs.
import type pg from 'pg'
import { openPool } from './db.ts'
import { type NumberSource, numberSource } from './numbering.ts'
import { type Separations, separations } from './separation.ts'

export type Kernel = { pool: pg.Pool; numbers: NumberSource; separations: Separations; close(): Promise<void> }

/** Opens the kernel on a database. `max` is the number of connections for commands and queries. */
export function openKernel(url: string, options: { max?: number } = {}): Kernel {
  const pool = openPool(url, options)
  // Numbers are taken outside the command's transaction, so they must not wait for its connections.
  const side = openPool(url, { max: 2, name: 'tradewright numbers' })
  return {
    pool,
    numbers: numberSource(side),
    separations: separations(side),
    close: async () => {
      await Promise.all([pool.end(), side.end()])
    },
  }
}
