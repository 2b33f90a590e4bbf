// What governance has decided about the rollout itself: seats, decision rights, gates and their thresholds, read once from its file.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Static, type TProperties, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { readYaml } from '#kernel/yaml'
import { refuse } from './refusals.ts'

const text = Type.String({ minLength: 1 })
const count = Type.Integer({ minimum: 0 })
const decimal = Type.String({ pattern: '^-?\\d+(\\.\\d+)?$' })
const control = Type.Union([Type.Literal('locked'), Type.Literal('default'), Type.Literal('local-choice')])
const list = <P extends TProperties>(properties: P) =>
  Type.Array(Type.Object({ control, owner: text, ...properties }), { minItems: 1 })

const shape = Type.Object({
  seats: list({ seat: text, area: Type.Optional(text), name: text, council: text, mandatory: Type.Boolean() }),
  'decision-rights': list({
    decision: text,
    decides: text,
    consulted: Type.Array(text),
    informed: Type.Array(text),
    'answer-days': count,
  }),
  'change-classes': list({ class: text, name: text, decides: text, evidence: Type.Array(text) }),
  'change-rights': list({ kinds: Type.Array(text, { minItems: 1 }), matter: text, area: Type.Optional(text) }),
  'code-maps': list({ kind: text, of: text, area: text, columns: Type.Array(text) }),
  'source-objects': list({
    object: text,
    area: text,
    key: Type.Array(text, { minItems: 1 }),
    required: Type.Array(text),
    numbers: Type.Array(text),
    codes: Type.Array(Type.Object({ column: text, kind: text })),
  }),
  reviews: list({
    review: text,
    name: text,
    every: Type.Union([Type.Literal('work-day'), Type.Literal('week'), Type.Literal('month'), Type.Literal('quarter')]),
    day: Type.Integer({ minimum: 1, maximum: 28 }),
    stages: Type.Array(text, { minItems: 1 }),
    seat: text,
    pack: text,
  }),
  risks: list({
    risk: text,
    title: text,
    seat: text,
    probability: Type.Integer({ minimum: 1, maximum: 5 }),
    impact: Type.Integer({ minimum: 1, maximum: 5 }),
    metric: text,
    trigger: decimal,
    response: text,
  }),
  evidence: list({ kind: text, name: text, unit: text, signs: text, 'valid-days': count }),
  gates: list({
    gate: text,
    name: text,
    from: text,
    to: text,
    override: text,
    'valid-days': count,
    criteria: Type.Array(
      Type.Object({
        criterion: text,
        threshold: decimal,
        critical: Type.Optional(Type.Boolean()),
        unless: Type.Optional(text),
      }),
      { minItems: 1 },
    ),
  }),
  upgrades: list({ upgrade: text, 'versions-behind': count }),
  functions: list({ function: text, name: text }),
  questions: list({ question: text, area: text, text }),
})

type File = Static<typeof shape>
export type SeatRule = File['seats'][number]
export type DecisionRight = File['decision-rights'][number]
export type Gate = File['gates'][number]
export type CriterionRule = Gate['criteria'][number]
export type CodeMap = File['code-maps'][number]
export type SourceObject = File['source-objects'][number]
export type ReviewRule = File['reviews'][number]
export type EvidenceRule = File['evidence'][number]

/** The file, and the fingerprint of exactly this content (SHA-256, hexadecimal). */
export type Policy = File & { readonly fingerprint: string }

const FILE = fileURLToPath(new URL('../../../template/governance.yaml', import.meta.url))

/** Reads a governance file. Refuses GOVERNANCE_INVALID, naming the place, when it has another shape or names an unknown seat. */
export function parsePolicy(content: string): Policy {
  const value: unknown = readYaml(content)
  if (!Value.Check(shape, value)) {
    const wrong = Value.Errors(shape, value).First()
    return refuse('GOVERNANCE_INVALID', {
      problem: `${wrong?.path || 'the whole'}: ${wrong?.message ?? 'another shape'}`,
    })
  }
  const known = new Set(value.seats.flatMap((one) => [one.seat, seatKey(one)]))
  const named = [
    ...value['decision-rights'].flatMap((one) => [one.decides, ...one.consulted, ...one.informed]),
    ...value['change-classes'].map((one) => one.decides).filter((one) => one !== BY_MATTER),
    ...value.risks.map((one) => one.seat),
    ...value.evidence.map((one) => one.signs),
    ...value.reviews.map((one) => one.seat),
  ]
  const unknown = named.find((one) => !known.has(one))
  if (unknown) refuse('GOVERNANCE_INVALID', { problem: `${unknown} is no seat` })
  return { ...value, fingerprint: createHash('sha256').update(content).digest('hex') }
}

let kept: Policy | undefined

/** The governance of the product's template. */
export function policy(): Policy {
  kept ??= parsePolicy(readFileSync(FILE, 'utf8'))
  return kept
}

/** A class of change that is decided by whoever decides on its matter. */
export const BY_MATTER = 'by-matter'

/** A seat by its one name: those of a family have their area in it, such as 'data-owner-price'. */
export const seatKey = ({ seat, area }: { seat: string; area?: string | undefined }): string =>
  area ? `${seat}-${area}` : seat

/** The seat of that name. Refuses SEAT_UNKNOWN. */
export const seatRule = (key: string, given: Policy = policy()): SeatRule =>
  given.seats.find((one) => seatKey(one) === key) ??
  refuse('SEAT_UNKNOWN', { seat: key, known: given.seats.map(seatKey).join(', ') })

/** A seat, or that seat of a family that has the area. Refuses AREA_NEEDED when a family is meant and the area is missing or none of its. */
export function seatFor(seat: string, area: string | undefined, given: Policy = policy()): SeatRule {
  const family = given.seats.filter((one) => one.seat === seat && one.area !== undefined)
  if (family.length === 0) return seatRule(seat, given)
  return (
    family.find((one) => one.area === area) ??
    refuse('AREA_NEEDED', { seat: seat.replace('-', ' '), areas: family.map((one) => one.area).join(', ') })
  )
}

/** Who decides on a kind of matter. Refuses DECISION_UNKNOWN. */
export const rightFor = (decision: string, given: Policy = policy()): DecisionRight =>
  given['decision-rights'].find((one) => one.decision === decision) ??
  refuse('DECISION_UNKNOWN', { kind: decision, known: given['decision-rights'].map((one) => one.decision).join(', ') })
