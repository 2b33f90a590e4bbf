// What a paper is made of: chapters with tables of plain texts, so that it can be hashed, compared chapter by chapter, and set on any page.
import { hashOf } from '../judge.ts'

export type Table = { readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] }

/** `whole` counts the rows there are and hashes all of them, where a table shows only the first. */
export type Chapter = {
  readonly id: string
  readonly title: string
  readonly text: readonly string[]
  readonly tables: readonly Table[]
  readonly whole?: { readonly rows: number; readonly hash: string }
}

/** What a paper says. `title` names its kind and its site. */
export type Content = { readonly title: string; readonly chapters: readonly Chapter[] }

export const ROWS_MOST = 200

/** A chapter of one table; of a long one the first rows, with a hash over all. */
export function chapter(
  id: string,
  title: string,
  heads: readonly string[],
  rows: readonly (readonly (string | null)[])[],
  text: readonly string[] = [],
): Chapter {
  const all = rows.map((row) => row.map((cell) => cell ?? ''))
  const shown = { id, title, text, tables: [{ heads, rows: all.slice(0, ROWS_MOST) }] }
  return all.length > ROWS_MOST ? { ...shown, whole: { rows: all.length, hash: hashOf(all) } } : shown
}

/** The titles of chapters that the two do not have alike: changed, added or gone. */
export function differences(one: Content, other: Content): readonly string[] {
  const hashes = (content: Content) =>
    new Map(content.chapters.map((each) => [each.id, { title: each.title, hash: hashOf(each) }]))
  const [a, b] = [hashes(one), hashes(other)]
  return [...new Map([...a, ...b])].filter(([id]) => a.get(id)?.hash !== b.get(id)?.hash).map(([, { title }]) => title)
}
