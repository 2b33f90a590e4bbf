// What a bench is: a name, a sentence, and a run that returns figures; main.ts gives it a database and prints them.
import type pg from 'pg'
import type { Row } from './table.ts'

export type Check = { name: string; ok: boolean; detail: string }

export type BenchResult = {
  /** One row a variant; the same keys in each, with the unit at the end of the key. */
  rows: Row[]
  /** Whether the work was done right. A bench whose check fails has measured nothing, and the run exits with 1. */
  checks: Check[]
  /** What a reader must know to compare the figures. */
  notes: string[]
}

export type BenchContext = {
  /** A few seconds for a look, not for a figure to quote. */
  quick: boolean
  postmasterPid: number
  /** Creates an empty database on the server, gives a superuser's address of it, and drops it after the bench. */
  freshDatabase: (name: string) => Promise<string>
  /** A superuser's connection to an address, ended after the bench. */
  connect: (url: string, options?: pg.ClientConfig) => Promise<pg.Client>
  /** Results of the benches that ran before in this run, by name, for ratios. */
  finished: ReadonlyMap<string, BenchResult>
  /** A line of progress, to stderr, so that stdout stays machine readable. */
  log: (line: string) => void
}

export type Bench = { name: string; about: string; run: (context: BenchContext) => Promise<BenchResult> }
