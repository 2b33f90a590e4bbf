// Composable SQL: a statement is text and values apart, and one statement nests inside another as a relation.

/** A piece of SQL with its values. `Row` is the shape of a result row and exists for the type checker only. */
export type Sql<Row = unknown> = {
  readonly text: readonly string[]
  readonly values: readonly unknown[]
  readonly row?: Row
}

const isSql = (value: unknown): value is Sql =>
  typeof value === 'object' && value !== null && 'text' in value && 'values' in value && Array.isArray(value.text)

function append(text: string[], values: unknown[], piece: Sql, open: string, close: string): void {
  text[text.length - 1] += open + piece.text[0]
  piece.values.forEach((value, at) => {
    values.push(value)
    text.push(piece.text[at + 1] ?? '')
  })
  text[text.length - 1] += close
}

function build<Row>(parts: TemplateStringsArray, args: readonly unknown[]): Sql<Row> {
  const text: string[] = [parts[0] ?? '']
  const values: unknown[] = []
  args.forEach((arg, at) => {
    const rest = parts[at + 1] ?? ''
    if (isSql(arg)) {
      const relation = /^\s*(select|with|values)\b/i.test(arg.text[0] ?? '')
      append(text, values, arg, relation ? '(' : '', relation ? ')' : '')
      text[text.length - 1] += rest
    } else {
      values.push(arg)
      text.push(rest)
    }
  })
  return { text, values }
}

/**
 * Writes a statement. A nested statement that begins with select, with or values is put in parentheses, so that it
 * reads as a relation (`from ${demand} d`); any other nested piece is inlined. Everything else becomes a parameter.
 */
export function sql<Row = unknown>(parts: TemplateStringsArray, ...args: readonly unknown[]): Sql<Row> {
  return build<Row>(parts, args)
}

const NAME = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/

/** A table or column name out of a description; refuses anything that is not a plain lower-case name. */
export function name(identifier: string): Sql {
  if (!NAME.test(identifier)) throw new Error(`not a name: ${identifier}`)
  const quoted = identifier.split('.').map((part) => `"${part}"`)
  return { text: [quoted.join('.')], values: [] }
}

/** Joins pieces with a fixed separator. */
export function join(pieces: readonly Sql[], separator: ', ' | ' and ' | ' or ' | ' union all '): Sql {
  const text: string[] = ['']
  const values: unknown[] = []
  pieces.forEach((piece, at) => {
    append(text, values, piece, at === 0 ? '' : separator, '')
  })
  return { text, values }
}

const names = new Map<string, string>()

/** Statements that users compose have no end; those beyond this many are planned each time instead of being kept. */
const PREPARED_MOST = 2_000

/** The statement as PostgreSQL takes it, with the name under which each connection prepares it once. */
export function compile(statement: Sql): { name?: string; text: string; values: unknown[] } {
  let text = statement.text[0] ?? ''
  for (let at = 1; at < statement.text.length; at++) text += `$${at}${statement.text[at]}`
  let prepared = names.get(text)
  if (prepared === undefined) {
    if (names.size >= PREPARED_MOST) return { text, values: [...statement.values] }
    prepared = `s${names.size + 1}`
    names.set(text, prepared)
  }
  return { name: prepared, text, values: [...statement.values] }
}

/** The PostgreSQL types that `relation` casts its columns to. */
export type ColumnType = 'uuid' | 'text' | 'int' | 'bigint' | 'numeric' | 'date' | 'timestamptz' | 'boolean' | 'jsonb'

/** Sizes that a set is taken for when it is planned; beyond ten rows the next of these is said to the planner. */
const SIZES = [64, 512, 4_096, 32_768, 262_144]

/**
 * Values as a relation: one array a column, unnested. Plans are made once, without knowing how many rows will come, and
 * PostgreSQL takes unnested arrays for ten: right for a clerk's order, whose tables are then probed; for sets, a series
 * of constant length beside the arrays says how many they may be, so that sets get plans of their own, one a size.
 * A column absent from a row is null, but never the first; jsonb columns take any value.
 */
export function relation<Row extends Record<string, unknown>>(
  columns: { readonly [K in keyof Row & string]: ColumnType },
  rows: readonly { readonly [K in keyof Row]?: unknown }[],
): Sql<Row> {
  const text: string[] = ['select ']
  const values: unknown[] = []
  const entries = Object.entries(columns) as [keyof Row & string, ColumnType][]
  const names = entries.map(([column]) => `"${column}"`).join(', ')
  const size = rows.length > 10 ? (SIZES.find((one) => rows.length <= one) ?? rows.length) : 0
  text[0] += `${names} from rows from (`
  entries.forEach(([column, type], at) => {
    values.push(rows.map((row) => (row[column] === undefined || row[column] === null ? null : type === 'jsonb' ? JSON.stringify(row[column]) : row[column])))
    text[text.length - 1] += 'unnest('
    text.push(`::${type}[])${at < entries.length - 1 ? ', ' : ''}`)
  })
  const series = size > 0 ? `, generate_series(1, ${size})` : ''
  text[text.length - 1] += `${series}) as r (${names}${size > 0 ? ', series' : ''})${size > 0 ? ` where ${entries[0] ? `"${entries[0][0]}"` : 'true'} is not null` : ''}`
  return { text, values }
}
