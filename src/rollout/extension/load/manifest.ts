// What the folder of an extension says of itself: its code, what it reads and listens to, and the tests that prove it.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { readYaml } from '#kernel/yaml'
import { refuse } from './refusals.ts'

const text = Type.String({ minLength: 1 })
const shape = Type.Object(
  {
    code: Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 30 }),
    name: text,
    /** Published views, as `party.v_ship_to`. */
    reads: Type.Array(Type.String({ pattern: '^[a-z_]+\\.v_[a-z0-9_]+$' })),
    /** Events, as `party.ship-to.close`. */
    listens: Type.Array(text),
    /** Scenarios of its own folder `scenarios`, by id. */
    tests: Type.Array(text, { minItems: 1 }),
    /** Its permissions in words; the template repeats them and says which role holds which. */
    permissions: Type.Record(text, text),
    /** Who holds what while its tests are played, by role of the template. */
    roles: Type.Record(text, Type.Array(text)),
  },
  { additionalProperties: false },
)

export type Manifest = Static<typeof shape>

/** A file of an extension, by its path inside the folder. */
export type ExtensionFile = { readonly path: string; readonly text: string }

/** The folder as it was read. `schema` holds its tables, `name` is its module and begins its names; `hash` is SHA-256 over all files with their names, hexadecimal. */
export type Folder = {
  readonly folder: string
  readonly manifest: Manifest
  readonly schema: string
  readonly name: string
  readonly files: readonly ExtensionFile[]
  readonly hash: string
}

/** The schema of an extension: x_door_tags. Its module has hyphens, as names of the product have: x-door-tags. */
export const schemaOf = (code: string): string => `x_${code.replaceAll('-', '_')}`

function* walk(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* walk(path)
    else yield path
  }
}

/** Reads the folder. Refuses EXTENSION_MANIFEST when there is no extension.yaml, when it has another shape, or another code than the folder's name. */
export function readFolder(folder: string): Folder {
  const refused = (problem: string) => refuse('EXTENSION_MANIFEST', { extension: basename(folder), problem })
  if (!existsSync(join(folder, 'extension.yaml'))) refused(`there is no extension.yaml in ${folder}`)
  const files = [...walk(folder)].map((path) => ({
    path: relative(folder, path).replaceAll('\\', '/'),
    text: readFileSync(path, 'utf8'),
  }))
  const manifest = parsed(files.find((one) => one.path === 'extension.yaml')?.text ?? '', refused)
  if (manifest.code !== basename(folder)) refused(`its folder is not called ${manifest.code}`)
  if (!files.some((one) => one.path === 'module.ts')) refused('there is no module.ts')
  const hash = createHash('sha256')
  for (const one of files) hash.update(`${one.path}\n${Buffer.byteLength(one.text)}\n`).update(one.text)
  return {
    folder,
    manifest,
    schema: schemaOf(manifest.code),
    name: `x-${manifest.code}`,
    files,
    hash: hash.digest('hex'),
  }
}

function parsed(content: string, refused: (problem: string) => never): Manifest {
  let value: unknown
  try {
    value = readYaml(content)
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error))
  }
  if (Value.Check(shape, value)) return value
  const wrong = Value.Errors(shape, value).First()
  return refused(`extension.yaml, ${wrong?.path || 'the whole'}: ${wrong?.message ?? 'another shape'}`)
}
