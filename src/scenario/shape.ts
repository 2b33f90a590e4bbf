// The shape of a scenario: who does what, in which order, and what stock, books and documents say afterwards.
import { type Static, type TObject, type TProperties, Type } from '@sinclair/typebox'

const closed = <P extends TProperties>(properties: P): TObject<P> =>
  Type.Object(properties, { additionalProperties: false })
const optional = Type.Optional
const anything = Type.Unknown()
const fields = Type.Record(Type.String(), anything)
const several = Type.Union([Type.String(), Type.Array(Type.String())])

/**
 * What must hold after a step. `stock` by 'WAREHOUSE ITEM': what is on hand in the building and what of it is promised.
 * `ledger` is every journal line since the last look, summed by account, as in 'Dr1160 100 Cr1200 100', or 'none'.
 * `documents` by reference: fields that must read so; `holds` by reference: the kinds of its open holds.
 */
export const thenShape = closed({
  stock: optional(
    Type.Record(
      Type.String({ pattern: '^\\S+ \\S+$' }),
      closed({ hand: optional(Type.String()), reserved: optional(Type.String()) }),
    ),
  ),
  ledger: optional(Type.String()),
  ledgerOf: optional(Type.String()),
  documents: optional(Type.Record(Type.String({ pattern: '^\\$' }), fields)),
  holds: optional(Type.Record(Type.String({ pattern: '^\\$' }), Type.Array(Type.String()))),
})

const common = {
  /** A role of the template; 'role 2' is a second person of that role. */
  as: optional(Type.String()),
  company: optional(Type.String()),
  /** Why this step is there, for whoever reads. */
  note: optional(Type.String()),
  /** The refusal that must come, by its code; nothing may have changed then. */
  refused: optional(Type.String()),
  // biome-ignore lint/suspicious/noThenProperty: a step is data that nobody awaits, and people read given, when, then.
  then: optional(thenShape),
}

/** A verb over HTTP, or several one after the other. `to` names the documents it is done to; without it, the verb creates one from `with` (or several from `each`). */
const doing = {
  ...common,
  do: optional(several),
  to: optional(several),
  with: optional(fields),
  each: optional(Type.Array(anything)),
  reason: optional(Type.String()),
  name: optional(Type.String()),
  /** So many times, each with a key of its own; in `parallel`, all at once. */
  times: optional(Type.Integer({ minimum: 2, maximum: 1000 })),
  /** Sends the same request with the same key once more; the answer must be the same. */
  twice: optional(Type.Boolean()),
  preview: optional(Type.Boolean()),
  /** Fields of the answer that must read so. */
  answers: optional(anything),
  /** No longer than this, in milliseconds, for each of them. */
  within: optional(Type.Integer({ minimum: 1 })),
}

const asking = {
  /** A question of the product, or with `list` the list of a document; `rows` are compared with the first ones. */
  ask: optional(Type.String()),
  list: optional(Type.String()),
  rows: optional(Type.Array(fields)),
  count: optional(Type.Integer({ minimum: 0 })),
  /** A column in which no value comes twice. */
  distinct: optional(Type.String()),
}

const otherwise = {
  /** Reads one document. */
  open: optional(Type.String({ pattern: '^\\$' })),
  /** Approves (or with `decision: rejected` turns down) what waits for the role about this document. */
  approve: optional(Type.String()),
  decision: optional(Type.Union([Type.Literal('approved'), Type.Literal('rejected')])),
  /** Moves the clock: '3 days', '49 hours'. */
  wait: optional(Type.String({ pattern: '^\\d+ (days?|hours?|minutes?)$' })),
  /** Changes the books behind the product's back, to see that it is noticed. */
  plant: optional(Type.String()),
  /** Proves the books; `red` are exactly the invariants that must fail. */
  verify: optional(closed({ red: Type.Array(Type.String()) })),
}

const plainStep = closed({ ...doing, ...asking, ...otherwise })

export const stepShape = closed({ ...plainStep.properties, parallel: optional(Type.Array(plainStep)) })

const MARKS = ['separation', 'throughput', 'reports'] as const

export const scenarioShape = closed({
  id: Type.String({ pattern: '^T-[A-Z0-9]+-[A-Z0-9]+$' }),
  title: Type.String({ minLength: 3 }),
  /** A site is not accepted while this one is red. */
  critical: optional(Type.Boolean()),
  /** What it tests beside its process. */
  marks: optional(Type.Array(Type.Union(MARKS.map((one) => Type.Literal(one))))),
  /** Configuration without which it says nothing about a site, as 'KIND KEY'. */
  needs: optional(Type.Array(Type.String({ pattern: '^\\S+ \\S' }))),
  /** What differs from the world that every scenario starts in, in words. */
  given: optional(Type.String()),
  /** The instant at which it begins; Monday 2 March 2026, ten o'clock in New York, unless said. */
  start: optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' })),
  /** Steps that make it so; their effect on the books is not looked at. */
  before: optional(Type.Array(stepShape)),
  steps: Type.Array(stepShape, { minItems: 1 }),
})

export const fileShape = closed({ family: Type.String(), scenarios: Type.Array(scenarioShape, { minItems: 1 }) })

export type Then = Static<typeof thenShape>
export type Step = Static<typeof stepShape>
export type Scenario = Static<typeof scenarioShape>
