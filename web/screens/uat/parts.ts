// What the acceptance screen reads, in the shapes that the server writes: results' evidence, differences and steps.
import type { components } from '../../generated/api.ts'
import { type Key, t } from '../../i18n/index.ts'

export type Run = components['schemas']['rollout.uat-runs.row']
export type Result = components['schemas']['rollout.uat-results.row']
export type Scenario = components['schemas']['rollout.uat-steps.row']

export type Compared = { place: string; expected: unknown; actual: unknown; ok: boolean }
export type Asked = { as: string; path: string; sent: unknown; status: number; answered: unknown }
/** A step as the machine or a person left it: people leave a verdict with a note, the machine what it sent and found. */
export type Step = {
  step: number
  title: string
  before: boolean
  at: string
  failure: string | null
  asked?: readonly Asked[]
  more?: number
  compared?: readonly Compared[]
  by?: string
  verdict?: string
  note?: string
}
export type Difference = {
  kind: string
  label: string
  key: string
  field: string | null
  what: 'changed' | 'added' | 'missing'
  template: unknown
  live: unknown
  standing: 'drift' | 'allowed' | 'planned'
  by: string | null
}
export type WalkStep = {
  step: number
  before: boolean
  who: string
  what: string
  values: string
  expects: readonly string[]
}

const listOf = (value: unknown): readonly object[] =>
  Array.isArray(value) ? value.filter((one): one is object => typeof one === 'object' && one !== null) : []

// The server writes whole objects of these shapes, or none; one member of each is looked at.
export const stepsOf = (value: unknown): readonly Step[] => listOf(value).filter((one): one is Step => 'step' in one)
export const differencesOf = (value: unknown): readonly Difference[] =>
  listOf(value).filter((one): one is Difference => 'standing' in one)
export const walkStepsOf = (value: unknown): readonly WalkStep[] =>
  listOf(value).filter((one): one is WalkStep => 'expects' in one)
export const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

const RISKS: Readonly<Record<string, Key>> = {
  critical: 'uat.risk-critical',
  normal: 'uat.risk-normal',
  separation: 'uat.mark-separation',
  throughput: 'uat.mark-throughput',
  reports: 'uat.mark-reports',
}

/** What a scenario tests beside its process, in words. */
export const riskWord = (risk: string): string => {
  const key = RISKS[risk]
  return key ? t(key) : risk
}

/** A value as people read it. */
export const shown = (value: unknown): string =>
  value === null || value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value, null, 1)

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null

/** Named values in a row: 'hand 100, reserved 0'; what has more inside as it is. */
export const inWords = (value: unknown): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isPlain)
    ? Object.entries(value)
        .map(([name, one]) => `${name} ${shown(one)}`)
        .join(', ')
    : shown(value)
