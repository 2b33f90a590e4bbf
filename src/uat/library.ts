// The scenarios of the template as acceptance tells them: in words, with their roles, channels and exceptions.
import { createHash } from 'node:crypto'
import { stringify } from 'yaml'
import type { TemplateFiles } from '../rollout/template/template-object.ts'
import type { UatScenario, UatStep } from '../rollout/uat/part.ts'
import { type Listed, scenariosOf } from '../scenario/library.ts'
import type { Step } from '../scenario/shape.ts'
import { titleOf } from '../scenario/title.ts'

const kept = new Map<string, readonly UatScenario[]>()
const KEPT_MOST = 8

/** The library of a release, or the one that comes with the product; each is read once. Refuses SCENARIO_FILE_INVALID. */
export function uatScenarios(files: TemplateFiles = {}): readonly UatScenario[] {
  const hash = createHash('sha256')
  for (const [file, text] of Object.entries(files)) if (file.startsWith('scenarios/')) hash.update(`${file}\n${text}\n`)
  const name = hash.digest('hex')
  const known = kept.get(name)
  if (known) return known
  const read = scenariosOf(files).map(scenarioOf)
  if (kept.size >= KEPT_MOST) kept.clear()
  kept.set(name, read)
  return read
}

/** One scenario in words. Channels beside 'inside' are those that its steps name. */
export function scenarioOf(one: Listed): UatScenario {
  const before = one.before ?? []
  const all = [...before, ...one.steps]
  const flat = all.flatMap((step) => [step, ...(step.parallel ?? [])])
  return {
    id: one.id,
    title: one.title,
    process: one.family,
    given: one.given ?? '',
    critical: one.critical ?? false,
    marks: one.marks ?? [],
    roles: sorted(flat.flatMap((step) => (step.as === undefined ? [] : [step.as.split(' ')[0] ?? '']))),
    channels: sorted(['inside', ...flat.flatMap(({ with: given }) => channelOf(given))]),
    exceptions: sorted(
      flat.flatMap((step) => [...(step.refused === undefined ? [] : [step.refused]), ...holdsOf(step)]),
    ),
    needs: one.needs ?? [],
    steps: all.map((step, at) => inWords(step, at + 1, at < before.length)),
  }
}

const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort()

const channelOf = (given: unknown): readonly string[] =>
  typeof given === 'object' && given !== null && 'channel' in given ? [String(given.channel)] : []

const holdsOf = (step: Step): readonly string[] =>
  Object.values(step.then?.holds ?? {}).flatMap((kinds) => kinds.map((kind) => `hold: ${kind}`))

function inWords(step: Step, number: number, before: boolean): UatStep {
  const title = titleOf(step)
  const who = step.as ?? ''
  const parts = step.parallel?.map((one) => titleOf(one)) ?? []
  const given = step.each ?? step.with ?? (parts.length > 0 ? parts : undefined)
  return {
    step: number,
    before,
    who,
    what: [
      who !== '' && title.startsWith(who) ? title.slice(who.length).trim() : title,
      step.reason && `(${step.reason})`,
    ]
      .filter(Boolean)
      .join(' '),
    values: given === undefined ? '' : stringify(given).trim(),
    expects: expectationsOf(step),
  }
}

function expectationsOf(step: Step): readonly string[] {
  const { then } = step
  const lines = (values: Readonly<Record<string, unknown>> | undefined, word: string) =>
    Object.entries(values ?? {}).map(([at, value]) => `${word} ${at}: ${plain(value)}`)
  return [
    ...(step.refused === undefined ? [] : [`refused: ${step.refused}`]),
    ...(step.answers === undefined ? [] : [`answer: ${plain(step.answers)}`]),
    ...(step.count === undefined ? [] : [`rows: ${step.count}`]),
    ...(step.rows ?? []).map((row) => `row: ${plain(row)}`),
    ...lines(then?.stock, 'stock'),
    ...(then?.ledger === undefined ? [] : [`ledger: ${then.ledger}`]),
    ...lines(then?.documents, 'document'),
    ...lines(then?.holds, 'holds'),
  ]
}

/** A value as people read it: without the marks of a programming language. */
const plain = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : JSON.stringify(value)
        .replaceAll('"', '')
        .replace(/^[{[]|[}\]]$/g, '')
        .replaceAll(',', ', ')
