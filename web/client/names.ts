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

const key = (of: string, id: string) => `${companyCode.get() ?? ''} ${of} ${id}`

async function fetchWaiting(): Promise<void> {
  // One turn of the event loop gathers what the whole screen asks for.
  await new Promise((resolve) => setTimeout(resolve, 0))
  planned = undefined
  const asked = [...waiting].map(([of, ids]) => [of, [...ids].slice(0, MOST)] as const)
  waiting.clear()
  if (asked.length === 0) return
  try {
    const { items } = (await send('/api/names', Object.fromEntries(asked))) as { items: readonly Named[] }
    for (const [of, ids] of asked) for (const id of ids) known.set(key(of, id), null)
    for (const one of items) known.set(key(one.document, one.id), one)
  } catch {
    // A name that cannot be had now is asked for again by the next screen; the id stands in for it.
  }
  for (const tell of [...heard]) tell()
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

/** Lines are no documents and have no name; asking for one would be refused, and all the others with it. */
export const isOfLine = (of: string | null | undefined): boolean => of?.endsWith('-line') === true

/** What is known now: undefined when it was not asked for, null when it is not to be seen. */
export const nameOf = (of: string, id: string): Named | null | undefined =>
  isOfLine(of) ? null : known.get(key(of, id))

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
