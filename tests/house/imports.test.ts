// The house stands on one-way floors: who may import whom, and that every module has one door.
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkModules, module } from '#kernel/module'
import { modules } from '../../src/modules/index.ts'
import { moduleOf, sources } from './source.ts'

const all = sources('src')
const inModules = all.filter((one) => moduleOf(one.path) && !one.path.endsWith('.scenario.ts'))
const needs = new Map(modules.map((one) => [one.name, one.needs]))

describe('direction of imports', () => {
  test('OPS-01: the product boots: needs point down, every verb has one command', () => {
    expect(modules.length).toBeGreaterThan(10)
    checkModules(modules)
  })

  test('a need that points up is refused (control)', () => {
    expect(() => checkModules([module('a', { needs: ['b'] }), module('b', { needs: [] })])).toThrow(/a needs b/)
  })

  test('a module imports only modules that it needs, through their door', () => {
    const bad = inModules.flatMap((one) => {
      const self = moduleOf(one.path) ?? ''
      return one.imports
        .filter((from) => from.startsWith('#') && !from.startsWith('#kernel/') && from !== `#${self}`)
        .filter((from) => !needs.get(self)?.includes(from.slice(1)))
        .map((from) => `${one.path} imports ${from}, which ${self} does not need`)
    })
    expect(bad).toEqual([])
  })

  test('no relative path leaves its module', () => {
    const bad = inModules.flatMap((one) =>
      one.imports
        .filter((from) => from.startsWith('.'))
        .filter((from) => moduleOf(normalize(join(dirname(one.path), from))) !== moduleOf(one.path))
        .map((from) => `${one.path} reaches ${from}`),
    )
    expect(bad).toEqual([])
  })

  test('the kernel imports no module, and rollout none either', () => {
    const names = new Set(modules.map((one) => `#${one.name}`))
    const bad = all
      .filter((one) => one.path.startsWith('src/kernel/') || one.path.startsWith('src/rollout/'))
      .flatMap((one) => one.imports.filter((from) => names.has(from) || from.includes('modules/')).map((from) => `${one.path} imports ${from}`))
    expect(bad).toEqual([])
  })

  test('no module names the rollout: it governs them by their descriptions alone', () => {
    const own = all.filter((one) => /^src\/(modules\/[^/]+\/|kernel\/)/.test(one.path))
    expect(own.length).toBeGreaterThan(400)
    const said = /\brollout\.|['"/#]rollout\b/
    expect(own.filter((one) => said.test(one.text)).map((one) => one.path)).toEqual([])
    expect(said.test("from '../rollout/index.ts'") && said.test('select from rollout.site')).toBe(true)
  })

  test('the door of a module has at most 30 lines, and no other index.ts', () => {
    const doors = inModules.filter((one) => one.path.endsWith('/index.ts'))
    expect(doors.filter((one) => one.lines > 30).map((one) => `${one.path}: ${one.lines}`)).toEqual([])
    expect(doors.filter((one) => one.path.split('/').length > 4).map((one) => one.path)).toEqual([])
  })

  test('no file is dead: each is imported, run, or a test', () => {
    const reached = new Set(['src/cli.ts', 'src/generate.ts', 'src/modules/index.ts'])
    const doors = new Map(modules.map((one) => [`#${one.name}`, `src/modules/${one.name}/index.ts`]))
    for (const one of [...all, ...sources('tests'), ...sources('bench')]) {
      for (const from of one.imports) {
        if (from.startsWith('.')) reached.add(normalize(join(dirname(one.path), from)))
        else if (from.startsWith('#kernel/')) reached.add(`src/kernel/${from.slice(8)}.ts`)
        else if (from === '#embedded') reached.add('src/embedded/index.ts')
        else if (doors.has(from)) reached.add(doors.get(from) ?? '')
      }
    }
    // `new URL('./worker.ts', import.meta.url)` and spawned children are reached by name.
    const named = all.filter((one) => all.some((other) => other.path !== one.path && other.text.includes(`/${one.path.split('/').at(-1)}'`)))
    for (const one of named) reached.add(one.path)
    const dead = all.filter((one) => !reached.has(one.path) && !one.path.endsWith('.scenario.ts') && !one.path.startsWith('src/generated/')).map((one) => one.path)
    expect(dead).toEqual([])
  })
})
