// What an export holds: a document's number, its fields and its state, and its lines below it where they are wanted.
import { join, name, type Sql, sql, type Tx } from '#kernel/db'
import type { DocumentSpec, Field, FieldKind } from '#kernel/document'
import type { Column, ExportRow } from '#kernel/exchange'
import { cellText } from '#kernel/http/export'
import { modules } from '../modules/index.ts'

/** Documents read at once; the memory that an export takes is that of so many and of their lines. */
const PAGE = 2_000
const NUMBERS: ReadonlySet<FieldKind> = new Set(['integer', 'quantity', 'money', 'price', 'percent'])

type Part = { column: string; from: string; kind: FieldKind; of?: DocumentSpec | undefined }
type Row = Record<string, unknown>

/** `ids` leaves references as ids; otherwise they are said by the number or code of what they refer to. */
const described = (fields: Readonly<Record<string, Field>>, ids: boolean, prefix = ''): readonly Part[] =>
  Object.entries(fields).map(([key, field]) => ({
    column: `${prefix}${key}`,
    from: field.column ?? key,
    kind: field.kind,
    of: ids || field.of === undefined ? undefined : documents().get(field.of),
  }))

const documents = (): ReadonlyMap<string, DocumentSpec> =>
  new Map(modules.flatMap((one) => one.documents).map((doc) => [doc.name, doc]))

/** The number, the fields as described, and the state. */
function headParts(doc: DocumentSpec, ids: boolean): readonly Part[] {
  const fields = described(doc.fields, ids)
  const number: Part[] = fields.some((one) => one.from === doc.numbered)
    ? []
    : [{ column: doc.numbered, from: doc.numbered, kind: 'text' }]
  const state: Part[] =
    doc.states.length === 0 || fields.some((one) => one.column === 'state')
      ? []
      : [{ column: 'state', from: 'state', kind: 'text' }]
  return [...number, ...fields, ...state]
}

const lineParts = (doc: DocumentSpec, ids: boolean): readonly Part[] =>
  described(doc.lines?.fields ?? {}, ids, 'lines.')

/** With lines or without, and references as ids or as codes. */
export type Shape = { readonly lines: boolean; readonly ids: boolean }

/** The columns of the file; those of lines are called `lines.item`, as an import expects them. */
export const columnsOf = (doc: DocumentSpec, { lines, ids }: Shape): readonly Column[] =>
  [...headParts(doc, ids), ...(lines ? lineParts(doc, ids) : [])].map(({ column, kind }) => ({
    name: column,
    kind: NUMBERS.has(kind) ? 'number' : kind === 'date' ? 'date' : 'text',
  }))

const cellsOf = (parts: readonly Part[], row: Row | undefined): ExportRow =>
  Object.fromEntries(parts.map(({ column, from }) => [column, row === undefined ? null : cellText(row[from])]))

/** A column under its own name; a reference as the number of what it refers to, or as its id while that has none. */
function selected(alias: 't' | 'l', shared: boolean, parts: readonly Part[]): Sql {
  const pieces = parts.map(({ from, of }) => {
    const own = name(`${alias}.${from}`)
    if (!of) return own
    const scope = of.shared || shared ? sql`true` : sql`r.company_id = ${name(`${alias}.company_id`)}`
    const number = name(`r.${of.numbered}`)
    return sql`coalesce((select ${number}::text from ${name(of.table)} r where ${scope} and r.id = ${own}), ${own}::text) as ${name(from)}`
  })
  return join(pieces, ', ')
}

/**
 * Every document of a company, in the order of their ids, page by page: the first line stands in the row of its
 * document, further lines in rows of their own with the document's cells left empty.
 */
export async function* exportRows(
  tx: Tx,
  doc: DocumentSpec,
  companyId: number,
  shape: Shape,
): AsyncGenerator<ExportRow> {
  const [head, line] = [headParts(doc, shape.ids), lineParts(doc, shape.ids)]
  const scope = doc.shared ? sql`true` : sql`t.company_id = ${companyId}`
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await tx.rows(
      sql<Row>`select t.id as row_id, ${selected('t', doc.shared, head)} from ${name(doc.table)} t where ${scope} and t.id > ${last}::uuid order by t.id limit ${PAGE}`,
    )
    const lines = shape.lines
      ? await linesOf(tx, doc, line, { companyId, ids: page.map((row) => String(row.row_id)) })
      : new Map<string, Row[]>()
    for (const row of page) {
      const [first, ...further] = lines.get(String(row.row_id)) ?? []
      yield { ...cellsOf(head, row), ...(shape.lines ? cellsOf(line, first) : {}) }
      for (const one of further) yield { ...cellsOf(head, undefined), ...cellsOf(line, one) }
    }
    const end = page.at(-1)
    if (!end || page.length < PAGE) return
    last = String(end.row_id)
  }
}

/** The lines of some documents, by document, in their order. */
async function linesOf(
  tx: Tx,
  doc: DocumentSpec,
  parts: readonly Part[],
  { companyId, ids }: { companyId: number; ids: readonly string[] },
): Promise<ReadonlyMap<string, Row[]>> {
  const { lines, shared } = doc
  const found = new Map<string, Row[]>()
  if (!lines || ids.length === 0) return found
  const order = parts.find((part) => part.from === 'line') ?? parts[0]
  const scope = shared ? sql`true` : sql`l.company_id = ${companyId}`
  const parent = name(`l.${lines.parent}`)
  const rows = await tx.rows(
    sql<Row>`select ${parent} as row_parent, ${selected('l', doc.shared, parts)} from ${name(lines.table)} l
      where ${scope} and ${parent} = any(${ids}::uuid[]) order by ${parent}, ${name(`l.${order?.from ?? lines.parent}`)}`,
  )
  for (const row of rows) {
    const parentId = String(row.row_parent)
    const own = found.get(parentId)
    if (own) own.push(row)
    else found.set(parentId, [row])
  }
  return found
}
