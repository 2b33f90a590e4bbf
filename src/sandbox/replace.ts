// Finds values in any text, as whole words, and puts their masks there: what the database repeats is masked too.

/** `replace` masks a text; `find` names the first value in it that is not masked. */
export type Replacer = {
  replace(text: string): string
  find(text: string): string | undefined
}

const WORD = /[\p{L}\p{N}]+/gu
const isWord = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign)

/** `how`: as it is written, in any case, or only as the whole value of a member of JSON. */
type Known = { readonly value: string; readonly mask: string; readonly how: 'written' | 'any-case' | 'member' }

/** A single word that people wrote is only looked for where it is all that they wrote. */
function howOf(value: string, mask: string): Known['how'] {
  if (/[^\p{L}\p{N}]/u.test(value)) return 'any-case'
  return mask === LEFT_OUT || /^\p{N}+$/u.test(value) ? 'member' : 'written'
}

/** What stands where people wrote in their own words. */
export const LEFT_OUT = '(left out)'

/** Digits alone are also amounts, codes and numbers of documents; so long they are only what they are. */
const PLAIN_NUMBER = 9
const MEMBER = /"\s*:\s*"$/
const POSTCODE = /post_?code"\s*:\s*"$/i

const holds = (text: string, start: number, { value, how }: Known): boolean => {
  const there = text.slice(start, start + value.length)
  if (start < 0 || isWord(text[start + value.length])) return false
  if (how === 'any-case') return there.toLowerCase() === value.toLowerCase()
  if (there !== value || how === 'written') return there === value
  const before = text.slice(Math.max(0, start - 20), start)
  const number = /^\p{N}+$/u.test(value) && value.length < PLAIN_NUMBER
  return text[start + value.length] === '"' && (number ? POSTCODE : MEMBER).test(before)
}

/**
 * A replacer of these values. Values of several words are found in any case, single words only as they are written, as a
 * word such as Trade is also a code in capitals; digits only as members of JSON. Values shorter than three signs, and
 * single words of `common`, are found nowhere but in their own column.
 */
export function replacerOf(masks: ReadonlyMap<string, string>, common: ReadonlySet<string> = new Set()): Replacer {
  const byFirst = new Map<string, Known[]>()
  for (const [value, mask] of masks) {
    if (value.length < 3 || common.has(value)) continue
    const how = howOf(value, mask)
    const escaped = JSON.stringify(value).slice(1, -1)
    const inJson = { value: escaped, mask: JSON.stringify(mask).slice(1, -1), how }
    for (const one of escaped === value ? [inJson] : [{ value, mask, how }, inJson]) {
      const first = (one.value.match(WORD)?.[0] ?? '').toLowerCase()
      if (first !== '') byFirst.set(first, [...(byFirst.get(first) ?? []), one])
    }
  }
  // The longest first: 'Vermilion Outfitters' before 'Vermilion'.
  for (const all of byFirst.values()) all.sort((a, b) => b.value.length - a.value.length)

  const at = (text: string, from: number, all: readonly Known[]): { known: Known; start: number } | undefined => {
    for (const known of all) {
      const start = from - known.value.search(/[\p{L}\p{N}]/u)
      if (holds(text, start, known)) return { known, start }
    }
    return undefined
  }
  const each = (text: string, told: (one: { known: Known; start: number }) => boolean): void => {
    let done = 0
    for (const word of text.matchAll(WORD)) {
      if (word.index < done) continue
      const all = byFirst.get(word[0].toLowerCase())
      const found = all ? at(text, word.index, all) : undefined
      if (!found || found.start < done) continue
      done = found.start + found.known.value.length
      if (!told(found)) return
    }
  }
  return {
    replace: (text) => {
      let out = ''
      let done = 0
      each(text, ({ known, start }) => {
        out += text.slice(done, start) + known.mask
        done = start + known.value.length
        return true
      })
      return done === 0 ? text : out + text.slice(done)
    },
    find: (text) => {
      let found: string | undefined
      each(text, ({ known }) => {
        found = known.value
        return false
      })
      return found
    },
  }
}
