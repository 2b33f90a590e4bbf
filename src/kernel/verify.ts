// Proves the books from the facts: every invariant is a query that must return nothing, all in one snapshot.
import type pg from 'pg'
import { type Sql, sql, transaction } from './db.ts'

/** `breaches` returns one row for each breach; its columns say where. `needs` names the tables it reads, for people. */
export type Invariant = { readonly id: string; readonly title: string; readonly breaches: Sql<Record<string, unknown>>; readonly owner: string }

export type Checked = { id: string; title: string; owner: string; ok: boolean; breaches: number; examples: readonly Record<string, unknown>[]; milliseconds: number }
export type Verdict = { ok: boolean; checks: readonly Checked[]; companies: readonly number[] }

/** Declares an invariant; ids are those of docs/invariants or of the issue that asked for it. */
export const invariant = (id: string, owner: string, title: string, breaches: Sql<Record<string, unknown>>): Invariant => ({ id, owner, title, breaches })

const EXAMPLES = 5

/** Runs every invariant over every company in one repeatable-read snapshot. `progress` is told after each. */
export async function verify(pool: pg.Pool, companies: readonly number[], invariants: readonly Invariant[], progress?: (done: number, of: number, title: string) => void): Promise<Verdict> {
  const checks: Checked[] = []
  await transaction(pool, { companies }, async (tx) => {
    // Whole tables are compared with whole tables: hashing is right for each of them, and a loop over tables without
    // statistics (freshly loaded ones) may take hours.
    await tx.run(sql`select set_config('enable_nestloop', 'off', true)`)
    for (const one of invariants) {
      const started = performance.now()
      const rows = await tx.rows(sql<Record<string, unknown> & { breaches_in_all: string }>`
        select *, count(*) over () as breaches_in_all from ${one.breaches} found limit ${EXAMPLES}`)
      const breaches = Number(rows[0]?.breaches_in_all ?? 0)
      const examples = rows.map(({ breaches_in_all: _, ...row }) => row)
      checks.push({ id: one.id, title: one.title, owner: one.owner, ok: breaches === 0, breaches, examples, milliseconds: Math.trunc(performance.now() - started) })
      progress?.(checks.length, invariants.length, one.title)
    }
  }, { snapshot: true })
  return { ok: checks.every((check) => check.ok), checks, companies }
}
