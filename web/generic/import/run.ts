// Sends the documents of a file in portions, each for itself: tried without effect first, then done under keys of their own.
import { send } from '../../client/http.ts'
import { Problem, type ProblemDetails } from '../../client/problem.ts'
import type { Table } from './csv.ts'
import type { Fault, Planned } from './documents.ts'
import { faultsOf, type Places } from './faults.ts'

export type Refused = { planned: Planned; code: string; faults: readonly Fault[] }

/** What became of a file. Every row of it is in `rowsTaken` or belongs to one of the refused documents. */
export type Outcome = {
  taken: number
  rowsIn: number
  rowsTaken: number
  refused: readonly Refused[]
  /** Taken by an earlier run of the same file, and so not again. */
  before: number
}

/** In one request; small enough that progress moves, large enough that the way there does not matter. */
const DOCUMENTS_MOST = 100
const ROWS_MOST = 1_000

/** The documents in the order of the file, in portions that fit one request. */
function portionsOf(planned: readonly Planned[]): readonly (readonly Planned[])[] {
  const portions: Planned[][] = []
  let rows = 0
  for (const one of planned) {
    const last = portions.at(-1)
    rows += one.rows.length
    if (last && last.length < DOCUMENTS_MOST && rows <= ROWS_MOST) last.push(one)
    else {
      portions.push([one])
      rows = one.rows.length
    }
  }
  return portions
}

type Answered = {
  results: readonly { at?: number; ok: boolean; refusal?: ProblemDetails; answer?: { replayed?: boolean } }[]
}

type Portion = {
  path: string
  company: string
  key: string
  dryRun: boolean
  planned: readonly Planned[]
  places: Places
}
type Sent = { refused: readonly Refused[]; before: number }

/** The documents of a portion that misfits name: '/documents/3/customer' is about its fourth. */
const misfitting = (problem: Problem): ReadonlySet<number> =>
  new Set(problem.misfits.flatMap(({ pointer }) => /^\/documents\/(\d+)/.exec(pointer)?.[1] ?? []).map(Number))

/** Sends a portion. Documents whose very shape does not fit refuse it as a whole; they are taken out and the rest is sent again. */
async function sendPortion(portion: Portion): Promise<Sent> {
  const { path, company, key, dryRun, planned, places } = portion
  if (planned.length === 0) return { refused: [], before: 0 }
  const refusedAs = (one: Planned, problem: Problem): Refused => ({
    planned: one,
    code: problem.code,
    faults: faultsOf(one, problem, places),
  })
  try {
    const change = {
      dryRun,
      query: { company },
      ...(dryRun ? {} : { key: `${key}-${planned[0]?.rows[0]}-${planned.length}` }),
    }
    // Each document for itself answers in this shape.
    const { results } = (await send(
      path,
      { documents: planned.map(({ body }) => body), each: true },
      change,
    )) as Answered
    const refused = results.flatMap((one, at) => {
      const which = planned[one.at ?? at]
      return one.ok || !one.refusal || !which ? [] : [refusedAs(which, new Problem(one.refusal))]
    })
    return { refused, before: results.filter((one) => one.answer?.replayed === true).length }
  } catch (error) {
    const bad = error instanceof Problem ? misfitting(error) : new Set<number>()
    if (!(error instanceof Problem) || bad.size === 0) throw error
    const refused = planned.flatMap((one, at) => (bad.has(at) ? [refusedAs(one, aboutOne(error, at))] : []))
    const rest = await sendPortion({ ...portion, planned: planned.filter((_, at) => !bad.has(at)) })
    return { refused: [...refused, ...rest.refused], before: rest.before }
  }
}

/** The problem as one document has it, its pointers beginning at the document. */
function aboutOne(problem: Problem, at: number): Problem {
  const start = `/documents/${at}`
  const own = problem.misfits.filter(({ pointer }) => pointer === start || pointer.startsWith(`${start}/`))
  const { code, status, retry } = problem
  return new Problem({
    type: '',
    title: '',
    instance: '',
    code,
    status,
    retry,
    detail: problem.message,
    errors: own.map(({ pointer, detail }) => ({ pointer: pointer.slice(start.length), detail })),
  })
}

