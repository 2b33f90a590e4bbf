// Quality targets are tests: each names one that is there, and those with a limit of their own are read by it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { checkTemplate, parseTemplate, readTemplateFiles } from '../../src/setup/index.ts'
import { limitOf } from '../support/targets.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FILES = readTemplateFiles()
const template = { folder: '', ...parseTemplate(FILES) }
const all = template.targets?.targets ?? []

type Target = (typeof all)[number]

/** What is wrong with how a target is proved; nothing when its test is there, and reads its limit where it has one. */
function unproven({ target, scenario, 'at-most': limit, 'proven-by': by }: Target): readonly string[] {
  const path = join(ROOT, by.file)
  if (!existsSync(path)) return [`there is no ${by.file}`]
  const text = readFileSync(path, 'utf8')
  const reads = scenario !== undefined || limit === '0' || text.includes(`limitOf('${target}')`)
  return [
    ...(text.includes(`'${by.title}'`) ? [] : [`${by.file} has no test "${by.title}"`]),
    ...(reads ? [] : [`${by.file} does not read its limit`]),
  ]
}

describe('BLU-02 what the product must withstand is stated as tests', () => {
  test('BLU-02 performance, audit, resilience, recovery point and recovery time each have a target', () => {
    const kinds = ['audit', 'performance', 'recovery-point', 'recovery-time', 'resilience']
    expect([...new Set(all.map((one) => one.kind))].sort()).toEqual(kinds)
  })

  test.each(all.map((one) => [one.target, one] as const))('BLU-02 %s is the limit of a test that runs', (_, target) => {
    expect(unproven(target)).toEqual([])
  })

  test('BLU-02 a target without a test, with another title, or with a limit that its test does not read, is found (control)', () => {
    const found = all.find((one) => one.target === 'recovery-time')
    if (!found) throw new Error('the template states a recovery time')
    const by = found['proven-by']
    expect(unproven({ ...found, 'proven-by': { ...by, file: 'tests/none.test.ts' } })).toEqual([
      'there is no tests/none.test.ts',
    ])
    expect(unproven({ ...found, 'proven-by': { ...by, title: 'F2: nothing happens' } })).toHaveLength(1)
    expect(unproven({ ...found, target: 'recovery-of-time' })).toEqual([`${by.file} does not read its limit`])
    expect(() => limitOf('recovery-of-time')).toThrow(/no quality target/)
    expect(limitOf('recovery-time')).toBe(30_000)
  })

  test('BLU-02 a limit that a scenario tests is the scenario’s own', () => {
    const problems = (from: string, to: string, file: string) => {
      const text = FILES[file] ?? ''
      if (!text.includes(from)) throw new Error(`${file} does not say ${from}`)
      return checkTemplate({ folder: '', ...parseTemplate({ ...FILES, [file]: text.replace(from, to) }) }).map(
        (one) => `${one.place}: ${one.problem}`,
      )
    }
    const FILE = 'quality-targets.yaml'
    expect(checkTemplate(template)).toEqual([])
    expect(
      problems(
        "at-most: '5000'\n    unit: milliseconds\n    scenario",
        "at-most: '4000'\n    unit: milliseconds\n    scenario",
        FILE,
      ),
    ).toEqual(['confirm-thousand-lines: scenario T-Q2C-03 allows 5000, 5000, 5000 and not 4000'])
    expect(problems('within: 5000', 'within: 9000', 'scenarios/f1-quote-to-cash-changes.yaml')).toHaveLength(1)
    expect(problems('scenario: T-Q2C-03', 'scenario: T-Q2C-99', FILE)).toEqual([
      'confirm-thousand-lines: there is no scenario T-Q2C-99',
    ])
    expect(problems('scenario: T-Q2C-03', 'scenario: T-Q2C-02', FILE)).toHaveLength(1)
    expect(problems('target: oversold', 'target: done-twice', FILE)).toEqual(['done-twice: it is there twice'])
  })
})
