// The scenario library as it stands in the template: files of scenarios, read strictly, each id once.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Value } from '@sinclair/typebox/value'
import { parse } from 'yaml'
import { Refusal } from '#kernel/refusal'
import { refuse } from './refusals.ts'
import { fileShape, type Scenario } from './shape.ts'

/** The scenarios that come with the product's template. */
export const SCENARIOS = fileURLToPath(new URL('../../template/scenarios/', import.meta.url))

export type Listed = Scenario & { readonly family: string }

/** Every scenario of the folder, in the order of files and of each file. Refuses SCENARIO_FILE_INVALID. */
export function readScenarios(folder: string = SCENARIOS): readonly Listed[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
  return scenariosIn(Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')])))
}

const PART = 'scenarios/'

type Texts = Readonly<Record<string, string>>

/** Of the files of a template those that tell scenarios, by their names without the folder. */
const tellingIn = (files: Texts): Texts =>
  Object.fromEntries(
    Object.entries(files).flatMap(([file, text]) => (file.startsWith(PART) ? [[file.slice(PART.length), text]] : [])),
  )

/**
 * The scenarios of a release. Early releases were published without any: those are judged by the library that comes with
 * the product. Refuses SCENARIO_FILE_INVALID.
 */
export function scenariosOf(files: Texts): readonly Listed[] {
  const telling = tellingIn(files)
  return Object.keys(telling).length > 0 ? scenariosIn(telling) : readScenarios()
}

/** Why the scenarios of a template cannot be read; empty when they can. */
export function scenarioProblems(files: Texts): readonly { file: string; place: string; problem: string }[] {
  try {
    scenariosIn(tellingIn(files))
    return []
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { file, problem } = error.detail
    return [{ file: `${PART}${String(file)}`, place: 'scenarios', problem: String(problem) }]
  }
}

/** The scenarios of these texts, in the order of files and of each file. Refuses SCENARIO_FILE_INVALID. */
function scenariosIn(texts: Texts): readonly Listed[] {
  const all = Object.keys(texts)
    .sort()
    .flatMap((file) => readFile(file, texts[file] ?? ''))
  const seen = new Map<string, string>()
  for (const { id, family } of all) {
    const where = seen.get(id)
    if (where !== undefined)
      refuse('SCENARIO_FILE_INVALID', { file: family, problem: `${id} is written in ${where} too` })
    seen.set(id, family)
  }
  return all
}

/** Those named, in the order of the library; all of them when none is. Refuses SCENARIO_UNKNOWN. */
export function chooseScenarios(all: readonly Listed[], ids: readonly string[]): readonly Listed[] {
  const unknown = ids.find((id) => !all.some((one) => one.id === id))
  if (unknown !== undefined) refuse('SCENARIO_UNKNOWN', { id: unknown })
  return ids.length === 0 ? all : all.filter((one) => ids.includes(one.id))
}

function readFile(file: string, text: string): readonly Listed[] {
  const value = parsed(file, text)
  if (Value.Check(fileShape, value)) return value.scenarios.map((one) => ({ ...one, family: value.family }))
  const wrong = Value.Errors(fileShape, value).First()
  return refuse('SCENARIO_FILE_INVALID', {
    file,
    problem: `${wrong?.path || 'the whole'}: ${wrong?.message ?? 'another shape'} (${JSON.stringify(wrong?.value)})`,
  })
}

function parsed(file: string, text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    return refuse('SCENARIO_FILE_INVALID', { file, problem: error instanceof Error ? error.message : String(error) })
  }
}
