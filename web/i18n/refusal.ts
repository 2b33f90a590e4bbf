// What the server refuses, in the reader's language: the sentence of its code, filled with the values that came with it.
import { day, isDay } from './format.ts'
import {
  choiceWord,
  documentWord,
  fieldWord,
  locale,
  misfitsSpoken,
  refusalSpoken,
  stateWord,
  verbWord,
} from './index.ts'

type Place = { readonly pointer: string; readonly detail: string }
type Said = {
  readonly code: string
  readonly parameters?: Readonly<Record<string, unknown>> | undefined
  readonly errors?: readonly Place[] | undefined
}

// The server names a document by its label. What the label is called in other languages is found by the document's name.
let named: ReadonlyMap<string, string> = new Map()

/** Says which documents there are; called when their descriptions are read. */
export function knowLabels(documents: readonly { readonly name: string; readonly label: string }[]): void {
  named = new Map(documents.map(({ name, label }) => [label.toLowerCase(), name]))
}

const documentSaid = (label: string): string => {
  const name = named.get(label.toLowerCase())
  return name === undefined ? fieldWord(label.replaceAll(' ', '-'), label) : documentWord(name, label)
}

const WORD = /^[a-z]+(?:[-_ ][a-z]+)*$/
const eachWord = (text: string, wordOf: (one: string) => string): string =>
  text
    .split(/ or |, /)
    .map((one) => (WORD.test(one) ? `„${wordOf(one)}“` : one))
    .join(', ')

// Values that are words of the product rather than of the business, with what says them.
const WORDS: Readonly<Record<string, (text: string) => string>> = {
  document: documentSaid,
  entity: documentSaid,
  line: (text) => text.replace(/^Line (?=\d)/, `${fieldWord('line')} `),
  state: (text) => (WORD.test(text) ? stateWord(text) : text),
  from: (text) => (isDay(text) ? day(text) : eachWord(text, stateWord)),
  verb: (text) => (WORD.test(text) ? verbWord(text) : text),
  earlier: (text) => (WORD.test(text) ? verbWord(text) : text),
  kind: (text) => (WORD.test(text) ? choiceWord(text) : text),
  cause: (text) => (WORD.test(text) ? choiceWord(text) : text),
  role: (text) => (WORD.test(text) ? choiceWord(text) : text),
  tracking: (text) => (WORD.test(text) ? choiceWord(text) : text),
  method: (text) => (WORD.test(text) ? choiceWord(text) : text),
  seat: (text) => (WORD.test(text) ? choiceWord(text) : text),
  stage: (text) => (WORD.test(text) ? stateWord(text) : text),
}

// Values that are half a sentence of the server's own, or several of them.
const PARTS: ReadonlySet<string> = new Set(['problem', 'problems', 'advice', 'rule', 'why', 'what'])

/** The sign between whole and part, as the reader writes it. */
const point = (): string => new Intl.NumberFormat(locale()).format(1.5).charAt(1)

// Names and codes may look like numbers, and stand as they are.
const CODES: ReadonlySet<string> = new Set(
  'account code customer id item location lot number reference requested sheet substitute text unit warehouse'.split(
    ' ',
  ),
)

/** A value as it stands in a sentence; undefined when there is none. */
function told(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  const text = String(value)
  const wordOf = WORDS[name]
  if (wordOf) return wordOf(text)
  if (PARTS.has(name)) return text.split('; ').map(misfitText).join('; ')
  if (CODES.has(name)) return text
  if (isDay(text)) return day(text)
  return /^-?\d+\.\d+$/.test(text) ? text.replace('.', point()) : text
}

/** What does not fit at a place, in the reader's language; as the server said it where nobody knows better. */
export function misfitText(detail: string): string {
  const [known, german] = misfitsSpoken().find(([said]) => said.test(detail)) ?? []
  return known && german !== undefined ? detail.replace(known, german) : detail
}

/** The first misfit, behind the word of the field that it is about. */
function problemAt([first]: readonly Place[]): string | undefined {
  if (!first) return undefined
  const field = first.pointer.split('/').findLast((one) => one !== '' && !/^\d+$/.test(one))
  return `${field === undefined ? '' : `${fieldWord(field)} `}${misfitText(first.detail)}`
}

/** The sentence of a refusal; undefined where the language has none, or a value of it did not come. */
export function refusalText({ code, parameters = {}, errors = [] }: Said): string | undefined {
  const sentence = refusalSpoken(code)
  if (sentence === undefined) return undefined
  let whole = true
  const filled = sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = (name === 'problem' ? problemAt(errors) : undefined) ?? told(name, parameters[name])
    whole &&= value !== undefined
    return value ?? ''
  })
  return whole ? filled.trim() : undefined
}
