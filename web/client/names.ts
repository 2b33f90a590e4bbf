// Ids into numbers and names: every part of a screen asks for its own, and one request fetches them all.
import { useEffect, useState } from 'react'
import { send } from './http.ts'
import { companyCode } from './session.ts'

export type Named = { document: string; id: string; number: string; title: string | null; state: string }

const known = new Map<string, Named | null>()
const waiting = new Map<string, Set<string>>()
const heard = new Set<() => void>()
let planned: Promise<void> | undefined

/** What fits one request. */
const MOST = 500

/** People are no documents, and have names all the same. */
const PERSON = 'access.account'

// The documents that the reader may be told of. The others have no name for him, and need not be asked for.
let nameable: ReadonlySet<string> = new Set()

/** Says which documents have descriptions, and so names; called when these are read. */
export function nameOnly(documents: readonly string[]): void {
  nameable = new Set(documents)
}

const key = (of: string, id: string) => `${companyCode.get() ?? ''} ${of} ${id}`

async function fetchWaiting(): Promise<void> {
  // One turn of the event loop gathers what the whole screen asks for.
  await new Promise((resolve) => setTimeout(resolve, 0))
  planned = undefined
  const asked = [...waiting].map(([of, ids]) => [of, [...ids].slice(0, MOST)] as const)
  waiting.clear()
  try {
    if (asked.length === 0) return
    const { items } = (await send('/api/names', Object.fromEntries(asked))) as { items: readonly Named[] }
    for (const [of, ids] of asked) for (const id of ids) known.set(key(of, id), null)
    for (const one of items) known.set(key(one.document, one.id), one)
  } catch {
    // A name that cannot be had now is asked for again by the next screen; the id stands in for it.
  } finally {
    for (const tell of [...heard]) tell()
  }
}

/** Asks for names and resolves when they are known, so that a list can be drawn with them at once. */
export async function loadNames(wanted: Iterable<readonly [of: string, id: string]>): Promise<void> {
  for (const [of, id] of wanted) {
    if (nameOf(of, id) !== undefined) continue
    const ids = waiting.get(of) ?? new Set()
    waiting.set(of, ids.add(id))
  }
  if (waiting.size === 0) return
  planned ??= fetchWaiting()
  await planned
}

/** Lines are no documents and have no name. */
export const isOfLine = (of: string | null | undefined): boolean => /[-.]line$/.test(of ?? '')

/** Whether the reader can be told the names of a kind of document, or of people. */
export const isNamed = (of: string): boolean => of === PERSON || nameable.has(of)

/** What is known now: undefined when it was not asked for, null when it has no name or none to be seen. */
export const nameOf = (of: string, id: string): Named | null | undefined =>
  isNamed(of) ? known.get(key(of, id)) : null

/** Forgets the name of a document that was changed. */
export function forgetName(of: string, id: string): void {
  known.delete(key(of, id))
}

/** The name of a document; drawn again when it has come. */
export function useName(of: string, id: string | null): Named | null | undefined {
  const [, again] = useState(0)
  const found = id === null ? null : nameOf(of, id)
  useEffect(() => {
    if (id === null || found !== undefined) return
    const tell = () => again((turn) => turn + 1)
    heard.add(tell)
    void loadNames([[of, id]])
    return () => void heard.delete(tell)
  }, [of, id, found])
  return found
}
