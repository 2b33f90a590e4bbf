// Gives the companies of the scenario world a site's live configuration, wherever the template gives both the same.
import { sql, type Tx, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { readLive } from '../rollout/configuration/live.ts'
import { byName, type LiveObject, nameOf, same, type Value } from '../rollout/configuration/object.ts'
import { type Change, writeChanges } from '../rollout/configuration/write.ts'
import type { Parameters, TemplateFiles, TemplateObject } from '../rollout/template/template-object.ts'
import type { Tools } from '../rollout/tools.ts'
import { desiredFor, IDENTITY, ROUNDING } from '../rollout/uat/judged.ts'
import { COMPANIES, START, type WorldCompany } from '../scenario/index.ts'
import { parseTemplate } from '../setup/index.ts'

/** What a site is judged by: its release, its answers, and what stands there, as objects. */
export type Judged = {
  readonly files: TemplateFiles
  readonly parameters: Parameters
  readonly live: readonly LiveObject[]
}

/**
 * The changes that make a company of the world as the site is. `site` and `world` are what the template gives each: where
 * it gives both the same, the world gets what is live at the site; where taxes or currency differ, the world keeps its
 * own. `gone` are objects that shall end though neither template knows them.
 */
export function changesFor(given: {
  readonly site: readonly TemplateObject[]
  readonly world: readonly TemplateObject[]
  readonly live: readonly LiveObject[]
  readonly now: readonly LiveObject[]
  readonly gone?: ReadonlySet<string>
}): readonly Change[] {
  const [site, world, live, now] = [byName(given.site), byName(given.world), byName(given.live), byName(given.now)]
  const changes: Change[] = []
  for (const name of [...new Set([...live.keys(), ...site.keys(), ...(given.gone ?? [])])].sort()) {
    if (IDENTITY.has(name)) continue
    const [s, w, there, here] = [site.get(name), world.get(name), live.get(name), now.get(name)]
    if ((s === undefined) !== (w === undefined)) continue
    if (!there) {
      if (here) changes.push(ended(here))
      continue
    }
    const alike = !s || !w || same(s.fields, w.fields)
    const fields = alike ? there.fields : here && s && w ? mixed(s, w, there, here) : undefined
    if (!fields) continue
    const after = { kind: there.kind, key: there.key, fields: { ...here?.fields, ...fields } }
    if (!here) changes.push({ ...after, change: 'create' })
    else if (!same(here.fields, after.fields)) changes.push({ ...after, change: 'update' })
  }
  return changes
}

/** The site's values in the fields that the template gives both alike, the world's own in the others. */
function mixed(site: LiveObject, world: LiveObject, live: LiveObject, now: LiveObject): LiveObject['fields'] {
  const entries = Object.entries(now.fields).map(([field, own]): [string, Value] => {
    const alike = same(site.fields[field] ?? null, world.fields[field] ?? null)
    return [field, alike ? (live.fields[field] ?? null) : own]
  })
  return Object.fromEntries(entries)
}

/** People of the world hold roles, so a role that a site does without stays and may do nothing. */
function ended(here: LiveObject): Change {
  if (here.kind !== 'access.role') return { ...here, change: 'end' }
  return { ...here, fields: { ...here.fields, permissions: [] }, change: 'update' }
}

/** What the template gives the site, and each company of the world by its code: compiled once for many copies. */
export type Compiled = {
  readonly kinds: readonly string[]
  readonly site: readonly TemplateObject[]
  readonly world: ReadonlyMap<string, readonly TemplateObject[]>
}

/** Compiles the release for a site and for the companies of the world. Refuses what the template refuses. */
export function compiledFor(tools: Tools, { files, parameters, live }: Judged): Compiled {
  const site = desiredFor(tools, files, parameters)
  const kinds = [...new Set([...site, ...live].map((one) => one.kind))].filter((kind) => kind !== ROUNDING.kind)
  const world = COMPANIES.map(({ code }) => [code, desiredFor(tools, files, parametersOf(files, code))] as const)
  return { kinds, site, world: new Map(world) }
}

/** Lays a configuration over every company of the world in this database; `gone` as in `changesFor`. */
export async function transplant(
  kernel: Kernel,
  tools: Tools,
  companies: readonly WorldCompany[],
  { kinds, site, world: worlds }: Compiled,
  live: readonly LiveObject[],
  gone: ReadonlySet<string> = new Set(),
): Promise<void> {
  for (const { code, id } of companies) {
    const world = worlds.get(code) ?? []
    await transaction(kernel.pool, { companies: [id] }, async (tx) => {
      const now = [...(await readLive(tx, tools.kinds, kinds, id)), await roundingOf(tx, id)]
      const changes = changesFor({ site, world, live, now, gone })
      const written = changes.filter((one) => one.kind !== ROUNDING.kind)
      if (written.length > 0) await writeChanges(tx, tools.kinds, id, written, START)
      const rounding = changes.find((one) => one.kind === ROUNDING.kind)?.fields.taxRounding
      if (rounding) await tx.run(sql`update company.company set tax_rounding = ${String(rounding)} where id = ${id}`)
    })
  }
  kernel.separations.reload()
}

async function roundingOf(tx: Tx, companyId: number): Promise<LiveObject> {
  const row = await tx.first(
    sql<{ method: string }>`select tax_rounding as method from company.company where id = ${companyId}`,
  )
  return { ...ROUNDING, fields: { taxRounding: row?.method ?? null } }
}

function parametersOf(files: TemplateFiles, code: string): Parameters {
  const one = COMPANIES.find((company) => company.code === code)
  if (!one) throw new Error(`the world of scenarios has no company ${code}`)
  const area = parseTemplate(files).taxes.areas.find(({ country }) => country === one.country)?.area ?? ''
  const choices = { ...one.choices, 'base-currency': one.currency, 'time-zone': one.timeZone }
  return { scope: 'company', currency: one.currency, taxArea: area, choices }
}

/** Names of objects, for whoever says which shall end. */
export const namesOf = (objects: readonly { kind: string; key: string }[]): ReadonlySet<string> =>
  new Set(objects.map(nameOf))
