// Loads an extension as a module of its own beside the product: checked first, then bound to the envelope inside its walls (EXT-02).
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Command, command, creation } from '#kernel/command'
import { errorCode } from '#kernel/db'
import { checkModules, type Listener, type ModuleSpec, module } from '#kernel/module'
import { computed, type Query } from '#kernel/query'
import { checkBrought } from './check-brought.ts'
import { checkSources, type Finding } from './check-source.ts'
import { asExtension, type Walls } from './confine.ts'
import { type Brought, type Extension, hooksFor, type Question, type Told } from './hooks.ts'
import { type Folder, readFolder } from './manifest.ts'
import { refuse } from './refusals.ts'
import { schemasOf } from './sql-text.ts'

/** An extension that was let in: its folder as read, and its module, named for its code. */
export type Loaded = Folder & { readonly module: ModuleSpec }

/** What a check found; `loaded` when it found nothing. */
export type Checked = { readonly findings: readonly Finding[]; readonly loaded?: Loaded }

/**
 * Checks the folder of an extension against a product with these modules: the sources first, and what they bring only
 * when nothing in them was found. Refuses EXTENSION_MANIFEST when the folder is no extension at all.
 */
export async function checkExtension(folder: string, modules: readonly ModuleSpec[]): Promise<Checked> {
  const read = readFolder(folder)
  const schemas = schemasOf(modules)
  const findings = checkSources(read, schemas)
  if (findings.length > 0) return { findings }
  const brought = await broughtBy(read)
  const more = checkBrought(read, brought, modules, schemas)
  if (more.length > 0) return { findings: more }
  const walls = { code: read.manifest.code, own: read.schema, reads: new Set(read.manifest.reads), schemas }
  const loaded = { ...read, module: moduleOf(read, brought, walls) }
  checkModules([...modules, loaded.module])
  return { findings: [], loaded }
}

/** The extension in the folder. Refuses EXTENSION_MANIFEST, and EXTENSION_REFUSED with everything that the checks found. */
export async function loadExtension(folder: string, modules: readonly ModuleSpec[]): Promise<Loaded> {
  const { findings, loaded } = await checkExtension(folder, modules)
  if (loaded) return loaded
  const problems = findings.map((one) => `[${one.code}] ${one.file} ${one.problem}`).join(' ')
  return refuse('EXTENSION_REFUSED', { extension: folder, count: findings.length, problems, list: findings })
}

/** Reads a file that is no part of the program that was put together; not every supported Node reads TypeScript by itself. */
async function typeScript(href: string): Promise<unknown> {
  try {
    return await import(href)
  } catch (error) {
    if (errorCode(error) !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error
    const { tsImport } = await import('tsx/esm/api')
    return await tsImport(href, import.meta.url)
  }
}

async function broughtBy({ folder, manifest }: Folder): Promise<Brought> {
  const refused = (problem: string) => refuse('EXTENSION_MANIFEST', { extension: manifest.code, problem })
  const found = await typeScript(pathToFileURL(join(folder, 'module.ts')).href)
  if (!isExtension(found)) return refused('module.ts exports no function by default')
  try {
    return found.default(hooksFor(manifest.code))
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error))
  }
}

const isExtension = (found: unknown): found is { readonly default: Extension } =>
  typeof found === 'object' && found !== null && 'default' in found && typeof found.default === 'function'

type Known = Omit<Walls, 'writes'>

function moduleOf({ name }: Folder, { documents, verbs, questions = [], on = {} }: Brought, walls: Known): ModuleSpec {
  const commands = verbs.map((one) => commandOf(one, walls))
  return module(name, {
    needs: [],
    documents,
    commands,
    queries: questions.map((one) => queryOf(one, walls)),
    on: Object.fromEntries(Object.entries(on).map(([topic, hear]) => [topic, listenerOf(hear, commands, walls)])),
  })
}

/** The verb behind the envelope: what the body gets has no road but its own. */
function commandOf({ verb, input, body }: Told, walls: Known): Command {
  const bind = verb.from === null ? creation : command
  return bind(verb, input, async ({ kernel: _kernel, context: _context, tx, ...call }) =>
    asExtension(tx, { ...walls, writes: true }, (own) => body({ ...call, tx: own })),
  )
}

function queryOf({ build, parameters, ...one }: Question, walls: Known): Query {
  return computed(one.name, {
    ...one,
    ...(parameters ? { parameters } : {}),
    rows: ({ tx, context, parameters: given }) =>
      asExtension(tx, { ...walls, writes: false }, (own) => own.rows<object>(build(given, context))),
  })
}

/** A listener reads inside its walls and changes something by its own verbs only, each in a transaction with a key of its own. */
function listenerOf(hear: NonNullable<Brought['on']>[string], commands: readonly Command[], walls: Known): Listener {
  return async ({ tx, kernel, context, event }) => {
    let said = 0
    const { topic, documentId, payload } = event
    await asExtension(tx, { ...walls, writes: false }, (own) =>
      hear({
        event: { topic, documentId, payload },
        today: context.today,
        companyId: context.companyId,
        ask: (statement) => own.rows(statement),
        say: async (verb, { reason, ...request }) => {
          const found = commands.find((one) => one.verb.may === verb.may)
          if (!found)
            return refuse('EXTENSION_CONFINED', {
              extension: walls.code,
              problem: `it has no ${verb.may}. Say a verb of its own.`,
            })
          const key = `${context.key ?? topic}:${++said}`
          await found.run(kernel, { ...context, key, ...(reason === undefined ? {} : { reason }) }, request)
        },
      }),
    )
  }
}
