// Whom a text mentions: the name being typed after an @, and the people chosen whose names still stand in the text.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { get } from '../../client/http.ts'
import { companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'

export type Person = { readonly id: string; readonly name: string }

/** Where the @ stands, and what was typed behind it. */
export type Typing = { readonly at: number; readonly typed: string }

/** An @ at the beginning or behind a gap, and a name of at most three words behind it. */
const TYPED = /(?:^|[\s(])@([^\s@]{0,30}(?: [^\s@]{1,30}){0,2} ?)$/u

/** The name that is being typed at the caret; undefined when there is none, or when it was chosen already. */
export function typingAt(text: string, caret: number, chosen: readonly Person[]): Typing | undefined {
  const before = text.slice(0, caret)
  const typed = TYPED.exec(before)?.[1]
  if (typed === undefined) return undefined
  if (chosen.some(({ name }) => typed.startsWith(name))) return undefined
  return { at: caret - typed.length - 1, typed }
}

/** The text with the name in the place of what was typed, and where the caret then stands. */
export function withName(text: string, { at, typed }: Typing, { name }: Person): { text: string; caret: number } {
  const head = `${text.slice(0, at)}@${name} `
  return { text: head + text.slice(at + 1 + typed.length).replace(/^ /, ''), caret: head.length }
}

/** Those of the chosen whose name is still there. */
export const stillIn = (text: string, chosen: readonly Person[]): readonly Person[] =>
  chosen.filter(({ name }) => text.includes(`@${name}`))

/** A piece of a comment; `of` is set when it is the name of somebody mentioned. */
export type Piece = { readonly text: string; readonly of?: string }

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A comment in pieces, so that names can be shown as such; and who is mentioned without his name in the text. */
export function piecesOf(
  text: string,
  mentions: readonly Person[],
): { pieces: readonly Piece[]; rest: readonly Person[] } {
  if (mentions.length === 0) return { pieces: [{ text }], rest: [] }
  // The longer name first: Ana Almeida is not Ana.
  const names = [...mentions].sort((a, b) => b.name.length - a.name.length).map(({ name }) => escaped(`@${name}`))
  const parts = text.split(new RegExp(`(${names.join('|')})`, 'u')).filter((part) => part !== '')
  const pieces = parts.map((part): Piece => {
    const person = mentions.find(({ name }) => part === `@${name}`)
    return person ? { text: part, of: person.id } : { text: part }
  })
  return { pieces, rest: mentions.filter(({ id }) => !pieces.some((piece) => piece.of === id)) }
}

/** People who may read the document and whose name is like what was typed. */
export function usePeople(document: string, id: string, typed: string | undefined): readonly Person[] | undefined {
  const company = useStore(companyCode)
  const q = useDeferredValue(typed?.trim() ?? '')
  const found = useQuery({
    queryKey: ['people', company, document, id, q],
    queryFn: async ({ signal }) =>
      (await get('/api/people', { query: { document, id, ...(q ? { q } : {}) }, signal })).items,
    enabled: typed !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  return typed === undefined ? undefined : found.data
}
