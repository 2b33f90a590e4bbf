// The enterprise template as it stands in its folder: read strictly, with a fingerprint that names exactly this content.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Static, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { parse as parseCsv } from 'csv-parse/sync'
import { remembered } from '#kernel/remember'
import { readYaml } from '#kernel/yaml'
import { refuse } from './refusals.ts'
import * as shape from './shapes.ts'

export type { Control } from './shapes.ts'

/** The template that comes with the product. */
export const REFERENCE_TEMPLATE = fileURLToPath(new URL('../../template/', import.meta.url))

export type Template = ReturnType<typeof readTemplate>

/**
 * Reads the template in `folder`. Keys are named for the files. Refuses with TEMPLATE_MISSING when there is no manifest
 * and with TEMPLATE_INVALID, naming file and place, when a file is missing or has another shape.
 */
export function readTemplate(folder: string = REFERENCE_TEMPLATE) {
  return { folder, ...parseTemplate(readTemplateFiles(folder)) }
}

/**
 * The texts of the manifest, of every file that it lists, of the blocks in `objects` and of the stories in `scenarios`, by
 * name. Refuses as `readTemplate` does.
 */
export function readTemplateFiles(folder: string = REFERENCE_TEMPLATE): Readonly<Record<string, string>> {
  if (!existsSync(join(folder, 'template.yaml'))) {
    refuse('TEMPLATE_MISSING', { folder, problem: 'template.yaml is not there' })
  }
  const listed = readShape(folder, 'template.yaml', shape.manifest).files.map((one) => one.file)
  const files = ['template.yaml', ...listed, ...yamlIn(folder, 'objects'), ...yamlIn(folder, 'scenarios')]
  return Object.fromEntries(files.map((file) => [file, readText(folder, file)]))
}

/** The YAML files of a part of the template that lists none, with the part's name. */
function yamlIn(folder: string, part: string): readonly string[] {
  const own = join(folder, part)
  const files = existsSync(own) ? readdirSync(own).filter((file) => file.endsWith('.yaml')) : []
  return files.sort().map((file) => `${part}/${file}`)
}

/** The template that these texts are, by file name, frozen. Refuses TEMPLATE_INVALID. */
export const parseTemplate = (files: Readonly<Record<string, string>>) => templateOf(JSON.stringify(files))

// Every question about a site begins with its release, and releases never change: each is read once.
const templateOf = remembered(24, (texts: string) => readAll(JSON.parse(texts)))

function readAll(files: Readonly<Record<string, string>>) {
  const of = <S extends TSchema>(file: string, schema: S): Static<S> =>
    held(file, parsed(file, files[file] ?? refuse('TEMPLATE_INVALID', { file, problem: 'it is not there' })), schema)
  const manifest = of('template.yaml', shape.manifest)
  return {
    code: manifest.code,
    version: manifest.version,
    /** Kinds to which a site may add objects of its own. */
    open: manifest.open,
    fingerprint: fingerprint(files, ['template.yaml', ...manifest.files.map((one) => one.file)]),
    files: manifest.files,
    company: of('company.yaml', shape.company),
    holidays: of('holidays.yaml', shape.holidays),
    accounts: of('chart-of-accounts.csv', shape.accounts),
    postingRules: of('posting-rules.yaml', shape.postingRules),
    journals: of('journals.csv', shape.journals),
    taxes: of('taxes.yaml', shape.taxes),
    terms: of('payment-terms.yaml', shape.terms),
    numbering: of('numbering.yaml', shape.numbering),
    units: of('units.csv', shape.units),
    conversions: of('unit-conversions.csv', shape.conversions),
    taxonomy: of('item-taxonomy.csv', shape.taxonomy),
    owners: of('data-owners.yaml', shape.owners),
    prices: of('price-architecture.yaml', shape.prices),
    approvals: of('approval-matrix.yaml', shape.approvals),
    credit: of('credit-policy.yaml', shape.credit),
    holds: of('holds.yaml', shape.holds),
    backorders: of('backorder-rules.yaml', shape.backorders),
    returns: of('return-policy.yaml', shape.returns),
    reasons: of('reasons.yaml', shape.reasons),
    warehouses: of('warehouse-patterns.yaml', shape.warehouses),
    permissions: of('permissions.yaml', shape.permissions),
    roles: of('roles.yaml', shape.roles),
    separations: of('segregation-of-duties.yaml', shape.separations),
    /** Null in a template from before exceptions were described. */
    exceptions: files['exceptions.yaml'] === undefined ? null : of('exceptions.yaml', shape.exceptions),
    /** The processes that have an owner. */
    processes: files['governance.yaml'] === undefined ? NONE : processesOf(of('governance.yaml', shape.governance)),
    /** Null in a template from before targets were stated. */
    targets: files['quality-targets.yaml'] === undefined ? null : of('quality-targets.yaml', shape.targets),
    /** The ids of the scenarios that come with it. */
    scenarios: new Set(scenariosIn(files).keys()),
    /** What their steps may take, in milliseconds, by scenario. */
    limits: scenariosIn(files),
  }
}

const NONE: ReadonlySet<string> = new Set()

const processesOf = ({ seats }: Static<typeof shape.governance>): ReadonlySet<string> =>
  new Set(seats.flatMap((one) => (one.seat === 'process-owner' && one.area !== undefined ? [one.area] : [])))

/** Each scenario of the files by its id, with the `within` of its steps. */
const scenariosIn = (files: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> =>
  new Map(
    Object.entries(files)
      .filter(([file]) => file.startsWith('scenarios/'))
      .flatMap(([, text]) => text.split(/^\s*- id: /m).slice(1))
      .map((text) => [
        /^\S+/.exec(text)?.[0] ?? '',
        [...text.matchAll(/\bwithin: (\d+)/g)].map((match) => match[1] ?? ''),
      ]),
  )

/** Reads one YAML or CSV file and holds it against its shape. Refuses with TEMPLATE_INVALID. */
export function readShape<S extends TSchema>(folder: string, file: string, schema: S): Static<S> {
  return held(file, parsed(file, readText(folder, file)), schema)
}

function held<S extends TSchema>(file: string, value: unknown, schema: S): Static<S> {
  if (Value.Check(schema, value)) {
    return value
  }
  const wrong = Value.Errors(schema, value).First()
  return refuse('TEMPLATE_INVALID', {
    file,
    problem: `${wrong?.path || 'the whole'}: ${wrong?.message ?? 'another shape'}`,
  })
}

function readText(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'utf8')
  } catch (error) {
    return refuse('TEMPLATE_INVALID', { file, problem: error instanceof Error ? error.message : String(error) })
  }
}

function parsed(file: string, text: string): unknown {
  try {
    return file.endsWith('.csv') ? parseCsv(text, { columns: true, skip_empty_lines: true }) : readYaml(text)
  } catch (error) {
    return refuse('TEMPLATE_INVALID', { file, problem: error instanceof Error ? error.message : String(error) })
  }
}

/** SHA-256 over names and contents in the manifest's order: the same files give the same fingerprint anywhere. */
function fingerprint(files: Readonly<Record<string, string>>, order: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of order) {
    const content = Buffer.from(files[file] ?? '', 'utf8')
    hash.update(`${file}\n${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}
