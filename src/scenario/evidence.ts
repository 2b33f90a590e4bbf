// What a scenario leaves behind as evidence: who sent what and what came back, what was expected and what was there, and when.
import { fieldOf } from './compare.ts'

/** One request of a step. Long bodies are cut: `sent` and `answered` then are the beginning of their text. */
export type AskedEvidence = {
  readonly as: string
  readonly company: string
  readonly path: string
  readonly sent: unknown
  readonly status: number
  readonly answered: unknown
}

/** One comparison: of stock, of the ledger, of a document, of its holds. */
export type ComparedEvidence = {
  readonly place: string
  readonly expected: unknown
  readonly actual: unknown
  ok: boolean
}

/** One step. `at` is the scenario's own clock, in UTC; `more` counts requests beyond those that are kept. */
export type StepEvidence = {
  readonly step: number
  readonly title: string
  readonly before: boolean
  readonly at: string
  readonly asked: readonly AskedEvidence[]
  readonly more: number
  readonly compared: readonly ComparedEvidence[]
  readonly failure: string | null
  readonly milliseconds: number
}

/** Takes notes of a scenario while it is played. */
export type Notebook = {
  open(step: { step: number; title: string; before: boolean; at: Date }): void
  asked(one: AskedEvidence): void
  /** Notes a comparison, makes it, and notes how it came out. */
  compare(place: string, actual: unknown, expected: unknown, check: () => void): void
  close(failure: string | null): void
  readonly steps: readonly StepEvidence[]
}

/** Requests of one step that are kept; a crowd sends hundreds that are alike. */
const ASKED_MOST = 5
/** Characters of a body that are kept. */
const BODY_MOST = 2_000

/** A notebook with nothing in it. */
export function notebook(): Notebook {
  const steps: StepEvidence[] = []
  let now: Parameters<Notebook['open']>[0] | undefined
  let started = 0
  let more = 0
  let asked: AskedEvidence[] = []
  let compared: ComparedEvidence[] = []
  return {
    steps,
    open(step) {
      now = step
      started = performance.now()
      more = 0
      asked = []
      compared = []
    },
    asked(one) {
      if (asked.length < ASKED_MOST) asked.push({ ...one, sent: cut(one.sent), answered: cut(one.answered) })
      else more++
    },
    compare(place, actual, expected, check) {
      const one: ComparedEvidence = { place, expected: cut(expected), actual: cut(named(actual, expected)), ok: false }
      compared.push(one)
      check()
      one.ok = true
    },
    close(failure) {
      if (!now) return
      const { step, title, before, at } = now
      const milliseconds = Math.trunc(performance.now() - started)
      steps.push({ step, title, before, at: at.toISOString(), asked, more, compared, failure, milliseconds })
      now = undefined
    },
  }
}

function cut(value: unknown): unknown {
  const text = JSON.stringify(value)
  return text === undefined ? null : text.length > BODY_MOST ? `${text.slice(0, BODY_MOST)}…` : value
}

/** Of an object only the fields that are compared: the rest of a document says nothing about the step. */
function named(actual: unknown, expected: unknown): unknown {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return actual
  return Object.fromEntries(Object.entries(expected).map(([key, one]) => [key, named(fieldOf(actual, key), one)]))
}
