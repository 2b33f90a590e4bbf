// The static check of what an extension is written as, before any of it runs: imports, networks, raw databases, foreign schemas (EXT-03).
import { dirname, join, normalize } from 'node:path'
import type { Folder } from './manifest.ts'
import { readSource } from './source.ts'
import { bare, sqlProblems } from './sql-text.ts'

export type Finding = { readonly code: string; readonly file: string; readonly problem: string }

const BANNED: readonly (readonly [code: string, pattern: RegExp, advice: string])[] = [
  [
    'EVALUATES',
    /\b(?:eval|Function|globalThis|process|require|Reflect|Proxy|constructor|__proto__|Deno|Bun)\b|\bimport\s*[(.]/,
    'makes or finds code at run time. Use the hooks that module.ts is given, and call another thing by another name.',
  ],
  [
    'NETWORK',
    /\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|navigator)\b/,
    'reaches out of the product. Keep what is to be sent in a document, and have a connection carry it.',
  ],
  [
    'RAW_DATABASE',
    /\b(?:pool|kernel|openPool|openKernel|txOn|connect|transaction)\b/,
    'takes a road of its own to the database. Use the tx that the body of a verb is given.',
  ],
]

/** Every problem of the sources; none of the files is run. */
export function checkSources(read: Folder, schemas: ReadonlySet<string>): readonly Finding[] {
  const found = read.files.flatMap(({ path, text }): Finding[] => {
    if (path.endsWith('.ts')) return checkCode(read, schemas, path, text)
    if (path.startsWith('db/') && path.endsWith('.sql')) return checkTables(read, schemas, path, text)
    if (/\.(?:js|mjs|cjs|node|wasm|jsx|tsx|mts|cts)$/.test(path))
      return [
        { code: 'EVALUATES', file: path, problem: 'is no TypeScript that can be checked. Write it as a .ts file.' },
      ]
    return []
  })
  const named = read.files.filter((one) => one.path.startsWith('scenarios/')).map((one) => one.text)
  const missing = read.manifest.tests.filter((id) => !named.some((one) => one.includes(`id: ${id}`)))
  const tests = missing.map((id) => ({
    code: 'NO_TESTS',
    file: 'extension.yaml',
    problem: `names the test ${id}, which no file in scenarios has. Write that scenario.`,
  }))
  return [...found, ...tests]
}

function checkCode(
  { schema, manifest, files }: Folder,
  schemas: ReadonlySet<string>,
  path: string,
  text: string,
): Finding[] {
  const { code, sql, imports } = readSource(text)
  const here = new Set(files.map((one) => one.path))
  const wrong = imports.filter(({ from, typeOnly }) => {
    if (typeOnly) return false
    return !from.startsWith('.') || !here.has(normalize(join(dirname(path), from)).replaceAll('\\', '/'))
  })
  // Whether a file may write is known only when its verbs are: see checkBrought.
  const bounds = { own: schema, reads: new Set(manifest.reads), schemas, writes: true }
  return [
    ...wrong.map(({ from }) => ({
      code: 'IMPORTS',
      file: path,
      problem: `imports ${from}. Import own files and types only; everything else comes in through the hooks.`,
    })),
    ...BANNED.flatMap(([banned, pattern, advice]) => {
      const word = pattern.exec(code)?.[0]
      return word === undefined ? [] : [{ code: banned, file: path, problem: `says ${word}, which ${advice}` }]
    }),
    ...sql.flatMap((one) => sqlProblems(one, bounds, false).map((problem) => ({ ...problem, file: path }))),
  ]
}

const MAKES =
  /^(?:create\s+(?:unique\s+)?(?:table|index|view)|alter\s+table|comment\s+on|create\s+or\s+replace\s+view)\b/
const BREAKS =
  /\b(?:security\s+definer|grant|revoke|owner\s+to|disable\s+row|no\s+force|policy|trigger|function|procedure|do)\b/

/** Tables, indexes and views of its own schema; rights and row-level security are the installation's. */
function checkTables(
  { schema, manifest }: Folder,
  schemas: ReadonlySet<string>,
  path: string,
  text: string,
): Finding[] {
  const bounds = { own: schema, reads: new Set(manifest.reads), schemas, writes: true }
  return bare(text)
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .flatMap((one) => {
      const begins = one.split(/\s+/).slice(0, 3).join(' ')
      const target = /\b(?:table|view|on)\s+(?:if\s+not\s+exists\s+)?([\w.]+)/.exec(one)?.[1] ?? ''
      const broken = BREAKS.exec(one)?.[0]
      const findings: Finding[] = sqlProblems(one, bounds, false).map((each) => ({ ...each, file: path }))
      const add = (code: string, problem: string) => findings.push({ code, file: path, problem })
      if (!MAKES.test(one)) add('RAW_DATABASE', `begins with ${begins}. Create tables, indexes and views only.`)
      else if (!target.startsWith(`${schema}.`))
        add('FOREIGN_SCHEMA', `makes or changes ${target}. Name things of ${schema} only, with the schema in front.`)
      if (broken !== undefined && MAKES.test(one))
        add('RAW_DATABASE', `says ${broken}. Leave rights, triggers and functions out; the installation sets rights.`)
      if (/^create\s+table\b/.test(one) && !/\bcompany_id\s+int\s+not\s+null\b/.test(one))
        add('NO_COMPANY', `makes ${target} without company_id int not null. Add it, and begin the primary key with it.`)
      return findings
    })
}
