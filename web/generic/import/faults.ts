// A refusal of the server, at the rows and the column of the file that it is about.
import type { Problem } from '../../client/problem.ts'
import { fieldWord } from '../../i18n/index.ts'
import type { Mapping, Target } from './columns.ts'
import type { Table } from './csv.ts'
import { type Fault, headingOf, type Planned } from './documents.ts'

/** Where the values of a document come from. */
export type Places = { table: Table; targets: readonly Target[]; mapping: Mapping }

/** A pointer into the document, '/lines/2/quantity', as its place and its row. */
function atPointer(planned: Planned, pointer: string, detail: string, { table, mapping }: Places): Fault {
  const [outer = '', second, third] = pointer.split('/').slice(1)
  const lines = planned.lines.get(outer)
  const row = lines?.[Number(second)]
  const inner = lines ? third : second
  const key = inner === undefined ? outer : `${outer}.${inner}`
  const word = fieldWord(inner ?? outer)
  const heading = headingOf(table, mapping, key) ?? (outer === '' ? undefined : word)
  return { rows: row === undefined ? planned.rows : [row], message: detail, ...(heading ? { heading } : {}) }
}

/** The cells of a document in which a value stands as it is, 'K-999'. */
function holding(
  planned: Planned,
  value: string,
  { table, targets, mapping }: Places,
): Omit<Fault, 'message'> | undefined {
  for (const { key } of targets) {
    const rows = planned.rows.filter((row) => (table.rows[row]?.[mapping[key] ?? -1] ?? '').trim() === value)
    if (rows.length > 0) return { rows, heading: headingOf(table, mapping, key) ?? '' }
  }
  return undefined
}

/** What of a refusal names something that stands in the file: a code that nobody knows, an item that is closed. */
const NAMING = ['code', 'item', 'customer', 'supplier', 'sku', 'number', 'unit', 'text']

/** The faults of one document: at the cells that the refusal names, and otherwise at all its rows. */
export function faultsOf(planned: Planned, problem: Problem, places: Places): readonly Fault[] {
  if (problem.misfits.length > 0)
    return problem.misfits.map(({ pointer, detail }) => atPointer(planned, pointer, detail, places))
  const { message, parameters } = problem
  for (const name of NAMING) {
    const value = parameters[name]
    const found = typeof value === 'string' ? holding(planned, value, places) : undefined
    if (found) return [{ ...found, message }]
  }
  const line = Number(parameters.line)
  const row = [...planned.lines.values()][0]?.[line - 1]
  return [{ rows: row === undefined ? planned.rows : [row], message }]
}
