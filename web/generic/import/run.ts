// Sends the rows of a file in portions, each row for itself: tried without effect first, then done under keys of its own.
import { apiPath } from '../../client/descriptions.ts'
import { send } from '../../client/http.ts'
import { Problem, type ProblemDetails } from '../../client/problem.ts'
import { plainInFile } from '../../parts/typed.ts'
import { valueFor } from '../verb/lines-input.tsx'
import { cleaned, type InputField } from '../verb/schema.ts'
import type { Table } from './csv.ts'

export type Mapping = Readonly<Record<string, number | undefined>>
export type Refused = { row: number; problem: Problem }
export type Outcome = { taken: number; refused: readonly Refused[] }

/** Rows in one request; small enough that progress moves, large enough that the way there does not matter. */
const PORTION = 100

/** Fields that a file can fill: those with one value. */
export const fillable = (fields: readonly InputField[]): readonly InputField[] =>
  fields.filter(({ input }) => !['rows', 'values', 'group', 'free'].includes(input.kind))

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9äöüß]/g, '')

/** Which column is which field, as far as their names tell. `wordOf` gives the words under which people know a field. */
export function guessMapping(
  fields: readonly InputField[],
  headings: readonly string[],
  wordOf: (name: string) => string,
): Mapping {
  const at = (name: string) => headings.findIndex((one) => [plain(name), plain(wordOf(name))].includes(plain(one)))
  return Object.fromEntries(fields.map(({ name }) => [name, at(name) < 0 ? undefined : at(name)]))
}

/** The rows as the verb takes them. */
export function documentsOf(
  table: Table,
  fields: readonly InputField[],
  all: readonly InputField[],
  mapping: Mapping,
): readonly Record<string, unknown>[] {
  return table.rows.map((row) => {
    const values = fields.flatMap(({ name, input }) => {
      const column = mapping[name]
      return column === undefined ? [] : [[name, valueFor(input, row[column] ?? '', plainInFile)]]
    })
    return cleaned(all, Object.fromEntries(values))
  })
}

type Answered = { results: readonly { at?: number; ok: boolean; refusal?: ProblemDetails }[] }

type Portion = { path: string; key: string; dryRun: boolean; documents: readonly object[]; rows: readonly number[] }

/** The rows of a portion that misfits name: '/documents/3/customer' is about its fourth. */
const misfitting = (problem: Problem): ReadonlySet<number> =>
  new Set(problem.misfits.flatMap(({ pointer }) => /^\/documents\/(\d+)/.exec(pointer)?.[1] ?? []).map(Number))

/** Sends a portion. Rows whose very shape does not fit refuse it as a whole; they are taken out and the rest is sent again. */
async function sendPortion(portion: Portion): Promise<readonly Refused[]> {
  const { path, key, dryRun, documents, rows } = portion
  if (documents.length === 0) return []
  try {
    const change = { dryRun, ...(dryRun ? {} : { key: `${key}-${rows[0]}-${documents.length}` }) }
    // Each row for itself answers in this shape.
    const { results } = (await send(path, { documents, each: true }, change)) as Answered
    return results.flatMap((one, at) =>
      one.ok || !one.refusal ? [] : [{ row: rows[one.at ?? at] ?? 0, problem: new Problem(one.refusal) }],
    )
  } catch (error) {
    const bad = error instanceof Problem ? misfitting(error) : new Set<number>()
    if (!(error instanceof Problem) || bad.size === 0) throw error
    const refused = [...bad].map((at) => ({ row: rows[at] ?? 0, problem: aboutRow(error, at) }))
    const keep = (_: unknown, at: number) => !bad.has(at)
    return [
      ...refused,
      ...(await sendPortion({ ...portion, documents: documents.filter(keep), rows: rows.filter(keep) })),
    ]
  }
}

/** The problem as one row has it. */
function aboutRow(problem: Problem, at: number): Problem {
  const own = problem.misfits.filter((one) => one.pointer.startsWith(`/documents/${at}/`))
  const detail = own.map((one) => `${one.pointer.split('/').slice(3).join('/')} ${one.detail}`).join(' ')
  const { code, status, retry } = problem
  return new Problem({
    type: '',
    title: '',
    instance: '',
    code,
    status,
    retry,
    detail,
    errors: own.map((one) => ({ ...one })),
  })
}

/**
 * Tries or does the import. The same `key` with the same file does nothing twice, so a run that broke off is simply run
 * again. Throws the Problem of a connection that was lost; what was done until then stays done.
 */
export async function runImport(given: {
  document: string
  verb: string
  documents: readonly object[]
  key: string
  dryRun: boolean
  onProgress: (done: number) => void
}): Promise<Outcome> {
  const { document, verb, documents, key, dryRun, onProgress } = given
  const path = `${apiPath(document)}/${verb}`
  const refused: Refused[] = []
  for (let from = 0; from < documents.length; from += PORTION) {
    const portion = documents.slice(from, from + PORTION)
    const rows = portion.map((_, at) => from + at)
    refused.push(...(await sendPortion({ path, key, dryRun, documents: portion, rows })))
    onProgress(from + portion.length)
  }
  return { taken: documents.length - refused.length, refused: refused.sort((a, b) => a.row - b.row) }
}
