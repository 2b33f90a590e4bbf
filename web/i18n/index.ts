// Sentences and the words of documents in the person's language. English is always there; others come when chosen.
import { store, useStore } from '../client/store.ts'
import { en, type Key } from './en.ts'
import { wordsEnglish } from './en-words.ts'

export type Language = 'en' | 'de'
export type { Key } from './en.ts'

type Words = Readonly<Record<string, string>>
type Misfits = readonly (readonly [said: RegExp, spoken: string])[]
type Loaded = {
  language: Language
  sentences: Readonly<Record<Key, string>>
  words: Words
  /** What the server refuses, by code, and what it finds unfit, by its sentence. It speaks English itself. */
  refusals: Words
  misfits: Misfits
}

const ENGLISH: Loaded = { language: 'en', sentences: en, words: wordsEnglish, refusals: {}, misfits: [] }

const STORED = 'tradewright.language'
const loaded = store<Loaded>(ENGLISH)

/** The language of the person: chosen before, else the browser's when we speak it, else English. */
export function wishedLanguage(): Language {
  const chosen = localStorage.getItem(STORED)
  if (chosen === 'en' || chosen === 'de') return chosen
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en'
}

/** Loads a language and shows it from then on. */
export async function speak(language: Language, keep = true): Promise<void> {
  if (keep) localStorage.setItem(STORED, language)
  if (language === 'en') {
    loaded.set(ENGLISH)
  } else {
    const [{ de }, { words }, { appRefusals, refusals, misfits }] = await Promise.all([
      import('./de.ts'),
      import('./de-words.ts'),
      import('./de-refusals.ts'),
    ])
    loaded.set({ language, sentences: de, words, refusals: { ...refusals, ...appRefusals }, misfits })
  }
  document.documentElement.lang = language
}

type Values = Readonly<Record<string, string | number>>

const fill = (text: string, values: Values): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined
      ? whole
      : typeof value === 'number'
        ? new Intl.NumberFormat(locale()).format(value)
        : value
  })

/** The keys that come in a form for one and one for several. */
export type Counted = Key extends infer K ? (K extends `${infer Base}.one` ? Base : never) : never

/** A sentence. In components use `useT`, so that a change of language is seen. */
export const t = (key: Key, values: Values = {}): string => fill(loaded.get().sentences[key], values)

/** A sentence with a count: `counted('list.count', 3)`. */
export function counted(base: Counted, n: number, values: Values = {}): string {
  const form = new Intl.PluralRules(locale()).select(n) === 'one' ? 'one' : 'other'
  // Every counted key has both forms in the dictionary, which its type has no way to say.
  return t(`${base}.${form}` as Key, { n, ...values })
}

/** The locale for numbers and dates. */
export const locale = (): string => {
  const { language } = loaded.get()
  return navigator.languages.find((one) => one.toLowerCase().startsWith(language)) ?? language
}

/** Draws a component again when the language changes; gives the language. */
export const useLanguage = (): Language => useStore(loaded).language

/** `closedReason` and `release-credit` as people read them. */
export function humane(name: string): string {
  const spaced = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase()
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

/** The sentence of a refusal as the language has it, with the names of its values in braces. */
export const refusalSpoken = (code: string): string | undefined => loaded.get().refusals[code]

/** How the language says what the server finds unfit. */
export const misfitsSpoken = (): Misfits => loaded.get().misfits

const word = (key: string): string | undefined => loaded.get().words[key]

/** The name of a document, 'Sales order'. */
export const documentWord = (name: string, label: string): string => word(`document.${name}`) ?? label

const plural = (label: string): string =>
  /[^aeiou]y$/.test(label) ? `${label.slice(0, -1)}ies` : /(s|x|ch|sh)$/.test(label) ? `${label}es` : `${label}s`

/** The name of many, for lists: 'Sales orders'. */
export const documentsWord = (name: string, label: string): string =>
  word(`documents.${name}`) ?? word(`document.${name}`) ?? plural(label)

/**
 * The label of a field, by its name and the label that the description may give. A name that means two things has a word
 * for each kind of field: a `method` that is chosen reckons a price, and one that is typed pays. A label that says more
 * than the name has a word of its own.
 */
export const fieldWord = (name: string, label?: string, kind = ''): string =>
  word(`field.${name}.${kind}`) ?? word(`label.${label}`) ?? word(`field.${name}`) ?? label ?? humane(name)

/** A state as people read it. */
export const stateWord = (state: string): string => word(`state.${state}`) ?? humane(state)

/** A verb as a button says it. */
export const verbWord = (verb: string, label?: string): string => word(`verb.${verb}`) ?? label ?? humane(verb)

/** A verb that creates, with what it creates: 'Take source profile'; German has the verb last. */
export function createWord(verb: string, label: string | undefined, document: string): string {
  const own = word(`create.${verb}`)
  if (own) return own
  const does = verbWord(verb, label)
  if (does.includes(' ')) return does
  return loaded.get().language === 'de' ? `${document} ${does.toLowerCase()}` : `${does} ${document.toLowerCase()}`
}

/** The choices that a field has words for, where its codes are kept open but known: those of the sub-ledger that keeps an account. */
export function wordedValues(field: string): readonly string[] {
  const start = `value.${field}.`
  return Object.keys(wordsEnglish).flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []))
}

/** A code in a field that has words for its codes; undefined for any other. */
export const valueWord = (field: string, value: string): string | undefined =>
  word(`value.${field}.${value}`) ?? wordsEnglish[`value.${field}.${value}`]

/** A choice of a field, such as 'stock'. */
export const choiceWord = (choice: string): string =>
  word(`choice.${choice}`) ?? word(`state.${choice}`) ?? humane(choice)
