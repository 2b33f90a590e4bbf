// The text of a file: UTF-8, or the encoding of older programs once somebody has seen what it makes of the letters.
import { t } from '../../i18n/index.ts'
import { readCsv } from './csv.ts'

/** Leaves no mark in a file, and any file is some text in it: only a person can tell whether it is the right one. */
export type OldEncoding = 'windows-1252'

/** A text that is no UTF-8 and may be Windows-1252, with cells of it as they would then read. */
export type Doubtful = { readonly samples: readonly string[] }

const SAMPLES = 8
const BEYOND_ASCII = /[\u0080-\uffff]/
/** Bytes that Windows-1252 does not have come out as these. */
const NOTHING = /[\u0080-\u009f]/

function decoded(bytes: ArrayBuffer, encoding: 'utf-8' | OldEncoding): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

/** The text, or what to ask about it; undefined where it is no text at all. */
export function textFrom(bytes: ArrayBuffer, encoding?: OldEncoding): string | Doubtful | undefined {
  const text = encoding ? undefined : decoded(bytes, 'utf-8')
  if (text !== undefined) return text
  const old = decoded(bytes, 'windows-1252')
  if (old === undefined || NOTHING.test(old)) return undefined
  if (encoding) return old
  const cells = readCsv(old).flatMap((row) => row.cells)
  return { samples: [...new Set(cells.filter((cell) => BEYOND_ASCII.test(cell)))].slice(0, SAMPLES) }
}

/** As people know it. */
export const encodingWord = (encoding: OldEncoding): string => t(`import.encoding-${encoding}`)
