// Loads candidates through a creating verb: all of them, or all but the bad ones, each bad one found and named.
import { createHash } from 'node:crypto'
import type { Command } from '#kernel/command'
import { SET_LIMIT } from '#kernel/command'
import type { Context } from '#kernel/context'
import { name, sql, transaction } from '#kernel/db'
import type { Receipt, Rejection } from '#kernel/exchange'
import { refusalFor } from '#kernel/http/problem'
import type { Kernel } from '#kernel/kernel'
import type { Refusal } from '#kernel/refusal'
import type { BootProgress } from '../boot.ts'
import { type Candidate, type ReadFile, wholeDocument } from './import-read.ts'
import { saidTwice } from './import-twice.ts'

type Load = {
  kernel: Kernel
  context: Context
  command: Command
  read: ReadFile
  mode: 'dry-run' | 'all-or-nothing' | 'skip-bad'
  progress: (news: BootProgress) => void
}

/** `already`: rows of documents that an earlier run of the same file had created. `heldBack`: good rows beside bad ones. */
export type Loaded = { receipt: Receipt; heldBack: number; already: number; wouldLoad: number }

/** In a file that is refused as a whole, so many bad documents are looked for; finding each costs some dry runs. */
const CULPRITS_MOST = 50

/** After so many rows the planner is told; until then it guesses well enough. */
const MANY_ROWS = 1_000

const refreshStatistics = (kernel: Kernel): Promise<number> =>
  transaction(kernel.pool, { companies: [] }, (tx) => tx.run(sql`select kernel.refresh_statistics()`))

/** Runs the import. A file of up to 10,000 documents is one transaction; a larger one is tried whole before any is kept. */
export async function load(given: Load): Promise<Loaded> {
  const { read, mode } = given
  const there = await existing(given)
  const already = rowsOf(read.candidates.filter((one) => there.has(one.id)))
  const { once, twice } = await saidTwice(given, read.candidates)
  const fresh = once.filter((one) => !there.has(one.id))
  const rejected: Rejection[] = [...read.rejected, ...twice]
  let loaded: readonly Candidate[] = []
  if (mode === 'skip-bad') loaded = await each(given, fresh, rejected, Number.POSITIVE_INFINITY, false)
  else if (mode === 'dry-run') await each(given, fresh, rejected, Number.POSITIVE_INFINITY, true)
  else loaded = await whole(given, fresh, rejected)
  if (rowsOf(loaded) >= MANY_ROWS) await refreshStatistics(given.kernel)
  const named = new Set(rejected.map((one) => one.line))
  const kept = new Set(loaded.flatMap((one) => one.lines))
  const idle = fresh.flatMap((one) => one.lines).filter((line) => !named.has(line) && !kept.has(line))
  const held = idle.map((line) => ({
    line,
    code: 'HELD_BACK',
    message: mode === 'dry-run' ? 'A dry run loads nothing.' : 'Nothing of the file was loaded, because of other rows.',
  }))
  return {
    receipt: {
      rowsIn: read.rowsIn,
      loaded: rowsOf(loaded) + already,
      rejected: [...rejected, ...held].sort((a, b) => a.line - b.line),
    },
    heldBack: mode === 'dry-run' ? 0 : held.length,
    already,
    wouldLoad: idle.length,
  }
}

const rowsOf = (candidates: readonly Candidate[]): number => candidates.reduce((sum, one) => sum + one.lines.length, 0)

const parts = (candidates: readonly Candidate[]): readonly (readonly Candidate[])[] =>
  Array.from({ length: Math.ceil(candidates.length / SET_LIMIT) }, (_, at) =>
    candidates.slice(at * SET_LIMIT, (at + 1) * SET_LIMIT),
  )

/** What an earlier run of the same file has created. */
async function existing({ kernel, context, command, read }: Load): Promise<ReadonlySet<string>> {
  const { document } = command.verb
  const found = new Set<string>()
  for (const part of parts(read.candidates)) {
    const scope = document.shared ? sql`true` : sql`company_id = ${context.companyId}`
    const rows = await transaction(kernel.pool, { companies: [context.companyId] }, (tx) =>
      tx.rows(
        sql<{
          id: string
        }>`select id from ${name(document.table)} where ${scope} and id = any(${part.map((one) => one.id)}::uuid[])`,
      ),
    )
    for (const row of rows) found.add(row.id)
  }
  return found
}

/** All or nothing. With bad rows known already nothing is tried, except to find the others. */
async function whole(given: Load, fresh: readonly Candidate[], rejected: Rejection[]): Promise<readonly Candidate[]> {
  const several = parts(fresh)
  const tryFirst = several.length > 1 || rejected.length > 0
  if (tryFirst) await each(given, fresh, rejected, CULPRITS_MOST, true)
  if (rejected.length > 0) return []
  const loaded: Candidate[] = []
  for (const [at, part] of several.entries()) {
    const no = await attempt(given, part, false)
    if (no) {
      await each(given, part, rejected, CULPRITS_MOST, true)
      // Somebody made the rows bad between the trial and now, or they are bad only together.
      if (rejected.length === 0) rejected.push(...part.flatMap((one) => reject(one, no)))
      return loaded
    }
    loaded.push(...part)
    given.progress({ step: 'load', text: 'Loading', done: at + 1, total: several.length })
  }
  return loaded
}

/** Loads (or only tries) what can be, and halves what is refused until the bad ones stand alone. */
async function each(
  given: Load,
  candidates: readonly Candidate[],
  rejected: Rejection[],
  most: number,
  dryRun: boolean,
): Promise<readonly Candidate[]> {
  const good: Candidate[] = []
  const waiting = [...parts(candidates)].reverse()
  let bad = 0
  let done = 0
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    const no = await attempt(given, part, dryRun)
    const [only] = part
    if (!no) good.push(...part)
    else if (part.length === 1 && only) {
      rejected.push(...reject(only, no))
      if (++bad >= most) return good
      done++
    } else {
      const middle = Math.ceil(part.length / 2)
      waiting.push(part.slice(middle), part.slice(0, middle))
    }
    if (!no) done += part.length
    given.progress({ step: 'load', text: dryRun ? 'Trying' : 'Loading', done, total: candidates.length })
  }
  return good
}

/** Runs the verb over a set; the refusal, if it is refused. The key is the set itself, so a lost commit is found again. */
async function attempt(
  { kernel, context, command }: Load,
  part: readonly Candidate[],
  dryRun: boolean,
): Promise<Refusal | undefined> {
  const key = `import-${createHash('sha256')
    .update(part.map((one) => one.id).join())
    .digest('hex')
    .slice(0, 40)}`
  try {
    await command.run(kernel, { ...context, key, dryRun }, { input: part.map((one) => ({ id: one.id, ...one.input })) })
    return undefined
  } catch (error) {
    const no = refusalFor(error)
    if (!no || no.kind === 'busy') throw error
    return no
  }
}

const reject = (one: Candidate, no: Refusal): readonly Rejection[] =>
  wholeDocument(one, [{ line: one.lines[0] ?? 0, code: no.code, message: no.message }])
