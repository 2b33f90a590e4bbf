// What can be done with a document now: the first steps forward as buttons, the rest in a menu, all of them by key and palette.
import type { DocumentText, VerbText } from '../../client/descriptions.ts'
import type { One } from '../../client/questions.ts'
import { moodOf } from '../../parts/state-badge.tsx'
import { isNext } from './left.ts'
import { VerbBar } from './verb-bar.tsx'

/** Buttons beside the menu. */
const SHOWN = 2

/** Steps forward first, steps back and ends last. */
function weight(verb: VerbText, state: string): number {
  const ends = verb.to.every((to) => moodOf(to) === 'over' || moodOf(to) === 'bad')
  const moves = verb.to.some((to) => to !== state)
  const arrives = verb.to.some((to) => to !== state && moodOf(to) === 'good')
  return (ends ? 8 : 0) + (moves ? 0 : 4) + (verb.reason ? 2 : 0) + (arrives ? 0 : 1)
}

/** The verbs of a document in its state. */
export function Verbs({ doc, one }: { doc: DocumentText; one: One }) {
  const possible = doc.verbs
    .filter((verb) => !verb.creates && verb.from.includes(one.state))
    .sort((a, b) => weight(a, one.state) - weight(b, one.state))
  const next = possible.filter((verb) => isNext(doc.name, verb.verb, one))
  const usual = next.slice(0, SHOWN).reverse()
  return <VerbBar document={doc.name} one={one} possible={possible} usual={usual} primary={next[0]} />
}
