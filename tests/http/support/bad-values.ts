// Values that do not belong where they stand, made from a schema: one list for every place of a body.
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import type { Schema } from '../../security/support/api.ts'
import type { Answer } from './client.ts'

/** A body with one thing wrong. `raw` is sent as it is. */
export type Bad = { readonly what: string; readonly raw: string }

type Way = readonly (string | number)[]
type Place = { readonly way: Way; readonly schema: Schema; readonly required: boolean }

/** Every place of a body: each member, and the first element of each list. */
function places(schema: Schema, way: Way = [], required = true): readonly Place[] {
  const inside = Object.entries(schema.properties ?? {}).flatMap(([key, one]) =>
    places(one, [...way, key], (schema.required ?? []).includes(key)),
  )
  return [{ way, schema, required }, ...inside, ...(schema.items ? places(schema.items, [...way, 0], false) : [])]
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A copy with a value at a place; `undefined` takes the member away. What stands in the way is made. */
export function put(base: unknown, way: Way, value: unknown): unknown {
  const [step, ...rest] = way
  if (step === undefined) return value
  if (typeof step === 'number') return [put(Array.isArray(base) ? base[0] : undefined, rest, value)]
  const own: Record<string, unknown> = isObject(base) ? { ...base } : {}
  const inner = put(own[step], rest, value)
  if (inner === undefined) delete own[step]
  else own[step] = inner
  return own
}

const at = (base: unknown, way: Way): unknown =>
  way.reduce<unknown>(
    (value, step) => (Array.isArray(value) ? value[0] : isObject(value) ? value[String(step)] : undefined),
    base,
  )

const NUMBERS = [
  'NaN',
  'Infinity',
  '1e3',
  '0x10',
  '1,000',
  ' 1',
  '١',
  '',
  '1.',
  '.5',
  '--1',
  '1000000000000000000',
  '0.0000001',
]
const DAYS = ['2026-02-30', '2026-13-01', '0000-00-00', '0000-01-01', '20260101', 'yesterday', '2026-01-01T00:00:00Z']
const isDecimal = (schema: Schema): boolean => schema.pattern?.includes('(\\.\\d{1,') === true
const isDay = (schema: Schema): boolean => schema.pattern === T.date().pattern
const isInstant = (schema: Schema): boolean => schema.pattern?.includes('T\\d{2}') === true
const fits = (schema: Schema, text: string): boolean =>
  (schema.pattern === undefined || new RegExp(schema.pattern).test(text)) &&
  text.length >= (schema.minLength ?? 0) &&
  text.length <= (schema.maxLength ?? Number.POSITIVE_INFINITY)

/** Free JSON, into which any object fits. */
const open = (schema: Schema): boolean => schema.type === 'object' && schema.additionalProperties !== false

/** Values that cannot be right at a place, each with its name. `foreign` is an id of another company. */
function wrongValues(
  { schema, required, way }: Place,
  foreign: (entity: string) => string | undefined,
): readonly [string, unknown][] {
  if (way.length === 0) return []
  const entity = schema['x-entity']
  const all: [string, unknown][] = [
    ['null', null],
    ...(open(schema) ? [] : [['an object', { a: 1 }] as [string, unknown]]),
    ...(required ? [['nothing', undefined] as [string, unknown]] : []),
  ]
  if (schema.type === 'string' || schema.type === undefined)
    all.push(['a number', 12], ['true', true], ['a list', ['x']])
  if (schema.type === 'string' && entity === undefined) {
    all.push(
      ['too long', 'x'.repeat((schema.maxLength ?? 2_000) + 1)],
      ['NUL', 'a\0b'],
      ['half a character', 'a\ud800b'],
    )
    if (isDecimal(schema))
      all.push(
        ...[...NUMBERS, '-1'].filter((text) => !fits(schema, text)).map((text) => [text, text] as [string, unknown]),
      )
    if (isDay(schema)) all.push(...DAYS.map((text) => [text, text] as [string, unknown]))
    if (isInstant(schema)) all.push(['30 February', '2026-02-30T00:00:00Z'], ['25 hours', '2026-01-01T25:00:00Z'])
  }
  if (schema.type === 'integer') all.push(['1.5', 1.5], ['10^18', 1e18], ['-10^18', -1e18], ['a text', '1'])
  if (schema.type === 'boolean') all.push(['a text', 'true'], ['1', 1])
  if (schema.anyOf) all.push(['no choice', 'nonsense'], ['a number', -7])
  if (schema.type === 'array') {
    if ((schema.minItems ?? 0) > 0) all.push(['an empty list', []])
    all.push(['100,000 elements', Array.from({ length: 100_000 }, () => 1)], ['a text', 'x'])
  }
  if (entity !== undefined) {
    const theirs = foreign(entity)
    all.push(['an unknown id', newId()], ['no id', '*'], ['NUL', '\0'], ['half a character', '\udfff'])
    if (theirs !== undefined) all.push(['an id of another company', theirs])
  }
  return all
}

/** Every body with one thing wrong that can be made from a schema and a body that fits it. */
export function badBodies(
  schema: Schema,
  base: unknown,
  foreign: (entity: string) => string | undefined,
): readonly Bad[] {
  const found = places(schema)
  const wrong = found.flatMap((place) =>
    wrongValues(place, foreign).map(([what, value]) => ({
      what: `${what} at ${place.way.join('.')}`,
      raw: JSON.stringify(put(base, place.way, value)),
    })),
  )
  const objects = found.filter((place) => place.schema.type === 'object' && place.schema.properties)
  const extra = objects.flatMap(({ way }) =>
    ['company_id', 'toString', '$where'].map((name) => {
      const own = at(base, way)
      return {
        what: `${name} at ${way.join('.') || 'the top'}`,
        raw: JSON.stringify(put(base, way, { ...(isObject(own) ? own : {}), [name]: '1' })),
      }
    }),
  )
  return [...wrong, ...extra, ...wholeBodies(base)]
}

/** What can be wrong with a body as a whole. */
function wholeBodies(base: unknown): readonly Bad[] {
  const text = JSON.stringify(base)
  const [first = 'ids'] = isObject(base) ? Object.keys(base) : []
  return [
    { what: 'a list', raw: `[${text}]` },
    { what: 'null', raw: 'null' },
    { what: 'a text', raw: '"x"' },
    { what: 'an empty object', raw: '{}' },
    { what: 'malformed JSON', raw: text.slice(0, -1) },
    { what: 'two documents', raw: `${text}${text}` },
    { what: 'a comment', raw: `/* */${text}` },
    { what: 'a trailing comma', raw: `${text.slice(0, -1)},}` },
    { what: 'NaN', raw: `${text.slice(0, -1)},"x":NaN}` },
    { what: '__proto__', raw: `{"__proto__":{"admin":true},${text.slice(1)}` },
    { what: 'constructor', raw: `{"constructor":{"prototype":{}},${text.slice(1)}` },
    { what: 'a member twice', raw: `{"${first}":1,${text.slice(1)}` },
    { what: 'endless nesting', raw: '['.repeat(10_000) },
  ]
}

/** What is wrong with an answer that should be a refusal; undefined when nothing is. */
export function complaint(answer: Answer): string | undefined {
  const { status, body, headers, text } = answer
  if (status < 400 || status > 499) return `${status} ${text.slice(0, 200)}`
  if (headers.get('content-type') !== 'application/problem+json; charset=utf-8')
    return `no problem details: ${text.slice(0, 200)}`
  if (!/^[A-Z][A-Z0-9_]+$/.test(String(body.code))) return `no code: ${text.slice(0, 200)}`
  if (!/^\S.{14,}[.)]$/s.test(String(body.detail))) return `no sentence: ${body.detail}`
  return /node_modules|\.ts:\d|select |insert /.test(text) ? `says too much: ${text.slice(0, 200)}` : undefined
}
