// Asks the server about lines while they are typed: at once for the one under the fingers, in parts for many, and only the newest answer counts.
import { useEffect, useRef } from 'react'
import { get } from '../../client/http.ts'
import { asProblem } from '../../client/problem.ts'
import { type Store, store, useStore } from '../../client/store.ts'
import type { components } from '../../generated/api.ts'
import { isQuantity, plain } from '../../parts/typed.ts'
import { codeOf, type Draft, type Line } from './draft.ts'

export type Answer = components['schemas']['sales.desk-lines.row']
/** The answer to a line and the question that it answers; another question makes it stale. */
type Answered = { asked: string; answer: Answer }

export const answers: Store<ReadonlyMap<string, Answered>> = store<ReadonlyMap<string, Answered>>(new Map())
/** Why the last question had no answer; the next one that has clears it. */
export const trouble = store<unknown>(undefined)

/** How long the fingers must rest before a question overtakes one that is still on its way, in milliseconds. */
const REST = 20
/** Lines of one question, so that its address stays short enough. */
const PART = 120

type Place = { customer: string; warehouse: string; shipTo: string; requestedOn: string }

const placeOf = (draft: Draft): Place => ({
  customer: draft.customer?.id ?? '',
  warehouse: draft.warehouse,
  shipTo: draft.shipTo,
  requestedOn: draft.requestedOn,
})

/** A line as the question has it: item, quantity, unit, price by hand. */
const rowOf = (line: Line): string => {
  const [quantity, price] = [plain(line.quantity), plain(line.price)]
  return [codeOf(line), isQuantity(quantity) ? quantity : '', line.unit, isQuantity(price) ? price : ''].join('\t')
}

/** The answer to a line as it stands now; undefined while it is on its way. */
export const answerOf = (
  all: ReadonlyMap<string, Answered>,
  line: Line,
): { answer: Answer; fresh: boolean } | undefined => {
  const found = all.get(line.key)
  return found && codeOf(line) !== ''
    ? { answer: found.answer, fresh: found.asked.endsWith(`\n${rowOf(line)}`) }
    : undefined
}

/** Lines of one item share what is free, so they are asked for together, in their order. */
function withSiblings(stale: readonly Line[], all: readonly Line[]): readonly Line[] {
  const items = new Set(stale.map(codeOf))
  return all.filter((line) => codeOf(line) !== '' && items.has(codeOf(line)))
}

async function ask(place: Place, lines: readonly Line[], signal: AbortSignal): Promise<void> {
  const rows = lines.map(rowOf)
  const { items } = await get('/api/sales/desk-lines', {
    query: {
      customer: place.customer,
      warehouse: place.warehouse,
      ...(place.shipTo === '' ? {} : { shipTo: place.shipTo }),
      ...(place.requestedOn === '' ? {} : { requestedOn: place.requestedOn }),
      lines: rows.join('\n'),
    },
    signal,
  })
  const next = new Map(answers.get())
  for (const answer of items) {
    const line = lines[answer.at]
    if (line) next.set(line.key, { asked: `${JSON.stringify(place)}\n${rows[answer.at]}`, answer })
  }
  answers.set(next)
  trouble.set(undefined)
}

/** Keeps the answers in step with the draft. A question that was overtaken is given up, and its answer is not taken. */
export function useAskLines(draft: Draft): void {
  const running = useRef<AbortController>(undefined)
  const latest = useRef(draft)
  latest.current = draft
  const place = JSON.stringify(placeOf(draft))
  const text = draft.lines.map(rowOf).join('\n')
  useEffect(() => {
    const now = latest.current
    if (!now.customer || now.warehouse === '' || text === '') return
    const known = answers.get()
    const stale = now.lines.filter(
      (line) => codeOf(line) !== '' && known.get(line.key)?.asked !== `${place}\n${rowOf(line)}`,
    )
    if (stale.length === 0) return
    const timer = setTimeout(
      async () => {
        running.current?.abort()
        const control = new AbortController()
        running.current = control
        const wanted = withSiblings(stale, now.lines)
        try {
          for (let from = 0; from < wanted.length; from += PART)
            await ask(placeOf(now), wanted.slice(from, from + PART), control.signal)
        } catch (error) {
          if (!(error instanceof DOMException)) trouble.set(asProblem(error))
        } finally {
          if (running.current === control) running.current = undefined
        }
        // A first key is asked about at once; only who types on while an answer is awaited makes it wait.
      },
      running.current ? REST : 0,
    )
    return () => clearTimeout(timer)
  }, [place, text])
  useEffect(() => () => running.current?.abort(), [])
}

export const useAnswers = () => useStore(answers)

/** Answers of lines that are no longer there are forgotten. */
export function forgetAnswers(): void {
  answers.set(new Map())
  trouble.set(undefined)
}
