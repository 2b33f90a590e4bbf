// What every file keeps to: SQL of its own schema, verbs with their stories, refusals with a test, nothing banned.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { modules } from '../../src/modules/index.ts'
import { everyRefusal } from './every-refusal.ts'
import { moduleOf, ROOT, sources } from './source.ts'

const all = sources('src')
const product = all.filter((one) => !one.path.endsWith('.scenario.ts') && !one.path.startsWith('src/generated/'))
const inModules = product.filter((one) => moduleOf(one.path))
const schemas = new Set(modules.map((one) => one.name))
const needs = new Map(modules.map((one) => [one.name, one.needs]))

/** SQL names `schema.thing` in template strings, functions (`schema.thing(`) left out. */
const sqlNames = (text: string) =>
  [...text.matchAll(/`[^`]*`/gs)].flatMap((template) => [...template[0].matchAll(/(?:from|join|into|update|delete from)\s+"?([a-z]+)"?\.([a-z_]+)\b(?!\s*\()/g)]).map((match) => [match[1] ?? '', match[2] ?? ''] as const)

describe('SQL', () => {
  test('a module names its own tables, and published views of modules that it needs', () => {
    const bad = inModules.flatMap((one) => {
      const self = moduleOf(one.path) ?? ''
      return sqlNames(one.text)
        .filter(([schema, thing]) => schemas.has(schema) && schema !== self && !(thing.startsWith('v_') && needs.get(self)?.includes(schema)))
        .map(([schema, thing]) => `${one.path}: ${schema}.${thing}`)
    })
    expect([...new Set(bad)]).toEqual([])
  })

  test('the check above sees a foreign table (control)', () => {
    expect(sqlNames('sql`select 1 from ledger.entry e join party.v_customer c`')).toEqual([['ledger', 'entry'], ['party', 'v_customer']])
  })
})

describe('verbs and refusals', () => {
  test('every verb has its story: a scenario beside it, or a test that runs its file', () => {
    const stories = [...sources('tests'), ...all.filter((one) => one.path.endsWith('.scenario.ts'))]
    const missing = modules.flatMap((one) => one.commands.map((command) => {
      const home = all.filter((file) => file.path.startsWith(`src/modules/${one.name}/`) && file.path.endsWith(`/${command.verb.verb}.ts`))
      const told = home.some((file) => {
        const story = file.path.replace(/\.ts$/, '.scenario.ts')
        return all.some((other) => other.path === story) || stories.some((other) => other.imports.some((from) => from.endsWith(file.path.replace(`src/modules/${one.name}/`, '')) || file.path.endsWith(from.replace(/^[./]+/, ''))))
      })
      // Tests of a module that run its verbs by a name of their own: the verb as an identifier, in that module's tests.
      const word = new RegExp(`\\b${command.verb.verb.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}\\b|['"\`/.]${command.verb.verb}['"\`]`)
      const named = stories.some((other) => other.path.startsWith(`tests/modules/${one.name}/`) && word.test(other.text))
      return told || named || stories.some((other) => other.text.includes(`'${command.verb.may}'`)) ? undefined : command.verb.may
    }))
    expect(missing.filter((one) => one !== undefined)).toEqual([])
  })

  test('every refusal is seen in a test or a scenario', () => {
    const texts = [...sources('tests'), ...all.filter((one) => one.path.endsWith('.scenario.ts'))].map((one) => one.text).join('\n')
    // An old server, a full disk and a copy without its demo are not to be had in a test.
    const elsewhere = ['DATABASE_TOO_OLD', 'DATABASE_DISK_FULL', 'DEMO_LEFT_OUT']
    const codes = everyRefusal.map(([code]) => code).filter((code) => !elsewhere.includes(code))
    const unseen = codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(texts))
    expect(unseen).toEqual([])
  })
})

describe('habits', () => {
  const BANNED: readonly [string, RegExp, RegExp?][] = [
    ['any', /:\s*any\b(?!\()|\bas any\b|<any>/],
    ['a clock in business code', /\bDate\.now\(\)|\bnew Date\(\)/, /src\/(kernel\/(ids|http|access|relay|jobs|sealer|audit)|cli|boot|worker|server|app|demo|embedded|replay)/],
    ['floats', /\bparseFloat\(|\bMath\.round\(|\.toFixed\(/],
    ['checks switched off', /@ts-ignore|@ts-expect-error|biome-ignore/],
    ['async forEach', /\.forEach\(async/],
    ['eval', /\beval\(|new Function\(/],
    ['work left undone', /\b(TODO|FIXME|XXX|HACK)\b|not implemented/],
  ]
  test.each(BANNED)('no %s', (_, pattern, exempt) => {
    const bad = product.filter((one) => pattern.test(one.text.replace(/^\s*(\/\/|\/\*|\*).*$/gm, '')) && !exempt?.test(one.path)).map((one) => one.path)
    expect(bad).toEqual([])
  })

  test('a file is one thing: at most 260 lines, and its first line says what it promises', () => {
    const long = product.filter((one) => one.lines > 260).map((one) => `${one.path}: ${one.lines}`)
    expect(long).toEqual([])
    const silent = product.filter((one) => !/^(\/\/|\/\*\*|#!)/.test(one.text)).map((one) => one.path)
    expect(silent).toEqual([])
  })

  test('the command envelope stays under 200 lines', () => {
    const envelope = all.find((one) => one.path === 'src/kernel/command.ts')
    expect(envelope?.lines).toBeLessThan(200)
  })

  test('the README fits three screens, and the glossary holds every document and verb', () => {
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(150)
    const glossary = readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8').toLowerCase()
    const words = modules.flatMap((one) => one.documents).flatMap((document) => [document.label.toLowerCase(), ...Object.keys(document.verbs)])
    expect([...new Set(words)].filter((word) => !glossary.includes(word.toLowerCase()))).toEqual([])
  })

  test('nothing names a path outside the project', () => {
    const outside = [...all, ...sources('tests'), ...sources('bench')].filter((one) => /\.\.\/shared\/|\/work\/(main|shared)/.test(one.text) && !one.path.startsWith('tests/house/'))
    expect(outside.map((one) => one.path)).toEqual([])
    expect(existsSync(join(ROOT, 'LICENSE'))).toBe(true)
  })
})
