// Names of files, as they come from anywhere: made harmless on the way in, and written so on the way out that nothing breaks.

/** Controls, and marks that turn the direction of reading, by which "gpj.exe" looks like "exe.jpg". */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu
const MOST = 200

/**
 * The name without the folders before it, without what cannot be seen, and no longer than can be kept, its ending
 * kept. Empty when nothing is left of it.
 */
export function plainName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? ''
  const name = last.normalize('NFC').replace(/\s+/g, ' ').replace(UNSEEN, '').trim()
  if (/^\.*$/.test(name)) return ''
  const letters = [...name]
  if (letters.length <= MOST) return name
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? ''
  return letters.slice(0, MOST - ending.length).join('') + ending
}

/** The header that has a browser keep the file under its name: ASCII for old ones, and UTF-8 (RFC 6266, RFC 8187). */
export function dispositionOf(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`
}