/** What a file comes to, as a key: the same documents of the same kind give the same one, on any day. */
export async function printOf(path: string, planned: readonly Planned[]): Promise<string> {
  const text = JSON.stringify([path, planned.map(({ body }) => body)])
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return [...hash.slice(0, 20)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * What became of one portion, as it is kept over a reload: `at` is the place of a document in the file, `rows` are those
 * that are through with it.
 */
export type Part = {
  refused: readonly { at: number; code: string; faults: readonly Fault[] }[]
  before: number
  rows: number
}

const rowsOf = (some: readonly Planned[]): number => some.reduce((sum, { rows }) => sum + rows.length, 0)

/** The documents that are sent. */
export const soundOf = (planned: readonly Planned[]): readonly Planned[] =>
  planned.filter(({ faults }) => faults.length === 0)

/** How many rows of the file are through: those of the finished portions, and those that are not sent at all. */
export const throughOf = (planned: readonly Planned[], parts: readonly Part[]): number =>
  rowsOf(planned.filter(({ faults }) => faults.length > 0)) + parts.reduce((sum, { rows }) => sum + rows, 0)

/** The outcome of a finished run. Stops loudly when it does not account for every row of the file. */
export function outcomeOf(planned: readonly Planned[], table: Table, parts: readonly Part[]): Outcome {
  const faulty = planned
    .filter(({ faults }) => faults.length > 0)
    .map((one): Refused => ({ planned: one, code: 'FILE_ROW_INVALID', faults: one.faults }))
  const answered = parts.flatMap(({ refused }) =>
    refused.flatMap(({ at, ...why }) => (planned[at] ? [{ planned: planned[at], ...why }] : [])),
  )
  const refused = [...faulty, ...answered]
  const out = new Set(refused.map((one) => one.planned))
  const taken = planned.filter((one) => !out.has(one))
  const rowsIn = table.rows.length
  const rowsTaken = rowsOf(taken)
  const rowsThrough = throughOf(planned, parts)
  if (rowsIn !== rowsTaken + rowsOf([...out]) || rowsIn !== rowsThrough)
    throw new Error('the rows of the file do not add up')
  const first = ({ planned: { rows } }: Refused) => rows[0] ?? 0
  const before = parts.reduce((sum, part) => sum + part.before, 0)
  return { taken: taken.length, rowsIn, rowsTaken, refused: refused.sort((a, b) => first(a) - first(b)), before }
}

/**
 * Tries or does the import, from the portion after those in `parts`. The keys come from what is sent and from `turn`, so
 * that the same file under the same turn does nothing twice: a run that broke off simply goes on, also after the page
 * was closed. Throws the Problem of a connection that was lost; what was done until then stays done.
 */
export async function runImport(given: {
  path: string
  company: string
  planned: readonly Planned[]
  places: Places
  /** What the file comes to, of `printOf`. */
  print: string
  turn: number
  dryRun: boolean
  parts: readonly Part[]
  /** True where a portion may have been on its way when the run broke off. */
  again: boolean
  onPart: (part: Part, at: number) => Promise<void>
}): Promise<Outcome> {
  const { path, company, planned, places, print, turn, dryRun, again, onPart } = given
  const key = dryRun ? '' : `${print}-${turn}`
  const placeOf = new Map(planned.map((one, at) => [one, at]))
  const parts = [...given.parts]
  for (const portion of portionsOf(soundOf(planned)).slice(given.parts.length)) {
    const sent = await sendPortion({ path, company, key, dryRun, planned: portion, places })
    const refused = sent.refused.map(({ planned: one, ...why }) => ({ at: placeOf.get(one) ?? -1, ...why }))
    // What was on its way when the run broke off was taken by this very run, and by none before it.
    const own = again && parts.length === given.parts.length
    const part = { refused, before: own ? 0 : sent.before, rows: rowsOf(portion) }
    parts.push(part)
    await onPart(part, parts.length - 1)
  }
  return outcomeOf(planned, places.table, parts)
}
