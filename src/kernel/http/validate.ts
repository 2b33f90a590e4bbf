// Schemas are compiled once, when first needed; what does not fit is said with its place and in words.
import { type TObject, type TSchema, Type } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler, type ValueError, ValueErrorType } from '@sinclair/typebox/compiler'
import { CODE, DAY } from '#kernel/schema'
import { InputInvalid, type Misfit } from './problem.ts'

/** Throws InputInvalid when a value does not fit. */
export type Validator = (value: unknown) => void

/**
 * A check that runs in microseconds and explains only when it fails. The schema is compiled when the first value comes:
 * a server has some two thousand of them, and most wait for a request that never comes.
 */
export function validator(schema: TSchema): Validator {
  let compiled: TypeCheck<TSchema> | undefined
  return (value) => {
    compiled ??= TypeCompiler.Compile(schema)
    if (!compiled.Check(value)) throw new InputInvalid(explain(compiled.Errors(value)))
  }
}

/** How many misfits one answer names; more would help nobody. */
const NAMED_MOST = 20

function explain(errors: Iterable<ValueError>): readonly Misfit[] {
  const misfits = new Map<string, Misfit>()
  for (const error of errors) {
    // The first misfit of a place is the telling one; those that follow come from the same cause.
    if (!misfits.has(error.path)) misfits.set(error.path, { pointer: error.path, detail: sentence(error) })
    if (misfits.size >= NAMED_MOST) break
  }
  return [...misfits.values()]
}

/** What people meet when they leave something out or write too much, without the words of the machine. */
const PLAINLY: ReadonlyMap<ValueErrorType, (schema: TSchema) => string> = new Map<
  ValueErrorType,
  (schema: TSchema) => string
>([
  [ValueErrorType.ArrayMinItems, ({ minItems }) => `needs at least ${minItems}.`],
  [ValueErrorType.ArrayMaxItems, ({ maxItems }) => `takes at most ${maxItems}.`],
  [ValueErrorType.StringMinLength, ({ minLength }) => `needs at least ${characters(minLength)}.`],
  [ValueErrorType.StringMaxLength, ({ maxLength }) => `takes at most ${characters(maxLength)}.`],
  [ValueErrorType.Integer, () => 'is no whole number.'],
  [ValueErrorType.IntegerMinimum, ({ minimum }) => `must be ${minimum} or more.`],
  [ValueErrorType.IntegerMaximum, ({ maximum }) => `must be ${maximum} or less.`],
])

const characters = (count: unknown): string => (count === 1 ? '1 character' : `${count} characters`)

function sentence(error: ValueError): string {
  const { schema, message } = error
  if (message === 'Unexpected property') return 'is not known here. Leave it out, or check its spelling.'
  if (message === 'Expected required property') return 'is missing.'
  const plainly = PLAINLY.get(error.type)
  if (plainly) return plainly(schema)
  const choices = Array.isArray(schema.anyOf)
    ? schema.anyOf.map((one: TSchema) => one.const).filter((one: unknown) => one !== undefined)
    : []
  if (choices.length > 0) return `must be one of ${choices.join(', ')}.`
  if (typeof schema.pattern === 'string' && typeof error.value === 'string')
    return (
      formOf(schema.pattern) ??
      `does not have the right form${schema.description ? `: ${schema.description}` : ''} (${schema.pattern}).`
    )
  return `does not fit: ${message.charAt(0).toLowerCase()}${message.slice(1)}.`
}

// The shapes of `T`, as a person knows them.
function formOf(pattern: string): string | undefined {
  const [, sign, whole, places] = /^\^(-\?)?\\d\{1,(\d+)\}\(\\\.\\d\{1,(\d+)\}\)\?\$$/.exec(pattern) ?? []
  if (whole && places)
    return `is no number of at most ${whole} digits before the point and ${places} after it${sign ? '' : ', without a sign'}.`
  if (pattern === `^(${DAY})$`) return 'is no day, which is written as in 2026-12-31.'
  if (pattern === CODE) return 'is no code: letters, digits, spaces and . _ / + - only, a letter or a digit first.'
  const [, words] = /^\^\(([\w|-]+)\)(?:\(,\(\1\)\)\{0,\d+\})?\$$/.exec(pattern) ?? []
  if (words) return `must be one of ${words.replaceAll('|', ', ')}.`
  return /^\^\(?\[0-9a-f\]\{8\}-/.test(pattern) ? 'is not the id of anything.' : undefined
}

/** An object schema that refuses what it does not know. */
export const closed = (properties: Record<string, TSchema>): TObject =>
  Type.Object(properties, { additionalProperties: false })

/**
 * A query string holds texts only; turns them into what the schema asks for: integers, numbers, true and false, and
 * lists (separated by commas). A text that is none of these stays, and the check refuses it.
 */
export function queryReader(schema: TObject): (query: Readonly<Record<string, unknown>>) => Record<string, unknown> {
  const convert = Object.entries(schema.properties).flatMap(([key, property]) => {
    const change = converter(property)
    return change ? [{ key, change }] : []
  })
  if (convert.length === 0) return (query) => ({ ...query })
  return (query) => {
    const read: Record<string, unknown> = { ...query }
    for (const { key, change } of convert) {
      const text = read[key]
      if (typeof text === 'string') read[key] = change(text)
    }
    return read
  }
}

function converter(schema: TSchema): ((text: string) => unknown) | undefined {
  if (schema.type === 'integer' || schema.type === 'number')
    return (text) => (/^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : text)
  if (schema.type === 'boolean') return (text) => (text === 'true' ? true : text === 'false' ? false : text)
  if (schema.type !== 'array') return undefined
  const inner = converter(schema.items)
  return (text) => text.split(',').map((one) => (inner ? inner(one) : one))
}
