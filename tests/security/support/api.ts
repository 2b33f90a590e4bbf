// The product's own description, read over HTTP: the matrix knows no route that it has not been told by the running server.
import { expect } from 'vitest'
import type { Client } from '../../http/support/client.ts'

export type Schema = {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  const?: unknown
  pattern?: string
  patternProperties?: Record<string, Schema>
  additionalProperties?: unknown
  minimum?: number
  minItems?: number
  minLength?: number
  maxLength?: number
  'x-entity'?: string
}

export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema }

export type Operation = {
  id: string
  method: string
  path: string
  permission: string
  parameters: Parameter[]
  body: Schema | undefined
}

/** Every operation of the running server. */
export async function operationsOf(client: Client): Promise<readonly Operation[]> {
  const answer = await client('/api/openapi.json')
  expect(answer.status, answer.text).toBe(200)
  const paths = answer.body.paths as Record<string, Record<string, Record<string, unknown>>>
  const schemas = (answer.body.components as { schemas: Record<string, Schema> }).schemas
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const request = operation.requestBody as { content: { 'application/json'?: { schema: Schema } } } | undefined
      return {
        id: String(operation.operationId),
        method: method.toUpperCase(),
        path,
        permission: String(operation['x-permission']),
        parameters: operation.parameters as Parameter[],
        body: request?.content['application/json'] && resolved(request.content['application/json'].schema, schemas),
      }
    }),
  )
}

/** What a reference to a component means. */
const resolved = (schema: Schema & { $ref?: string }, schemas: Readonly<Record<string, Schema>>): Schema =>
  schema.$ref === undefined ? schema : (schemas[schema.$ref.replace('#/components/schemas/', '')] ?? schema)

/** The operations that need a permission in a company. */
export const guarded = (operations: readonly Operation[]): readonly Operation[] =>
  operations.filter((one) => one.permission.includes('.'))

/** Where in a schema an id stands: the way to it, what it is the id of, and whether a number or code will do too. */
export type IdPlace = { way: readonly (string | number)[]; entity: string; codes: boolean }

/** Every id in a schema, nested ones as well. */
export function idPlaces(schema: Schema, way: readonly (string | number)[] = []): IdPlace[] {
  if (schema['x-entity']) return [{ way, entity: schema['x-entity'], codes: !schema.pattern?.includes('[0-9a-f]{8}-') }]
  const inside = Object.entries(schema.properties ?? {}).flatMap(([key, one]) => idPlaces(one, [...way, key]))
  const choices = (schema.anyOf ?? []).flatMap((one) => idPlaces(one, way))
  return [...inside, ...choices, ...(schema.items ? idPlaces(schema.items, [...way, 0]) : [])]
}

const CANDIDATES = [
  '1',
  '2026-03-02',
  '2026-12-31T00:00:00Z',
  'X1',
  'somebody@example.test',
  '2026-03',
  'text',
  '01890a5d-ac96-774b-bcce-b302099a8057',
  'USD',
  'US',
  'EA',
  '12:00',
  'a.b.c',
]

/** The least value that fits a schema; `idOf` gives the ids. */
export function sample(schema: Schema, idOf: (entity: string) => string): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema['x-entity']) return idOf(schema['x-entity'])
  if (schema.anyOf) return sample(schema.anyOf[0] ?? {}, idOf)
  if (schema.type === 'object')
    return Object.fromEntries((schema.required ?? []).map((key) => [key, sample(schema.properties?.[key] ?? {}, idOf)]))
  if (schema.type === 'array')
    return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => sample(schema.items ?? {}, idOf))
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
  if (schema.type === 'boolean') return false
  const fits = (text: string) =>
    (schema.pattern === undefined || new RegExp(schema.pattern).test(text)) &&
    text.length >= (schema.minLength ?? 0) &&
    text.length <= (schema.maxLength ?? 1_000)
  return CANDIDATES.find(fits) ?? 'x'
}

/** A sample that has a value at a place, with what is needed on the way to it. */
export function sampleWith(schema: Schema, place: IdPlace, value: string, idOf: (entity: string) => string): unknown {
  const put = (inner: Schema, way: readonly (string | number)[]): unknown => {
    const [step, ...rest] = way
    if (step === undefined) return value
    if (inner.anyOf) return put(inner.anyOf.find((one) => idPlaces(one).length > 0) ?? {}, way)
    if (typeof step === 'number') {
      const others = Array.from({ length: Math.max(1, inner.minItems ?? 1) - 1 }, () => sample(inner.items ?? {}, idOf))
      return [put(inner.items ?? {}, rest), ...others]
    }
    const own = sample(inner, idOf)
    return { ...(typeof own === 'object' ? own : {}), [step]: put(inner.properties?.[step] ?? {}, rest) }
  }
  return put(schema, place.way)
}
