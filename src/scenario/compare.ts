// Comparing what is with what a scenario says: numbers by value, objects by the fields named, lists piece by piece.
import { compareDecimals } from '#kernel/decimal'
import { fail, shown } from './failure.ts'

const NUMBER = /^-?\d+(\.\d+)?$/
const isNumber = (value: unknown): boolean => NUMBER.test(String(value))
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Fails, naming the place, when `actual` does not read as `expected`. '10' and '10.00' are the same number; an object
 * names the fields that count; a list counts whole; '*' is anything that is there, '/pattern/' a regular expression.
 */
export function same(place: string, actual: unknown, expected: unknown): void {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      fail(`${place} should be ${shown(expected)} and is ${shown(actual)}`)
    for (const [at, one] of expected.entries()) same(`${place}[${at}]`, actual[at], one)
    return
  }
  if (isObject(expected)) {
    for (const [key, value] of Object.entries(expected)) same(`${place}.${key}`, fieldOf(actual, key), value)
    return
  }
  if (!fits(actual, expected)) fail(`${place} should be ${shown(expected)} and is ${shown(actual)}`)
}

function fits(actual: unknown, expected: unknown): boolean {
  if (expected === null) return actual === null || actual === undefined
  if (actual === null || actual === undefined) return false
  if (expected === '*') return true
  if (typeof expected === 'string' && /^\/.+\/$/.test(expected)) {
    return new RegExp(expected.slice(1, -1)).test(typeof actual === 'string' ? actual : JSON.stringify(actual))
  }
  if (isNumber(expected) && isNumber(actual)) return compareDecimals(String(actual), String(expected)) === 0
  return String(actual) === String(expected)
}

/** A field of an object; of lines, the one with that number; of a list, the one at that place. */
export function fieldOf(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    const byLine = value.find((one) => isObject(one) && 'line' in one && String(one.line) === key)
    return byLine ?? value[Number(key)]
  }
  return isObject(value) ? value[key] : undefined
}
