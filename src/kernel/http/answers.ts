// What goes out, as schemas: documents out of their descriptions, verbs' answers, questions' rows, and problem details.
import type { Command } from '#kernel/command'
import { type Document, type DocumentSpec, type Field, outcomes } from '#kernel/document'
import type { Query } from '#kernel/query'
import { type JsonSchema, named } from './components.ts'
import { linePartsOf, type Part, partsOf } from './visible.ts'

const DECIMAL = '^-?\\d+(\\.\\d+)?$'

/** An object; `required` names the members that are always there. */
export const objectOf = (
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = Object.keys(properties),
): JsonSchema => ({ type: 'object', required, properties })

export const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items })
export const TEXT: JsonSchema = { type: 'string' }
export const ID: JsonSchema = { type: 'string', format: 'uuid' }
export const DATE: JsonSchema = { type: 'string', format: 'date' }
export const INSTANT: JsonSchema = { type: 'string', format: 'date-time' }
export const INTEGER: JsonSchema = { type: 'integer' }
export const BOOLEAN: JsonSchema = { type: 'boolean' }
/** An exact number as text; never a JSON number, which a client would round. */
export const EXACT: JsonSchema = { type: 'string', pattern: DECIMAL }
export const TRUE: JsonSchema = { type: 'boolean', const: true }

/** The same, or null. */
export const orNull = (schema: JsonSchema): JsonSchema => {
  const { type, enum: choices } = schema
  if (typeof type !== 'string') return schema
  return { ...schema, type: [type, 'null'], ...(Array.isArray(choices) ? { enum: [...choices, null] } : {}) }
}

function plain(field: Field): JsonSchema {
  switch (field.kind) {
    case 'quantity':
    case 'money':
    case 'price':
    case 'percent':
      return EXACT
    case 'integer':
      return INTEGER
    case 'boolean':
      return BOOLEAN
    case 'date':
      return DATE
    case 'instant':
      return INSTANT
    case 'choice':
      return { type: 'string', enum: field.choices ?? [] }
    case 'ref':
      return { ...ID, 'x-entity': field.of }
    case 'json':
      return {}
    default:
      return TEXT
  }
}

/** A field as it goes out: exact numbers, days and instants as text, `x-kind` says which. */
export function fieldSchema(field: Field): JsonSchema {
  const schema = field.optional ? orNull(plain(field)) : plain(field)
  return { ...schema, 'x-kind': field.kind, ...(field.label ? { title: field.label } : {}) }
}

/** What needs a further permission is left out for those who do not hold it, and so is never promised. */
const partsSchema = (parts: readonly Part[]): JsonSchema =>
  objectOf(
    Object.fromEntries(parts.map((part) => [part.name, fieldSchema(part.field)])),
    parts.filter((part) => part.field.see === undefined).map((part) => part.name),
  )

const headOf = (doc: DocumentSpec): JsonSchema =>
  named(doc.name, { ...partsSchema(partsOf(doc)), description: `${doc.label}, without its lines.` })

/** One document as GET gives it: the head, and its lines where it has some. */
export function oneSchema(doc: Document): JsonSchema {
  if (!doc.lines) return headOf(doc)
  // Not every line has an id of its own: the units of an item are known by their unit.
  const { required = [], ...line } = partsSchema(linePartsOf(doc)) as { required?: readonly string[] }
  const lines = named(`${doc.name}.line`, { ...line, required: required.filter((member) => member !== 'id') })
  return named(`${doc.name}.one`, { allOf: [headOf(doc), objectOf({ lines: listOf(lines) })] })
}

/** One page of a document's list. */
export const pageSchema = (doc: Document): JsonSchema =>
  named(
    `${doc.name}.page`,
    objectOf(
      {
        items: listOf(headOf(doc)),
        next: { ...TEXT, description: 'The `cursor` of the next page; absent on the last one.' },
        total: INTEGER,
        totalIsAtLeast: { ...TRUE, description: 'There are more than `total`, and nobody counted how many.' },
      },
      ['items'],
    ),
  )

/** The lines of a document's history. */
export const historySchema: JsonSchema = named(
  'History',
  objectOf({
    items: listOf(
      named(
        'HistoryLine',
        objectOf(
          {
            at: INSTANT,
            by: objectOf({ id: ID, name: orNull(TEXT) }),
            verb: TEXT,
            from: orNull(TEXT),
            to: TEXT,
            channel: TEXT,
            reason: TEXT,
            changes: {},
            input: {},
          },
          ['at', 'by', 'verb', 'from', 'to', 'channel'],
        ),
      ),
    ),
  }),
)

const misfit = named('Misfit', objectOf({ pointer: TEXT, detail: TEXT }))

/** RFC 9457 problem details, as every refusal goes out. */
export const problemSchema: JsonSchema = named(
  'Problem',
  objectOf(
    {
      type: TEXT,
      title: TEXT,
      status: INTEGER,
      detail: { ...TEXT, description: 'What is wrong and what to do, in a sentence.' },
      code: { ...TEXT, pattern: '^[A-Z][A-Z0-9_]+$' },
      retry: { type: 'string', enum: ['no', 'yes', 'after-change'] },
      instance: TEXT,
      parameters: { type: 'object', additionalProperties: true },
      errors: listOf(misfit),
    },
    ['type', 'title', 'status', 'detail', 'code', 'retry', 'instance'],
  ),
)

/** The answer of a verb, done once for the whole set or each document for itself. */
export function verbAnswer(command: Command): JsonSchema {
  const { document, verb } = command.verb
  const name = `${document.name}.${verb}`
  const several = typeof command.verb.to !== 'string'
  const numbered = command.creates && document.number !== undefined
  const answer = named(
    `${name}.answer`,
    objectOf(
      {
        ids: listOf({ ...ID, 'x-entity': document.name }),
        ...(numbered ? { numbers: listOf(TEXT) } : {}),
        ...(several
          ? {
              states: {
                type: 'object',
                description: 'Where each document ended up, by id.',
                additionalProperties: { type: 'string', enum: outcomes(command.verb) },
              },
            }
          : {}),
        ...(command.result ? { result: JSON.parse(JSON.stringify(command.result)) } : {}),
        dryRun: { ...TRUE, description: 'Only shown; nothing was changed.' },
        replayed: { ...TRUE, description: 'This key was used before; it was done then and not again.' },
      },
      ['ids', ...(numbered ? ['numbers'] : []), ...(several ? ['states'] : [])],
    ),
  )
  return { anyOf: [answer, eachAnswer(name, answer, command.creates)] }
}

const eachAnswer = (name: string, answer: JsonSchema, creates: boolean): JsonSchema => {
  const which = creates ? { at: { ...INTEGER, description: 'The place among `documents`, from 0.' } } : { id: ID }
  return named(
    `${name}.each`,
    objectOf({
      results: listOf({
        anyOf: [
          objectOf({ ...which, ok: TRUE, answer }),
          objectOf({ ...which, ok: { type: 'boolean', const: false }, refusal: problemSchema }),
        ],
      }),
    }),
  )
}

/** The rows of a question, typed by the columns that it declares. */
export function rowsSchema(query: Query): JsonSchema {
  const columns = Object.entries(query.columns ?? {})
  const row =
    columns.length === 0
      ? { type: 'object' }
      : objectOf(
          Object.fromEntries(columns.map(([column, field]) => [column, fieldSchema(field)])),
          columns.filter(([column]) => !(column in query.see)).map(([column]) => column),
        )
  return named(`${query.name}.rows`, objectOf({ items: listOf(named(`${query.name}.row`, row)) }))
}
