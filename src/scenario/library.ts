// The scenario library as it stands in the template: files of scenarios, read strictly, each id once.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Value } from '@sinclair/typebox/value'
import { parse } from 'yaml'
import { refuse } from './refusals.ts'
import { fileShape, type Scenario } from './shape.ts'

/** The scenarios that come with the product's template. */
export const SCENARIOS = fileURLToPath(new URL('../../template/scenarios/', import.meta.url))

export type Listed = Scenario & { readonly family: string }

/** Every scenario of the folder, in the order of files and of each file. Refuses SCENARIO_FILE_INVALID. */
export function readScenarios(folder: string = SCENARIOS): readonly Listed[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
  const all = files.flatMap((file) => readFile(folder, file))
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

function readFile(folder: string, file: string): readonly Listed[] {
  const value = parsed(folder, file)
  if (Value.Check(fileShape, value)) return value.scenarios.map((one) => ({ ...one, family: value.family }))
  const wrong = Value.Errors(fileShape, value).First()
  return refuse('SCENARIO_FILE_INVALID', {
    file,
    problem: `${wrong?.path || 'the whole'}: ${wrong?.message ?? 'another shape'} (${JSON.stringify(wrong?.value)})`,
  })
}

function parsed(folder: string, file: string): unknown {
  try {
    return parse(readFileSync(join(folder, file), 'utf8'))
  } catch (error) {
    return refuse('SCENARIO_FILE_INVALID', { file, problem: error instanceof Error ? error.message : String(error) })
  }
}
