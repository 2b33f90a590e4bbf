// The check of what an extension brings: names, states and fields of its own, nothing that the standard has already (EXT-03).
import type { ModuleSpec } from '#kernel/module'
import type { Finding } from './check-source.ts'
import type { Brought } from './hooks.ts'
import type { Folder } from './manifest.ts'
import { readSource } from './source.ts'
import { bare, sqlProblems } from './sql-text.ts'

/** From so many fields or columns on it means something that two have the same. */
const TELLING = 4
/** Fields that every document has. */
const COMMON = new Set(['id', 'number', 'code', 'name', 'state', 'version', 'note', 'createdAt', 'created_at'])

const kindOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1)
const telling = (names: Iterable<string>): readonly string[] => [...names].filter((one) => !COMMON.has(one)).sort()

/** Whether `own` has at least four fifths of what `theirs` has, compared exactly. */
export function repeats(own: readonly string[], theirs: readonly string[]): boolean {
  const shared = theirs.filter((one) => own.includes(one)).length
  return theirs.length >= TELLING && 5 * shared >= 4 * theirs.length
}

/** Every problem of what the extension brings, beside a product with these modules. */
export function checkBrought(
  read: Folder,
  brought: Brought,
  modules: readonly ModuleSpec[],
  schemas: ReadonlySet<string>,
): readonly Finding[] {
  return [
    ...documentFindings(read, brought, modules),
    ...questionFindings(read, brought, modules),
    ...verbFindings(read, brought),
    ...eventFindings(read, brought, modules),
    ...writeFindings(read, brought, schemas),
  ]
}

const FILE = 'module.ts'

function documentFindings({ schema, name }: Folder, { documents }: Brought, modules: readonly ModuleSpec[]): Finding[] {
  const core = modules.flatMap((one) => one.documents)
  return documents.flatMap((own) => {
    const findings: Finding[] = []
    const add = (code: string, problem: string) =>
      findings.push({ code, file: FILE, problem: `${own.name} ${problem}` })
    const tables = [own.table, ...(own.lines ? [own.lines.table] : [])]
    if (!own.name.startsWith(`${name}.`)) add('NAMES', `is not named ${name}.…. Name it so.`)
    if (tables.some((one) => !one.startsWith(`${schema}.`)))
      add('FOREIGN_SCHEMA', `is kept in ${tables.join(', ')}. Keep it in a table of ${schema}.`)
    if (own.role === 'configuration')
      add(
        'CONFIGURES',
        'calls itself configuration, which the template owns. Make it a master or a transaction, or ask for a setting in the template.',
      )
    if (own.shared) add('NO_COMPANY', 'is shared by all companies. Leave shared out, so that each company has its own.')
    const same = core.find(
      (one) => kindOf(one.name) === kindOf(own.name) || one.label.toLowerCase() === own.label.toLowerCase(),
    )
    const alike = core.find((one) => repeats(telling(Object.keys(own.fields)), telling(Object.keys(one.fields))))
    const repeated = same ?? alike
    if (repeated)
      add(
        'REPEATS_DOCUMENT',
        `repeats ${repeated.name} (${repeated.label}). Use that document, and keep only what it lacks, with a reference to it.`,
      )
    return findings
  })
}

function questionFindings({ name }: Folder, { questions = [] }: Brought, modules: readonly ModuleSpec[]): Finding[] {
  const core = modules.flatMap((one) => one.queries)
  return questions.flatMap((own) => {
    const findings: Finding[] = []
    const add = (code: string, problem: string) =>
      findings.push({ code, file: FILE, problem: `${own.name} ${problem}` })
    if (!own.name.startsWith(`${name}.`)) add('NAMES', `is not named ${name}.…. Name it so.`)
    if (!own.may.startsWith(`${name}.`)) add('NAMES', `asks for the permission ${own.may}. Ask for one of ${name}.`)
    const repeated = core.find(
      (one) =>
        one.title.toLowerCase() === own.title.toLowerCase() ||
        repeats(telling(Object.keys(own.columns)), telling(Object.keys(one.columns ?? {}))),
    )
    if (repeated)
      add(
        'REPEATS_SCREEN',
        `shows what ${repeated.name} shows (${repeated.title}). Use that list, and show only what it lacks.`,
      )
    return findings
  })
}

function verbFindings({ name }: Folder, { documents, verbs }: Brought): Finding[] {
  const own = new Set(documents.map((one) => one.name))
  return verbs.flatMap(({ verb }) => {
    const findings: Finding[] = []
    if (!own.has(verb.document.name))
      findings.push({
        code: 'CORE_VERB',
        file: FILE,
        problem: `adds ${verb.verb} to ${verb.document.name}. Keep verbs on documents of its own, and listen to what happens to others.`,
      })
    if (!verb.may.startsWith(`${name}.`))
      findings.push({
        code: 'NAMES',
        file: FILE,
        problem: `asks for the permission ${verb.may}. Leave may out, so that the verb has a permission of its own.`,
      })
    return findings
  })
}

function eventFindings({ manifest }: Folder, { on = {} }: Brought, modules: readonly ModuleSpec[]): Finding[] {
  const topics = new Set(modules.flatMap((one) => one.commands).map((one) => one.verb.may))
  return Object.keys(on).flatMap((topic) => {
    if (!topics.has(topic))
      return [
        {
          code: 'UNKNOWN_EVENT',
          file: FILE,
          problem: `listens to ${topic}, which nothing says. Name an event of docs/generated/events.md.`,
        },
      ]
    if (!manifest.listens.includes(topic))
      return [
        {
          code: 'UNKNOWN_EVENT',
          file: 'extension.yaml',
          problem: `does not say that it listens to ${topic}. List it under listens.`,
        },
      ]
    return []
  })
}

/** A verb is a file: DOCUMENT/VERB.ts. Anywhere else SQL only reads. */
function writeFindings(
  { files, schema, manifest }: Folder,
  { verbs }: Brought,
  schemas: ReadonlySet<string>,
): Finding[] {
  const homes = new Set(verbs.map(({ verb }) => `${kindOf(verb.document.name)}/${verb.verb}.ts`))
  const bounds = { own: schema, reads: new Set(manifest.reads), schemas, writes: false }
  return files
    .filter((one) => one.path.endsWith('.ts') && !homes.has(one.path))
    .flatMap((one) =>
      readSource(one.text).sql.flatMap((statement) =>
        sqlProblems(bare(statement), bounds, false)
          .filter((each) => each.code === 'WRITES_OUTSIDE_VERB')
          .map((each) => ({ ...each, file: one.path })),
      ),
    )
}
