// The questions by which every extension is challenged, read from the template; the score is exact and shows its parts (EXT-06).
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Static, type TProperties, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { readYaml } from '#kernel/yaml'
import { type SeatRule, seatRule } from '../governance/policy.ts'
import { refuse } from './refusals.ts'

const text = Type.String({ minLength: 1 })
const list = <P extends TProperties>(properties: P, most: number) =>
  Type.Array(Type.Object({ control: text, owner: text, ...properties }), { minItems: 1, maxItems: most })

const shape = Type.Object({
  rules: list(
    {
      rule: Type.Literal('challenge'),
      threshold: Type.Integer({ minimum: 0, maximum: 100 }),
      reviews: text,
      approves: text,
      'approves-below': text,
    },
    1,
  ),
  questions: list(
    {
      question: text,
      text,
      weight: Type.Integer({ minimum: 1, maximum: 100 }),
      answers: Type.Array(Type.Object({ answer: text, text, points: Type.Integer({ minimum: 0, maximum: 100 }) }), {
        minItems: 2,
      }),
    },
    50,
  ),
})

type Question = Static<typeof shape>['questions'][number]

/** The checklist, its seats, and the fingerprint of exactly this content (SHA-256, hexadecimal). */
export type Checklist = {
  readonly threshold: number
  readonly reviews: SeatRule
  readonly approves: SeatRule
  readonly approvesBelow: SeatRule
  readonly questions: readonly Question[]
  readonly fingerprint: string
}

/** What the best answers come to, so that a score reads as points of a hundred. */
export const MOST = 100

const FILE = fileURLToPath(new URL('../../../template/extension-challenge.yaml', import.meta.url))

/** Reads a checklist. Refuses CHALLENGE_INVALID for another shape, a name that is there twice, or best answers that do not come to a hundred; and SEAT_UNKNOWN. */
export function parseChecklist(content: string): Checklist {
  const value: unknown = readYaml(content)
  if (!Value.Check(shape, value)) {
    const wrong = Value.Errors(shape, value).First()
    const problem = `${wrong?.path || 'the whole'}: ${wrong?.message ?? 'another shape'}`
    return refuse('CHALLENGE_INVALID', { problem })
  }
  const { questions } = value
  const twice = [
    questions.map((one) => one.question),
    ...questions.map((one) => one.answers.map((each) => each.answer)),
  ]
    .flatMap((names) => names.filter((name, at) => names.indexOf(name) !== at))
    .at(0)
  if (twice !== undefined) refuse('CHALLENGE_INVALID', { problem: `${twice} is there twice` })
  const best = questions.reduce((sum, one) => sum + one.weight * Math.max(...one.answers.map((each) => each.points)), 0)
  if (best !== MOST)
    refuse('CHALLENGE_INVALID', { problem: `the best answers come to ${best} points and not to ${MOST}` })
  const [rule] = value.rules
  if (!rule) return refuse('CHALLENGE_INVALID', { problem: 'it has no rule' })
  return {
    threshold: rule.threshold,
    reviews: seatRule(rule.reviews),
    approves: seatRule(rule.approves),
    approvesBelow: seatRule(rule['approves-below']),
    questions,
    fingerprint: createHash('sha256').update(content).digest('hex'),
  }
}

let kept: Checklist | undefined

/** The checklist of the product's template. */
export function checklist(): Checklist {
  kept ??= parseChecklist(readFileSync(FILE, 'utf8'))
  return kept
}

/** One question with its answer; `score` is weight x points. */
export type Part = {
  readonly question: string
  readonly answer: string
  readonly weight: number
  readonly points: number
  readonly score: number
}

/** A score with the parts that it is the sum of, in the order of the questions. */
export type Scored = { readonly score: number; readonly parts: readonly Part[] }

/** Scores answers, by question. Whole numbers throughout. Refuses CHALLENGE_ANSWERS when one is missing, unknown or too many. */
export function scoreOf(answers: Readonly<Record<string, string>>, given: Checklist = checklist()): Scored {
  const names = given.questions.map((one) => one.question)
  const refused = (problem: string) => refuse('CHALLENGE_ANSWERS', { questions: names.join(', '), problem })
  const extra = Object.keys(answers).find((one) => !names.includes(one))
  if (extra !== undefined) refused(`${extra} is not asked`)
  const parts = given.questions.map(({ question, weight, answers: possible }): Part => {
    const found = possible.find((one) => one.answer === answers[question])
    if (!found) return refused(`${question} takes ${possible.map((one) => one.answer).join(', ')}`)
    return { question, answer: found.answer, weight, points: found.points, score: weight * found.points }
  })
  return { parts, score: parts.reduce((sum, one) => sum + one.score, 0) }
}

/** The answers out of which stored parts were made. */
export const answersOf = (parts: readonly Pick<Part, 'question' | 'answer'>[]): Readonly<Record<string, string>> =>
  Object.fromEntries(parts.map((one) => [one.question, one.answer]))
