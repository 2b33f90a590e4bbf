// What a gate run keeps of each criterion, read out of its JSON, and the words and marks by which a person reads it.
import type { components } from '../../generated/api.ts'
import { percent, quantity } from '../../i18n/format.ts'
import { choiceWord, counted, type Key, type Language, t } from '../../i18n/index.ts'
import type { Mood } from '../../parts/state-badge.tsx'
import { membersOf } from '../rollout/value.tsx'

export type GateRow = components['schemas']['rollout.gates.row']

export type Criterion = {
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly compare: string
  readonly threshold: string
  readonly critical: boolean
  readonly value: string | null
  readonly verdict: string
  /** Empty where nothing is kept. */
  readonly hash: string
  readonly numbers: readonly (readonly [string, string])[]
  readonly records: readonly string[]
  readonly accepted: readonly string[]
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

/** The criteria of a run in their order; none when nothing was evaluated. */
export function criteriaOf(stored: unknown): readonly Criterion[] {
  if (!Array.isArray(stored)) return []
  return stored.map((one: unknown) => {
    const given = Object.fromEntries(membersOf(one))
    const evidence = Object.fromEntries(membersOf(given.evidence))
    return {
      id: text(given.id),
      title: text(given.title),
      unit: text(given.unit),
      compare: text(given.compare),
      threshold: text(given.threshold),
      critical: given.critical !== false,
      value: typeof given.value === 'string' ? given.value : null,
      verdict: text(given.verdict),
      hash: text(given.hash),
      numbers: membersOf(evidence.numbers).map(([name, value]) => [name, text(value)] as const),
      records: texts(evidence.records),
      accepted: texts(evidence.accepted),
    }
  })
}

/** What a criterion is called: the server says it in English. */
export const criterionWord = (one: { id: string; title: string }, language: Language): string =>
  language === 'en' ? one.title : choiceWord(one.id)

/** A value in its unit. */
export const valueText = (value: string, unit: string): string =>
  unit === 'percent'
    ? `${percent(value)}`
    : unit === 'days'
      ? counted('governance.days', Number(value))
      : quantity(value)

/** 'at least 95 %'. */
export const thresholdText = (one: Criterion): string =>
  t(one.compare === 'at-least' ? 'governance.at-least' : 'governance.at-most', {
    value: valueText(one.threshold, one.unit),
  })

const GATES: Readonly<Record<string, Key>> = {
  ...{ G1: 'governance.gate-g1', G2: 'governance.gate-g2', G3: 'governance.gate-g3', G4: 'governance.gate-g4' },
  ...{ G5: 'governance.gate-g5', G6: 'governance.gate-g6', G7: 'governance.gate-g7', G8: 'governance.gate-g8' },
}

/** What a gate is called; one that governance added is called as it is there. */
export const gateWord = (gate: GateRow): string => {
  const key = GATES[gate.gate]
  return key ? t(key) : gate.name
}

/** A gate as it stands: passed, refused, overridden, opened, or not evaluated. */
export function standingOf(gate: GateRow): { state: string; mood: Mood; text: string } {
  if (gate.state === null) return { state: 'none', mood: 'idle', text: t('governance.not-evaluated') }
  if (gate.state === 'opened') return { state: 'opened', mood: 'over', text: t('governance.opened') }
  if (gate.fresh === false) return { state: 'stale', mood: 'idle', text: t('governance.stale') }
  if (gate.state === 'overridden') return { state: 'overridden', mood: 'wait', text: t('governance.overridden') }
  return gate.state === 'passed'
    ? { state: 'passed', mood: 'good', text: t('governance.go') }
    : { state: 'refused', mood: 'bad', text: t('governance.no-go') }
}
