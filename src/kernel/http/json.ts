// Reads a JSON body without doubt: no member twice, no prototype, no NUL, no half of a character, no endless nesting.
import { refusal } from './refusals.ts'

const DEEPEST = 64
const QUOTE = 0x22
const BACKSLASH = 0x5c
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** The value of a JSON text. Throws the refusal JSON_INVALID, which says what is wrong. */
export function readJson(text: string): unknown {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  const members = countMembers(plain)
  let value: unknown
  try {
    value = JSON.parse(plain)
  } catch (error) {
    throw no(error instanceof Error ? `${error.message.slice(0, 200).replace(/\.$/, '')}.` : 'it is not JSON.')
  }
  // JSON.parse keeps the last of two members with one name. Each member has one colon outside strings, so when there
  // are more colons than members, something was said twice and somebody else may have read the other one.
  if (countKept(value) !== members) throw no('a member is named twice in one object.')
  return value
}

const no = (problem: string) => refusal('JSON_INVALID', { problem })

/** How many members all objects have together; refuses what nests too deep. Strings are skipped, whatever they hold. */
function countMembers(text: string): number {
  let members = 0
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = endOfString(text, at)
    } else if (code === 0x3a) {
      members++
    } else if (code === 0x7b || code === 0x5b) {
      depth++
      if (depth > DEEPEST) throw no(`it nests deeper than ${DEEPEST} levels.`)
    } else if (code === 0x7d || code === 0x5d) {
      depth--
    }
  }
  return members
}

function endOfString(text: string, start: number): number {
  let end = start
  do {
    end = text.indexOf('"', end + 1)
    if (end < 0) return text.length
  } while (isEscaped(text, end))
  return end
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0
  while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++
  return slashes % 2 === 1
}

// Half of a surrogate pair has no form in UTF-8: it would be stored as another character than the one that was sent.
const HALF = /\p{Surrogate}/u

function checkText(text: string): void {
  if (text.includes('\0')) throw no('a text holds the character NUL, which cannot be stored.')
  if (HALF.test(text)) throw no('a text holds half of a character (a lone surrogate), which cannot be stored.')
}

/** How many members were kept; refuses names that would reach a prototype, and what PostgreSQL cannot store. */
function countKept(value: unknown): number {
  if (typeof value === 'string') {
    checkText(value)
    return 0
  }
  if (typeof value !== 'object' || value === null) return 0
  let members = 0
  if (Array.isArray(value)) {
    for (const one of value) members += countKept(one)
    return members
  }
  for (const [key, one] of Object.entries(value)) {
    if (FORBIDDEN.has(key) || key.includes('\0'))
      throw no(`a member may not be named ${JSON.stringify(key.slice(0, 40))}.`)
    checkText(key)
    members += 1 + countKept(one)
  }
  return members
}
