// Publishing a release: the files are held against every rule, and from then on they are what this number means.
import { createHash } from 'node:crypto'
import { type Call, creation } from '#kernel/command'
import { sql, type Tx } from '#kernel/db'
import { T } from '#kernel/schema'
import { canonical, nameOf } from '../configuration/object.ts'
import { refuseUntested } from '../extension/outcome.ts'
import { refuse } from '../refusals.ts'
import type { Manifest, Problem, Tools } from '../tools.ts'
import { blocksOf, refuseMisplaced } from './overlay.ts'
import { release } from './release.ts'
import type { TemplateFiles } from './template-object.ts'
import { isLater } from './version.ts'

/** SHA-256 over the files with their names, in the order of the names. */
export const hashOf = (files: TemplateFiles): Buffer => createHash('sha256').update(canonical(files), 'utf8').digest()

/** The manifest of files that hold together. Refuses TEMPLATE_INVALID, TEMPLATE_BLOCK, and RELEASE_UNSOUND with every problem. */
export function publishable(tools: Tools, files: TemplateFiles): Manifest {
  const manifest = tools.manifest(files)
  const problems = [...tools.check(files), ...blockProblems(tools, files)]
  if (problems.length > 0) {
    const list = problems.map((one) => `${one.file}, ${one.place}: ${one.problem}`)
    refuse('RELEASE_UNSOUND', { count: list.length, problems: list.join('; '), list: problems })
  }
  // Which places there are is known at the sites alone.
  const anywhere = (kind: string) => tools.kinds.get(kind)?.place !== undefined
  refuseMisplaced(files, standingIn(tools, files, manifest.areas), anywhere)
  return manifest
}

/** What blocks name that no kind has: found here, for a place's are not read before a site of that place asks. */
function blockProblems(tools: Tools, files: TemplateFiles): readonly Problem[] {
  return blocksOf(files).flatMap(({ kind: name, file, block }) => {
    const found = (problem: string) => ({ file, place: block.object, problem })
    const kind = tools.kinds.get(name)
    if (!kind) return [found(`there is no kind of configuration ${name}`)]
    const unknown = Object.keys(block.fields ?? {}).filter((at) => !(at in kind.fields || at in kind.lists))
    return unknown.map((at) => found(`${name} has no field ${at}`))
  })
}

/** The template names figures in these; every other currency begins with those of the first. */
const CURRENCIES = ['USD', 'EUR']

/** Every object that the template gives to the enterprise or to a company in any place, by name. */
function standingIn(tools: Tools, files: TemplateFiles, areas: readonly string[]): ReadonlySet<string> {
  const places = areas.flatMap((taxArea) => CURRENCIES.map((currency) => ({ taxArea, currency, choices: {} })))
  const objects = places.flatMap((place) => [
    ...tools.compile(files, { ...place, scope: 'company' }),
    ...tools.compile(files, { ...place, scope: 'enterprise' }),
  ])
  return new Set(objects.map(nameOf))
}

type Given = {
  readonly id: string
  readonly number: string
  readonly template: string
  readonly files: TemplateFiles
  readonly notes: string
  readonly previous: string | null
}

/** Keeps a release, with which every live extension was tested; what it answers is what the audit log knows of it, and what its signature is held against. */
export async function keep(
  { tx, context, actor, now }: Pick<Call<unknown>, 'tx' | 'context' | 'actor' | 'now'>,
  { id, number, template, files, notes, previous }: Given,
) {
  const hash = hashOf(files)
  await refuseUntested({ tx, context }, number, hash)
  await tx.run(sql`insert into rollout.release (id, number, state, template, files, hash, notes, previous_id, released_by, created_at, updated_at)
    values (${id}, ${number}, 'released', ${template}, ${JSON.stringify(files)}::jsonb, ${hash}, ${notes}, ${previous}, ${actor}, ${now}, ${now})`)
  return { number, template, hash: hash.toString('hex'), files: Object.keys(files).length, notes }
}

/** Publishes a template. Refuses as `publishable` does, RELEASE_THERE when the number is out already, and RELEASE_NOT_LATER. */
export const publish = (tools: Tools) =>
  creation(
    release.verbs.publish,
    T.object({ id: T.optional(T.id()), files: T.record(T.text(1_000_000)), notes: T.text(2000) }),
    async (call) => {
      const changes = new Map<string, unknown>()
      for (const [at, { files, notes }] of call.input.entries()) {
        const manifest = publishable(tools, files)
        const previous = await latestOf(call.tx, manifest.code)
        if (previous?.number === manifest.version) refuse('RELEASE_THERE', { number: manifest.version })
        if (previous && !isLater(manifest.version, previous.number)) {
          refuse('RELEASE_NOT_LATER', { number: manifest.version, latest: previous.number })
        }
        const id = call.ids[at] ?? ''
        const { code: template, version: number } = manifest
        changes.set(id, await keep(call, { id, number, template, files, notes, previous: previous?.id ?? null }))
      }
      return { changes }
    },
  )

type Latest = { id: string; number: string; template: string; files: TemplateFiles }

/** The newest release of a template, or of any. */
export const latestOf = (tx: Tx, template?: string): Promise<Latest | undefined> =>
  tx.first(sql<Latest>`select id, number, template, files from rollout.release
    where ${template ?? null}::text is null or template = ${template ?? null} order by created_at desc, id desc limit 1`)
