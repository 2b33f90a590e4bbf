// What acceptance computes without a database: relevance, coverage, differences taken back, and what a failure is down to.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Value } from '../../../src/rollout/configuration/object.ts'
import { coverageOf } from '../../../src/rollout/uat/coverage.ts'
import { type Difference, differencesOf, healed } from '../../../src/rollout/uat/differences.ts'
import { keptOf } from '../../../src/rollout/uat/library.ts'
import { relevantOf } from '../../../src/rollout/uat/run/start.ts'
import { chooseScenarios, readScenarios } from '../../../src/scenario/index.ts'
import { causesOf } from '../../../src/uat/causes.ts'
import { uatScenarios } from '../../../src/uat/library.ts'
import { changesFor } from '../../../src/uat/transplant.ts'
import { folderForThisFile } from '../../support/clean-up.ts'

const term = (key: string, days: Value) => ({ kind: 'party.term', key, fields: { code: key, days } })
const template = (key: string, days: Value) => ({
  ...term(key, days),
  control: 'locked' as const,
  owner: 'o',
  reason: '',
})
const gone = (key: string, standing: Difference['standing']): Difference => ({
  ...{ kind: 'party.term', label: 'Payment term', key, field: null, what: 'missing', template: null, live: null },
  ...{ standing, by: null },
})

describe('the library in words', () => {
  test('UAT-02 UAT-03 UAT-05 has critical scenarios, separation, throughput and reports among them, and steps that people can walk', () => {
    const all = uatScenarios()
    expect(all.filter((one) => one.critical).length).toBeGreaterThan(20)
    for (const mark of ['separation', 'throughput', 'reports'])
      expect(all.some((one) => one.marks.includes(mark))).toBe(true)
    const happy = all.find((one) => one.id === 'T-Q2C-01')
    expect(happy).toMatchObject({ process: 'Quote to cash', critical: true, channels: ['inside'] })
    expect(happy?.roles).toContain('warehouse-picker')
    const paid = happy?.steps.at(-1)
    expect(paid).toMatchObject({ who: 'accounts-receivable-clerk', what: expect.stringContaining('payment.receive') })
    expect(paid?.expects).toContain('ledger: Dr1300 220 Cr1100 220')
  })

  test('UAT-06 is counted by process, role, exception, channel and risk', () => {
    const some = uatScenarios()
      .filter((one) => ['T-Q2C-01', 'T-INV-S2', 'T-INV-S3'].includes(one.id))
      .map(keptOf)
    const rows = coverageOf(
      some,
      new Map([
        ['T-Q2C-01', 'passed'],
        ['T-INV-S2', 'failed'],
      ] as const),
    )
    const of = (dimension: string, value: string) =>
      rows.find((one) => one.dimension === dimension && one.value === value)
    expect(of('process', 'Quote to cash')).toMatchObject({ scenarios: 1, passed: 1, failed: 0, open: 0 })
    expect(of('role', 'stock-controller')).toMatchObject({ scenarios: 2, passed: 0, failed: 1, open: 1 })
    expect(of('exception', 'APPROVAL_NEEDED')?.scenarios).toBeGreaterThan(0)
    expect(of('risk', 'separation')).toMatchObject({ scenarios: 2 })
  })
})

test('a library that cannot be read says which file, and a scenario that is not there is refused', () => {
  const folder = folderForThisFile()
  writeFileSync(join(folder, 'one.yaml'), 'family: One\nscenarios: [{ id: T-X-1, title: Without steps }]')
  expect(() => readScenarios(folder)).toThrow(expect.objectContaining({ code: 'SCENARIO_FILE_INVALID' }))
  expect(() => chooseScenarios(readScenarios(), ['T-NOT-THERE'])).toThrow(
    expect.objectContaining({ code: 'SCENARIO_UNKNOWN' }),
  )
})

describe('what matters at a site', () => {
  const one = { ...uatScenarios()[0], id: 'T-X-1', roles: [], needs: ['party.term NET30'] } as ReturnType<
    typeof uatScenarios
  >[number]

  test('a scenario is left out when the site does without what it needs by leave, and played when nobody allowed that', () => {
    expect(relevantOf([one], [term('NET30', 30)], []).relevant).toEqual([one])
    expect(relevantOf([one], [], [gone('NET30', 'drift')]).relevant).toEqual([one])
    const without = relevantOf([one], [], [gone('NET30', 'allowed')])
    expect(without.relevant).toEqual([])
    expect(without.leftOut).toMatchObject([{ id: 'T-X-1', reason: 'the site does without party.term NET30' }])
  })

  test('differences say what was changed, added and taken away, and taken back there are none', () => {
    const desired = [template('A', 1), template('B', 2)]
    const live = [term('A', 9), term('C', 3)]
    const found = differencesOf(desired, live, [])
    expect(found.map((each) => [each.key, each.what, each.standing])).toEqual([
      ['A', 'changed', 'drift'],
      ['B', 'missing', 'drift'],
      ['C', 'added', 'allowed'],
    ])
    expect(differencesOf(desired, healed(live, found), [])).toEqual([])
  })
})

describe('the site in the world of scenarios', () => {
  test('what the template gives both the same becomes as it is at the site, and what differs by tax area or currency stays', () => {
    const changes = changesFor({
      site: [template('SAME', 1), template('OWN', 5), template('GONE', 1)],
      world: [template('SAME', 1), template('OWN', 7), template('GONE', 1)],
      live: [term('SAME', 9), term('OWN', 6), term('NEW', 3)],
      now: [term('SAME', 1), term('OWN', 7), term('GONE', 1), term('WORLD', 1)],
    })
    expect(changes.map((each) => [each.key, each.change, each.fields.days])).toEqual([
      ['GONE', 'end', 1],
      ['NEW', 'create', 3],
      ['SAME', 'update', 9],
    ])
  })
})

describe('what a red scenario is down to', () => {
  const all = Array.from({ length: 40 }, (_, at) => gone(`T${at}`, 'drift'))
  const needing = (...keys: string[]) => {
    let played = 0
    const green = async (without: readonly Difference[]) => {
      played++
      return keys.every((key) => without.some((each) => each.key === key))
    }
    return { green, played: () => played }
  }

  test('one cause among forty is found, and two that only count together', async () => {
    const single = needing('T17')
    expect((await causesOf(all, [], single.green)).map((each) => each.key)).toEqual(['T17'])
    expect(single.played()).toBeLessThan(16)
    const double = needing('T3', 'T31')
    expect((await causesOf(all, [], double.green)).map((each) => each.key)).toEqual(['T3', 'T31'])
    expect(double.played()).toBeLessThan(30)
  })

  test('what explained another is tried first; and nothing is blamed when nothing helps', async () => {
    const known = needing('T5')
    expect(await causesOf(all, [[all[5] as Difference]], known.green)).toEqual([all[5]])
    expect(known.played()).toBe(1)
    expect(await causesOf(all, [], async () => false)).toEqual([])
  })
})
