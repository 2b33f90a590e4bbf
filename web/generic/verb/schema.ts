// A verb's input schema as a form reads it: which fields, of which kind, needed or not, with what beneath.
import type { InputSchema } from '../../client/descriptions.ts'

export type Input =
  | { kind: 'ref'; of: string; idOnly: boolean }
  | { kind: 'choice'; choices: readonly string[] }
  | { kind: 'boolean' }
  | { kind: 'integer'; minimum?: number; maximum?: number }
  | { kind: 'decimal'; pattern: string }
  | { kind: 'date' }
  | { kind: 'instant' }
  | { kind: 'text'; most: number; pattern?: string }
  | { kind: 'rows'; fields: readonly InputField[]; least: number }
  | { kind: 'values'; of: Input; least: number }
  | { kind: 'group'; fields: readonly InputField[] }
  | { kind: 'free' }

export type InputField = { name: string; needed: boolean; input: Input; hint?: string }

const DATE = '^\\d{4}-('

function inputOf(schema: InputSchema): Input {
  const entity = schema['x-entity']
  if (typeof entity === 'string')
    return { kind: 'ref', of: entity, idOnly: schema.pattern?.includes('[0-9a-f]{8}-') === true }
  if (schema.anyOf) {
    const choices = schema.anyOf.map((one) => one.const).filter((one): one is string => typeof one === 'string')
    if (choices.length > 0 && choices.length === schema.anyOf.length) return { kind: 'choice', choices }
    // A value or nothing: the value decides, and leaving it empty says nothing.
    const rest = schema.anyOf.filter((one) => one.type !== 'null')
    return rest.length === 1 && rest[0] ? inputOf(rest[0]) : { kind: 'free' }
  }
  if (typeof schema.const === 'string') return { kind: 'choice', choices: [schema.const] }
  switch (schema.type) {
    case 'boolean':
      return { kind: 'boolean' }
    case 'integer':
      return {
        kind: 'integer',
        ...(schema.minimum === undefined ? {} : { minimum: schema.minimum }),
        ...(schema.maximum === undefined ? {} : { maximum: schema.maximum }),
      }
    case 'array':
      return listOf(schema)
    case 'object':
      return schema.properties ? { kind: 'group', fields: fieldsOf(schema) } : { kind: 'free' }
    case 'string':
      return textOf(schema)
    default:
      return { kind: 'free' }
  }
}

function listOf(schema: InputSchema): Input {
  const least = schema.minItems ?? 0
  if (schema.items?.type === 'object' && schema.items.properties)
    return { kind: 'rows', fields: fieldsOf(schema.items), least }
  return schema.items ? { kind: 'values', of: inputOf(schema.items), least } : { kind: 'free' }
}

function textOf({ pattern, maxLength = 2_000 }: InputSchema): Input {
  if (pattern?.startsWith(DATE)) return { kind: pattern.includes('T') ? 'instant' : 'date' }
  if (pattern?.startsWith('^\\d{4}-\\d{2}-\\d{2}T')) return { kind: 'instant' }
  if (pattern && /^\^(-\?)?\\d\{1,\d+\}/.test(pattern)) return { kind: 'decimal', pattern }
  return { kind: 'text', most: maxLength, ...(pattern ? { pattern } : {}) }
}

/** The fields of an object schema, those that are needed first only where the schema has them so. */
export const fieldsOf = (schema: InputSchema): readonly InputField[] =>
  Object.entries(schema.properties ?? {})
    // An id of one's own is for whoever works offline.
    .filter(([name, one]) => name !== 'id' || one['x-entity'] !== undefined)
    .map(([name, one]) => ({
      name,
      needed: schema.required?.includes(name) === true,
      input: inputOf(one),
      ...(one.description ? { hint: one.description } : {}),
    }))

/** Whether a value is there: empty texts, empty lists and nothing are not. */
export const isThere = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

/** The JSON pointers of what is needed and not there. */
export function lacking(
  fields: readonly InputField[],
  value: Readonly<Record<string, unknown>>,
  at = '',
): readonly string[] {
  return fields.flatMap(({ name, needed, input }) => {
    const own = value[name]
    const here = `${at}/${name}`
    if (!isThere(own))
      return needed && input.kind !== 'boolean' && !(input.kind === 'rows' && input.least === 0) ? [here] : []
    if (input.kind === 'rows' && Array.isArray(own))
      return own.flatMap((row, n) => lacking(input.fields, row, `${here}/${n}`))
    if (input.kind === 'group' && typeof own === 'object' && own !== null)
      return lacking(input.fields, Object.fromEntries(Object.entries(own)), here)
    return []
  })
}

/** A value as it is sent: without what is not there, with lists and booleans where they are needed. */
export function cleaned(
  fields: readonly InputField[],
  value: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const clean: Record<string, unknown> = {}
  for (const { name, needed, input } of fields) {
    const own = value[name]
    if (input.kind === 'rows') {
      const rows = Array.isArray(own)
        ? own.map((row) => cleaned(input.fields, row)).filter((row) => Object.keys(row).length > 0)
        : []
      if (rows.length > 0 || needed) clean[name] = rows
    } else if (input.kind === 'group') {
      const inside =
        typeof own === 'object' && own !== null ? cleaned(input.fields, Object.fromEntries(Object.entries(own))) : {}
      if (Object.keys(inside).length > 0 || needed) clean[name] = inside
    } else if (input.kind === 'boolean') {
      if (own !== undefined || needed) clean[name] = own === true
    } else if (isThere(own)) clean[name] = own
  }
  return clean
}
