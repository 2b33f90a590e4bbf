// A source of bytes becomes text that is surely text: its encoding is known, and every fault has a line number.

import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { refusals } from '#kernel/refusal'

/** Where a file comes from: a path, its bytes, or a stream of its bytes. */
export type Source = string | Uint8Array | AsyncIterable<Uint8Array>

/**
 * An encoding that leaves no mark in a file, so that only a person can know it: that of older programs in western Europe
 * and America. Read so, every file is some text, which is why it is never tried unasked.
 */
export type OldEncoding = 'windows-1252'

/** The bytes of a source, in pieces. */
export function bytesOf(source: Source): AsyncIterable<Uint8Array> {
  if (typeof source === 'string') {
    return createReadStream(source)
  }
  return source instanceof Uint8Array ? pieces(source) : source
}

/**
 * The text of a source, in pieces, without its byte order mark. UTF-8, or UTF-16 of either order when its mark says so,
 * or the `encoding` that somebody named. Refuses with FILE_ENCODING where the bytes are no such text, and with FILE_NUL where they hold a zero character.
 */
export async function* textOf(source: Source, encoding?: OldEncoding): AsyncGenerator<string> {
  let decode: Decode | undefined = encoding === 'windows-1252' ? decodeWindows1252 : undefined
  let carry: Buffer = Buffer.alloc(0)
  let line = 1
  for await (const piece of bytesOf(source)) {
    carry = Buffer.concat([carry, piece])
    if (!decode) {
      if (carry.length < LONGEST_MARK) {
        continue
      }
      ;({ decode, rest: carry } = sniff(carry))
    }
    const { text, rest } = decode(carry, line)
    line = checked(text, line)
    carry = rest
    yield text
  }
  if (!decode) {
    ;({ decode, rest: carry } = sniff(carry))
  }
  const { text, rest } = decode(carry, line)
  line = checked(text, line)
  if (rest.length > 0) {
    refuse('FILE_ENCODING', { line })
  }
  yield text
}

/** The number of line breaks in a text; a CRLF counts once. */
export function lineBreaks(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) {
      count += 1
    }
  }
  return count
}

const refuse = refusals({
  FILE_ENCODING: {
    text: 'Line {line} of the file is not readable text. Save the file as UTF-8 (in Excel: "CSV UTF-8") and try again. If an older program wrote it, `tradewright import --encoding windows-1252` reads it as it is.',
    kind: 'invalid',
  },
  FILE_NUL: {
    text: 'Line {line} of the file holds a zero character, so it is no text file. Save it as CSV or XLSX and try again.',
    kind: 'invalid',
  },
})

type Decoded = { text: string; rest: Buffer }
type Decode = (bytes: Buffer, line: number) => Decoded

const LF = 10
const CR = 13
const LONGEST_MARK = 3
const PIECE_BYTES = 65_536

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    yield bytes.subarray(at, at + PIECE_BYTES)
  }
}

function sniff(bytes: Buffer): { decode: Decode; rest: Buffer } {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return { decode: decodeUtf8, rest: bytes.subarray(3) }
  }
  if (first === 0xff && second === 0xfe) {
    return { decode: decodeUtf16, rest: bytes.subarray(2) }
  }
  if (first === 0xfe && second === 0xff) {
    return { decode: decodeUtf16Swapped, rest: bytes.subarray(2) }
  }
  return { decode: decodeUtf8, rest: bytes }
}

function decodeUtf8(bytes: Buffer, line: number): Decoded {
  const end = completeUtf8(bytes)
  const whole = bytes.subarray(0, end)
  if (!isUtf8(whole)) {
    refuse('FILE_ENCODING', { line: line + badLine(whole) })
  }
  return { text: whole.toString('utf8'), rest: bytes.subarray(end) }
}

/** Where the last character that may continue in the next piece begins; the end if there is none. */
function completeUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) {
      return bytes.length
    }
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}

/** How many lines stand before the first that is not UTF-8. */
function badLine(bytes: Buffer): number {
  let start = 0
  for (let line = 0; ; line += 1) {
    const next = bytes.indexOf(LF, start)
    const end = next < 0 ? bytes.length : next
    if (next < 0 || !isUtf8(bytes.subarray(start, end))) {
      return line
    }
    start = next + 1
  }
}

// What the bytes 0x80 to 0x9f are in Windows-1252 (the table of the WHATWG Encoding Standard, section 9); five are nothing.
const WINDOWS_1252 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ'

/** By a table of our own: some versions of Node decode these bytes as ISO 8859-1. */
function decodeWindows1252(bytes: Buffer, line: number): Decoded {
  let bad = false
  const text = bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (sign) => {
    const found = WINDOWS_1252.charAt(sign.charCodeAt(0) - 0x80)
    bad ||= found === '\0'
    return found
  })
  if (bad) {
    const wrong = bytes.findIndex((byte) => byte >= 0x80 && WINDOWS_1252.charAt(byte - 0x80) === '\0')
    refuse('FILE_ENCODING', { line: line + lineBreaks(text.slice(0, wrong)) })
  }
  return { text, rest: Buffer.alloc(0) }
}

function decodeUtf16(bytes: Buffer, line: number): Decoded {
  let end = bytes.length - (bytes.length % 2)
  // A first half of a surrogate pair waits for its second half.
  if (end >= 2 && ((bytes[end - 1] ?? 0) & 0xfc) === 0xd8) {
    end -= 2
  }
  const text = bytes.toString('utf16le', 0, end)
  const lone = text.search(/\p{Surrogate}/u)
  if (lone >= 0) {
    refuse('FILE_ENCODING', { line: line + lineBreaks(text.slice(0, lone)) })
  }
  return { text, rest: bytes.subarray(end) }
}

function decodeUtf16Swapped(bytes: Buffer, line: number): Decoded {
  const even = bytes.length - (bytes.length % 2)
  const { text, rest } = decodeUtf16(Buffer.from(bytes.subarray(0, even)).swap16(), line)
  return { text, rest: bytes.subarray(even - rest.length) }
}

/** The line that the text leads to, after making sure that no zero character is in it. */
function checked(text: string, line: number): number {
  const nul = text.indexOf('\0')
  if (nul >= 0) {
    refuse('FILE_NUL', { line: line + lineBreaks(text.slice(0, nul)) })
  }
  return line + lineBreaks(text)
}
