// Masks of personal data: of the same length and shape, the same for the same value, and not to be guessed without the key.
import { createHmac } from 'node:crypto'
import type { Sort } from './personal.ts'

const VOWELS = 'aeiou'
const CONSONANTS = 'bcdfghjklmnpqrstvwxz'
const DIGITS = '0123456789'

/** Bytes without end that follow from a key and a text. */
function* bytesOf(key: Buffer, text: string): Generator<number> {
  for (let block = 0; ; block++) yield* createHmac('sha256', key).update(`${block}\n${text}`).digest()
}

/** A letter for a letter, a vowel for a vowel, a digit for a digit; everything else stays. */
function shaped(value: string, bytes: Generator<number>): string {
  return [...value]
    .map((sign) => {
      const small = sign.toLowerCase()
      const pool = /\p{N}/u.test(sign)
        ? DIGITS
        : !/\p{L}/u.test(sign)
          ? ''
          : VOWELS.includes(small.normalize('NFD')[0] ?? '')
            ? VOWELS
            : CONSONANTS
      if (pool === '') return sign
      const byte = bytes.next().value ?? 0
      const other = pool[byte % pool.length] ?? sign
      return sign === small ? other : other.toUpperCase()
    })
    .join('')
}

/** An e-mail address keeps its shape before the @; behind it stands a domain that no mail ever reaches (RFC 2606). */
const mailed = (value: string, bytes: Generator<number>): string =>
  `${shaped(value.split('@')[0] ?? '', bytes)}@masked.invalid`

/** The mask of one value under a key; another one with each further `turn`, for when the first is taken. */
export function maskOf(key: Buffer, sort: Sort, value: string, turn = 0): string {
  const bytes = bytesOf(key, `${sort}\n${turn}\n${value.toLowerCase()}`)
  return sort === 'email' && value.includes('@') ? mailed(value, bytes) : shaped(value, bytes)
}

const TURNS_MOST = 1_000

/** Masks for all values: never the value itself nor another's, and no two alike. What has neither letter nor digit stays. */
export function masksFor(
  key: Buffer,
  values: readonly { readonly value: string; readonly sort: Sort }[],
): ReadonlyMap<string, string> {
  const all = [...values].sort((a, b) => (a.value < b.value ? -1 : 1))
  const taken = new Set(all.map((one) => one.value))
  const masks = new Map<string, string>()
  for (const { value, sort } of all) {
    if (masks.has(value) || !/[\p{L}\p{N}]/u.test(value)) continue
    let mask = ''
    // Short values run out of shapes: then two may be alike, but none is an original.
    for (let turn = 0; turn < TURNS_MOST && (mask === '' || taken.has(mask)); turn++)
      mask = maskOf(key, sort, value, turn)
    taken.add(mask)
    masks.set(value, mask)
  }
  return masks
}
