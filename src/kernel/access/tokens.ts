// Tokens are 256 random bits shown once; the database keeps only their SHA-256.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A new token as text that fits a header, a cookie or a link, with the hash under which it is stored. */
export type Token = { readonly text: string; readonly hash: Buffer }

const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/
const KEY_SHAPE = /^tw_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/

/** SHA-256 of a token. A token has 256 bits of its own, so neither salt nor slow hash adds anything. */
export const hashToken = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()

/** A token that nobody has seen yet. */
export function newToken(): Token {
  const text = randomBytes(32).toString('base64url')
  return { text, hash: hashToken(text) }
}

/** Whether the text could be a token at all; spares the database a look-up. */
export const isToken = (text: string): boolean => TOKEN_SHAPE.test(text)

/** An API key as it is handed out: `tw_`, the key's id without dashes, and the secret. */
export const keyText = (id: string, secret: string): string => `tw_${id.replaceAll('-', '')}_${secret}`

/** The id and the secret of an API key, or undefined when the text is none. */
export function readKey(text: string): { id: string; secret: string } | undefined {
  const [, id, secret] = KEY_SHAPE.exec(text) ?? []
  if (!id || !secret) return undefined
  const parts = [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)]
  return { id: parts.join('-'), secret }
}

/** Compares two hashes in a time that does not depend on where they differ. */
export const sameHash = (left: Buffer, right: Buffer): boolean =>
  left.length === right.length && timingSafeEqual(left, right)
