// The shapes of inputs, once: ids, codes, exact numbers as text, dates. Every input goes through one of these.
import { type TObject, type TProperties, type TSchema, Type } from '@sinclair/typebox'

/** An id, canonical lower case. To stand alone it wants `^…$`. */
export const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const UUID = `^${ID}$`
const decimal = (whole: number, places: number, sign = '') => `^${sign}\\d{1,${whole}}(\\.\\d{1,${places}})?$`

/** What people call a document by. */
export const CODE = '^[A-Za-z0-9][A-Za-z0-9 ._/+-]*$'

/**
 * A day of the calendar, YYYY-MM-DD; no 30 February, and 29 only in leap years (ISO 8601, Gregorian). Without look-around,
 * so that whoever reads the OpenAPI description with another engine can use it too. To stand alone it wants `^(…)$`.
 */
export const DAY = [
  '\\d{4}-(0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])',
  '\\d{4}-(0[469]|11)-(0[1-9]|[12]\\d|30)',
  '\\d{4}-02-(0[1-9]|1\\d|2[0-8])',
  '(\\d\\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29',
].join('|')

export const T = {
  /** An id, canonical lower case. */
  id: () => Type.String({ pattern: UUID }),
  /** A reference to a document: its id or its code. `entity` names the document, for people and for the access matrix. */
  ref: (entity: string) => Type.String({ minLength: 1, maxLength: 60, pattern: '^[^\\u0000-\\u001f]+$', 'x-entity': entity }),
  /** An id that refers to a document. */
  idOf: (entity: string) => Type.String({ pattern: UUID, 'x-entity': entity }),
  code: () => Type.String({ minLength: 1, maxLength: 40, pattern: CODE }),
  text: (max = 200) => Type.String({ maxLength: max, pattern: '^[^\\u0000]*$' }),
  /** A quantity as text: up to 12 digits before and 6 after the point; zero and negative are refused by the verb that minds. */
  quantity: () => Type.String({ pattern: decimal(12, 6) }),
  /** A quantity that may be negative. */
  signedQuantity: () => Type.String({ pattern: decimal(12, 6, '-?') }),
  /** An amount of money as text, in the currency that the document names. */
  money: () => Type.String({ pattern: decimal(14, 4) }),
  /** A price per unit as text. */
  price: () => Type.String({ pattern: decimal(12, 6) }),
  percent: () => Type.String({ pattern: decimal(3, 6) }),
  /** A business date, YYYY-MM-DD. */
  date: () => Type.String({ pattern: `^(${DAY})$` }),
  instant: () => Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?Z$' }),
  boolean: () => Type.Boolean(),
  integer: (minimum: number, maximum: number) => Type.Integer({ minimum, maximum }),
  choice: <const C extends readonly string[]>(choices: C) => Type.Union(choices.map((one) => Type.Literal(one as C[number]))),
  list: <S extends Parameters<typeof Type.Array>[0]>(of: S, most: number, least = 1) => Type.Array(of, { minItems: least, maxItems: most }),
  /** Values by name; names are short and plain. */
  record: <S extends TSchema>(of: S, most = 200) =>
    Type.Record(Type.String({ maxLength: 120, pattern: '^[^\\u0000]*$' }), of, { maxProperties: most }),
  /** Any value of JSON, where a description elsewhere says what fits. */
  any: () => Type.Unknown(),
  optional: <S extends Parameters<typeof Type.Optional>[0]>(of: S) => Type.Optional(of),
  /** An object that refuses what it does not know. */
  object: <P extends TProperties>(properties: P): TObject<P> => Type.Object(properties, { additionalProperties: false }),
}
